import type { Agent as HttpAgent } from 'node:http';
import type { KakaoBusinessMethod } from '../method.js';
import { type SocketTracker, trackSocketsOf } from './socket-tracker.js';

/**
 * A function that sends HTTP requests: `fetch` of node-fetch or of Node.js, or a wrapper of either. It must not follow
 * redirects. It gets `agent` only if that option is set; node-fetch alone uses it.
 */
export type KakaoBusinessFetch = (
  url: string,
  init: {
    method: KakaoBusinessMethod;
    headers: Record<string, string>;
    body?: string;
    redirect: 'manual';
    signal: AbortSignal;
    agent?: KakaoBusinessAgent;
  },
) => Promise<KakaoBusinessFetchResponse>;

/** An agent of node:http or node:https, or a function that returns one for a URL, as in node-fetch. */
export type KakaoBusinessAgent = HttpAgent | ((url: URL) => HttpAgent);

/** The part of `Response` that is used. */
export interface KakaoBusinessFetchResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, by name. */
  readonly headers: { get(name: string): string | null };
  /** Whether a redirect was followed, which is an error. */
  readonly redirected?: boolean;
  /** An async iterable of bytes; null when there is no body. */
  readonly body: unknown;
}

/** How requests are sent. */
export interface Transport {
  /** Milliseconds for one request, its body and its retry included. */
  timeout: number;
  agent?: KakaoBusinessAgent | undefined;
  fetch?: KakaoBusinessFetch | undefined;
}

type FetchInit = Parameters<KakaoBusinessFetch>[1];

/**
 * Calls the app's fetch, or node-fetch.
 *
 * @param ownAgent picks the agent when the app gives none.
 */
export function fetchWith(
  tracker: SocketTracker,
  { agent, fetch }: Transport,
  ownAgent: (url: string) => HttpAgent,
  url: string,
  init: Omit<FetchInit, 'signal' | 'agent'>,
): unknown {
  if (fetch) return tracker.run(signal => fetch(url, { ...init, signal, ...(agent && { agent }) }));
  // Called here, since node-fetch 2 would call it with the result of url.parse().
  const given = typeof agent === 'function' ? agent(new URL(url)) : agent;
  const chosen = given ? trackSocketsOf(given) : ownAgent(url);
  return tracker.run(signal => loadNodeFetch()(url, { ...init, signal, agent: chosen }));
}

let nodeFetch: KakaoBusinessFetch | undefined;

/** Loads node-fetch at the first call, since it takes longer to load than the rest of this package. */
export function loadNodeFetch(): KakaoBusinessFetch {
  nodeFetch ??= requireNodeFetch(); // require() takes microseconds, even for a loaded module
  return nodeFetch;
}

function requireNodeFetch(): KakaoBusinessFetch {
  // Not by its types, which declare an AbortSignal of their own. Some bundlers return its ES module.
  const loaded: { default: KakaoBusinessFetch } = require('node-fetch');
  return loaded.default;
}
