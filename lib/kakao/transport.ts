import type { Agent as HttpAgent } from 'node:http';
import { connectionsFor, preconnect } from './connections.js';
import type { Exchange } from './exchange.js';
import { isJSONObject } from './json.js';

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
 * Starts an exchange: by the app's fetch, else by node-fetch, or by Node's own fetch where node-fetch cannot be had.
 *
 * @param ownAgent picks the agent where the app has given none.
 */
export async function startExchange(
  exchange: Exchange,
  { agent, fetch }: Transport,
  ownAgent: KakaoBusinessAgent,
  url: string,
  init: Omit<FetchInit, 'signal' | 'agent'>,
): Promise<unknown> {
  const carryOut = fetch ?? nodeFetch ?? (await loadFetch(agent));
  const chosenAgent = agent ?? (fetch ? undefined : ownAgent);
  return exchange.start(signal =>
    carryOut(url, chosenAgent ? { ...init, signal, agent: chosenAgent } : { ...init, signal }),
  );
}

/**
 * Gives a function that opens connections for requests to these URLs, all made at once; it opens none where an agent or a
 * fetch of the app's would not use them. It never fails: without it, the requests open their own.
 */
export function toPreconnect(urls: readonly string[], { agent, fetch }: Transport): () => void {
  const needed = connectionsFor(urls);
  if (needed.length === 0 || (agent ?? fetch)) return () => {};
  const open = async () => {
    if (!nodeFetch) await loadNodeFetch();
    preconnect(needed);
  };
  // Node's own fetch takes its place and knows no agents, or the first request tells what is wrong.
  return () => void open().catch(() => {});
}

let nodeFetch: KakaoBusinessFetch | undefined;

// At first use: loading node-fetch would be most of what importing this package costs.
async function loadNodeFetch(): Promise<KakaoBusinessFetch> {
  nodeFetch = (await import('node-fetch')).default;
  return nodeFetch;
}

async function loadFetch(agent: KakaoBusinessAgent | undefined): Promise<KakaoBusinessFetch> {
  try {
    return await loadNodeFetch();
  } catch (error) {
    // Jest's CommonJS cannot import an ES module. Node's own fetch can do as much, but it knows no agents: a proxy that the
    // app has set must not be passed over in silence.
    if (agent !== undefined || !isRefusedImport(error)) throw error;
    return globalThis.fetch;
  }
}

const isRefusedImport = (error: unknown): boolean =>
  isJSONObject(error) && /^ERR_VM_DYNAMIC_IMPORT/.test(String(error['code']));
