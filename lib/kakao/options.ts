import { MAX_TIMEOUT } from './deadline.js';
import type { KakaoBusinessAgent, KakaoBusinessFetch, Transport } from './http/fetch.js';
import { toNameCheck, UNSUPPORTED } from './option-names.js';

/** Where Kakao answers: the five URLs of Kakao Business Authentication. */
export interface KakaoBusinessEndpoints {
  /** The consent screen, opened by the user's browser. */
  authorizationURL: string;
  /** Exchanges an authorization code for a business token. */
  tokenURL: string;
  /** The business user: the email of the Kakao Account. */
  userInfoURL: string;
  /** The business token: who owns it, and what they agreed to. */
  tokenInfoURL: string;
  /** Ends a business token. */
  revokeURL: string;
}

/** A name for each endpoint, as it appears on errors. */
export type KakaoBusinessEndpoint = 'authorize' | 'token' | 'userinfo' | 'tokeninfo' | 'revoke';

/**
 * Kakao's own URLs.
 *
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export const kakaoBusinessEndpoints: Readonly<KakaoBusinessEndpoints> = Object.freeze({
  authorizationURL: 'https://kauth.kakao.com/oauth/business/authorize',
  tokenURL: 'https://kauth.kakao.com/oauth/business/token',
  userInfoURL: 'https://kapi.kakao.com/v1/business/userinfo',
  tokenInfoURL: 'https://kapi.kakao.com/v1/business/tokeninfo',
  revokeURL: 'https://kapi.kakao.com/v1/business/revoke',
});

/** Where each of them is found among the URLs; the authorize endpoint is for browsers only. */
export const urlOf = {
  token: 'tokenURL',
  userinfo: 'userInfoURL',
  tokeninfo: 'tokenInfoURL',
  revoke: 'revokeURL',
} as const satisfies Record<Exclude<KakaoBusinessEndpoint, 'authorize'>, keyof KakaoBusinessEndpoints>;

/** The same, each one possibly left to its default. */
export type KakaoBusinessEndpointOptions = { [Name in keyof KakaoBusinessEndpoints]?: string | undefined };

/**
 * Completes the given URLs with Kakao's own.
 *
 * @throws {TypeError} when one is no https URL (http is accepted on loopback), or carries credentials or a fragment.
 */
export function resolveEndpoints(owner: string, given: KakaoBusinessEndpointOptions): KakaoBusinessEndpoints {
  const endpoints = { ...kakaoBusinessEndpoints };
  for (const name of names) endpoints[name] = requireSecureURL(owner, name, given[name] ?? endpoints[name]);
  return endpoints;
}

const isName = (name: string): name is keyof KakaoBusinessEndpoints => name in kakaoBusinessEndpoints;
const names = Object.keys(kakaoBusinessEndpoints).filter(isName);

function requireSecureURL(owner: string, name: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !isSecure(url) || url.username || url.password || url.hash) {
    throw new TypeError(
      `${owner}: the ${name} option must be an https URL without credentials or fragment (http is accepted on loopback only)`,
    );
  }
  return url.href;
}

const isSecure = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));

// The WHATWG parser has already turned 127.1 and 0x7f000001 into 127.0.0.1, so the text can be trusted here.
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

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
  /** An agent for node-fetch (not on Bun): for a proxy, or an authority of your own. Default: a keep-alive agent. */
  agent?: KakaoBusinessAgent | undefined;
  /** What carries out requests instead of node-fetch: Node's own `fetch`, or a function that wraps one. */
  fetch?: KakaoBusinessFetch | undefined;
}

const OTHER_OPTIONS = { clientID: 1, clientSecret: 1, timeout: 1, agent: 1, fetch: 1 } satisfies Record<
  Exclude<keyof KakaoBusinessClientOptions, keyof KakaoBusinessEndpoints>,
  1
>;

/** The names of the client's options. */
export const clientOptionNames: readonly string[] = [...names, ...Object.keys(OTHER_OPTIONS)];

const requireNames = toNameCheck(clientOptionNames, UNSUPPORTED);

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
  requireNames(owner, options);
  const { clientID, clientSecret, timeout = DEFAULT_TIMEOUT, agent, fetch } = options;

  if (typeof clientID !== 'string' || clientID === '')
    throw new TypeError(`${owner} requires a clientID option`);
  requireKey(owner, 'clientID', clientID);
  if (clientSecret !== undefined && clientSecret !== '') requireKey(owner, 'clientSecret', clientSecret);
  if (typeof timeout !== 'number' || !(timeout >= 1 && timeout <= MAX_TIMEOUT)) {
    throw new TypeError(
      `${owner}: the timeout option must be a number of milliseconds from 1 to ${MAX_TIMEOUT}`,
    );
  }
  if (agent !== undefined && typeof agent !== 'function' && typeof agent !== 'object') {
    throw new TypeError(
      `${owner}: the agent option must be an agent of node:http or node:https, or a function`,
    );
  }
  if (agent !== undefined && process.versions['bun']) {
    throw new TypeError(
      `${owner}: Bun's fetch takes no agent: instead of the agent option give fetch: (url, init) => fetch(url, { ...init, proxy })`,
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
