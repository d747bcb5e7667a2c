import type { Agent as HttpAgent } from 'node:http';
import { type Exchange, trackSocketsOf } from './socket-tracker.js';

/**
 * The function that carries out HTTP requests: node-fetch's, Node's own `fetch`, or one that wraps either. It is told to
 * leave redirects alone and must do so. `agent` is for node-fetch, and only there where the option is set.
 */
export type KakaoBusinessFetch = (
  url: string,
  init: {
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body?: string;
    redirect: 'manual';
    signal: AbortSignal;
    agent?: KakaoBusinessAgent;
  },
) => Promise<KakaoBusinessFetchResponse>;

/** An agent of node:http or node:https, or a function that picks one for a URL, as node-fetch has it. */
export type KakaoBusinessAgent = HttpAgent | ((url: URL) => HttpAgent);

/** As much of a response as is needed of one. */
export interface KakaoBusinessFetchResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, by name. */
  readonly headers: { get(name: string): string | null };
  /** Whether a redirect was followed, which must not be. */
  readonly redirected?: boolean;
  /** Gives bytes to `for await`; null where there is no body. */
  readonly body: unknown;
}

/** How requests travel. */
export interface Transport {
  /** Milliseconds for one request, with its body and its retry. */
  timeout: number;
  agent?: KakaoBusinessAgent | undefined;
  fetch?: KakaoBusinessFetch | undefined;
}

type FetchInit = Parameters<KakaoBusinessFetch>[1];

/**
 * Starts an exchange: by the app's fetch, else by node-fetch.
 *
 * @param ownAgent picks the agent where the app has given none.
 */
export function fetchWith(
  exchange: Exchange,
  { agent, fetch }: Transport,
  ownAgent: (url: string) => HttpAgent,
  url: string,
  init: Omit<FetchInit, 'signal' | 'agent'>,
): unknown {
  if (fetch) return exchange.start(signal => fetch(url, { ...init, signal, ...(agent && { agent }) }));
  // node-fetch 2 would call a function with what url.parse() gives.
  const given = typeof agent === 'function' ? agent(new URL(url)) : agent;
  const chosen = given ? trackSocketsOf(given) : ownAgent(url);
  return exchange.start(signal => loadNodeFetch()(url, { ...init, signal, agent: chosen }));
}

let nodeFetch: KakaoBusinessFetch | undefined;

/** Loads node-fetch at the first call, for it takes longer to load than the rest of this package. */
export function loadNodeFetch(): KakaoBusinessFetch {
  if (!nodeFetch) {
    // Without its types, which describe signals of their own. Bundlers may give its ES module.
    const loaded: { default: KakaoBusinessFetch } = require('node-fetch');
    nodeFetch = loaded.default;
  }
  return nodeFetch;
}
