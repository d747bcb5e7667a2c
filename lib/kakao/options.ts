import { requireTimeout } from './deadline.js';
import {
  endpointOptions,
  type KakaoBusinessEndpointOptions,
  type KakaoBusinessEndpoints,
  resolveEndpoints,
} from './endpoints.js';
import type { KakaoBusinessAgent, KakaoBusinessFetch, Transport } from './http/fetch.js';
import { createNameCheck, UNSUPPORTED } from './option-names.js';

/** Options of the client. The URLs default to Kakao's. */
export interface KakaoBusinessClientOptions extends KakaoBusinessEndpointOptions {
  /** The app's REST API key; becomes `client_id`. */
  clientID: string;
  /**
   * The client secret for Business Authentication, not the one for Kakao Login; becomes `client_secret`. Leave it out
   * if the client secret is turned off at Kakao.
   */
  clientSecret?: string | undefined;
  /** Milliseconds for one request, its body and its retry included. Default: 10 000. */
  timeout?: number | undefined;
  /** An agent for node-fetch, for a proxy or a custom CA; not on Bun. Default: a keep-alive agent. */
  agent?: KakaoBusinessAgent | undefined;
  /** Replaces node-fetch: `fetch` of Node.js, or a function that wraps one. */
  fetch?: KakaoBusinessFetch | undefined;
}

const OTHER_OPTIONS = { clientID: 1, clientSecret: 1, timeout: 1, agent: 1, fetch: 1 } satisfies Record<
  Exclude<keyof KakaoBusinessClientOptions, keyof KakaoBusinessEndpoints>,
  1
>;

/** The names of the client's options. */
export const clientOptionNames: readonly string[] = [...endpointOptions, ...Object.keys(OTHER_OPTIONS)];

const requireNames = createNameCheck(clientOptionNames, UNSUPPORTED);

/** The checked options, with defaults. */
export interface ClientSettings {
  clientID: string;
  clientSecret: string | undefined;
  endpoints: KakaoBusinessEndpoints;
  transport: Transport;
}

const DEFAULT_TIMEOUT = 10_000;

/**
 * Checks the options and adds defaults. Does not change the given object.
 *
 * @param owner the class that the messages name.
 * @throws {TypeError} when an option is missing or invalid.
 */
export function toClientSettings(owner: string, options: KakaoBusinessClientOptions): ClientSettings {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${owner} requires an options object`);
  requireNames(owner, options);
  const { clientID, clientSecret, timeout = DEFAULT_TIMEOUT, agent, fetch } = options;

  if (typeof clientID !== 'string' || clientID === '')
    throw new TypeError(`${owner} requires a clientID option`);
  requireKey(owner, 'clientID', clientID);
  if (clientSecret !== undefined && clientSecret !== '') requireKey(owner, 'clientSecret', clientSecret);
  requireTimeout(owner, timeout);
  if (agent !== undefined && process.versions['bun']) {
    throw new TypeError(
      `${owner}: Bun's fetch ignores agent; set the fetch option instead: (url, init) => fetch(url, { ...init, proxy })`,
    );
  }
  if (agent !== undefined && typeof agent !== 'function' && !isAgent(agent)) {
    throw new TypeError(
      `${owner}: the agent option must be an agent of node:http or node:https, or a function`,
    );
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw new TypeError(`${owner}: the fetch option must be a function`);
  }
  return {
    clientID,
    clientSecret: clientSecret || undefined, // an empty environment variable means none
    endpoints: resolveEndpoints(owner, options),
    transport: { timeout, agent, fetch },
  };
}

// Agents of undici have another interface: node:http would refuse them at the first request.
const isAgent = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && typeof Reflect.get(value, 'addRequest') === 'function');

// Keys read from files often end with a newline, for which Kakao's error is misleading.
function requireKey(owner: string, name: string, value: unknown): void {
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
    throw new TypeError(`${owner}: the ${name} option must be a string without white space`);
  }
}
