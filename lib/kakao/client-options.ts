import { LONGEST_TIME } from './deadline.js';
import {
  type KakaoBusinessEndpointOptions,
  type KakaoBusinessEndpoints,
  resolveEndpoints,
} from './endpoints.js';
import type { KakaoBusinessAgent, KakaoBusinessFetch, Transport } from './transport.js';

/** Options of the client. The URLs default to Kakao's own. */
export interface KakaoBusinessClientOptions extends KakaoBusinessEndpointOptions {
  /** The app's REST API key; becomes `client_id`. */
  clientID: string;
  /**
   * The Business Authentication client secret of that key, another value than its Kakao Login secret; becomes
   * `client_secret`. Kakao requires one unless the feature is turned off: then leave it out.
   */
  clientSecret?: string | undefined;
  /** Milliseconds for one request, its body included. Default: 10 000. */
  timeout?: number | undefined;
  /** An agent for node-fetch: for a proxy, or an authority of your own. Default: one that keeps connections alive. */
  agent?: KakaoBusinessAgent | undefined;
  /** What carries out requests instead of node-fetch: Node's own `fetch`, or a function that wraps one. */
  fetch?: KakaoBusinessFetch | undefined;
}

/** The options, checked and completed. */
export interface ClientSettings {
  clientID: string;
  clientSecret: string | undefined;
  endpoints: KakaoBusinessEndpoints;
  transport: Transport;
}

const DEFAULT_TIMEOUT = 10_000;

/**
 * Checks and completes the options; it changes nothing in the given object.
 *
 * @param owner the class that the messages name.
 * @throws {TypeError} when an option is missing or of no use.
 */
export function toClientSettings(owner: string, options: KakaoBusinessClientOptions): ClientSettings {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${owner} requires an options object`);
  const { clientID, clientSecret, timeout = DEFAULT_TIMEOUT, agent, fetch } = options;

  if (typeof clientID !== 'string' || clientID === '')
    throw new TypeError(`${owner} requires a clientID option`);
  requireKey(owner, 'clientID', clientID);
  if (clientSecret !== undefined && clientSecret !== '') requireKey(owner, 'clientSecret', clientSecret);
  if (typeof timeout !== 'number' || !(timeout >= 1 && timeout <= LONGEST_TIME)) {
    throw new TypeError(
      `${owner}: the timeout option must be a number of milliseconds from 1 to ${LONGEST_TIME}`,
    );
  }
  if (agent !== undefined && typeof agent !== 'function' && typeof agent !== 'object') {
    throw new TypeError(
      `${owner}: the agent option must be an agent of node:http or node:https, or a function`,
    );
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw new TypeError(`${owner}: the fetch option must be a function`);
  }
  return {
    clientID,
    clientSecret: clientSecret || undefined, // an empty variable of the environment means: none
    endpoints: resolveEndpoints(owner, options),
    transport: { timeout, agent, fetch },
  };
}

// A key read from a file likes to end in a line break, which Kakao answers with a puzzle.
function requireKey(owner: string, name: string, value: unknown): void {
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
    throw new TypeError(`${owner}: the ${name} option must be a string without white space`);
  }
}
