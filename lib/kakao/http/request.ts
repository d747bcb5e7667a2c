import { withDeadline } from '../deadline.js';
import { KakaoBusinessResponseError, networkError, type RequestContext, timeoutError } from '../errors.js';
import { keepAliveAgent, noKeepAliveAgent } from './agents.js';
import type { BodyReader } from './body-readers.js';
import { publish } from './diagnostics.js';
import { fetchWith, loadNodeFetch, type Transport } from './fetch.js';
import {
  type Ending,
  isSuccess,
  type KakaoResponse,
  type Result,
  readText,
  requireResponse,
  toResult,
  toStream,
} from './response.js';
import { canRetry, mayRetryFailure, withRetry } from './retry.js';
import { SocketTracker } from './socket-tracker.js';

/** A request to one of Kakao's endpoints. */
export interface KakaoRequest<Body> extends RequestContext {
  url: string;
  reader: BodyReader<Body>;
  accessToken?: string;
  /** Further headers. */
  headers?: Readonly<Record<string, string>>;
  content?: Content | undefined;
  /** Milliseconds, instead of those of the transport. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** The body of a request. */
export interface Content {
  type: 'application/x-www-form-urlencoded;charset=utf-8' | 'application/json';
  text: string;
}

export const toForm = (fields: Readonly<Record<string, string>>): Content => ({
  type: 'application/x-www-form-urlencoded;charset=utf-8',
  text: new URLSearchParams(fields).toString(),
});

/**
 * Sends a request and resolves with a 2xx response that its reader can read. It ends within the timeout, whatever the
 * server does.
 *
 * @throws {KakaoBusinessApiError} any 4xx, and a 2xx or 5xx with an error code of Kakao or an OAuth error.
 * @throws {KakaoBusinessResponseError} a redirect, a body that is too long or unreadable, a 5xx without a code.
 * @throws {KakaoBusinessNetworkError} no response in time, or no connection.
 * @throws the reason of the signal, when it is aborted.
 */
export async function sendRequest<Body>(
  request: KakaoRequest<Body>,
  transport: Transport,
): Promise<KakaoResponse<Body>> {
  const { signal, timeout = transport.timeout } = request;
  if (signal?.aborted) throw signal.reason;
  if (!transport.fetch) loadNodeFetch(); // here, since a missing package is not a network error
  let attempt = 0;
  let startedAt = 0;
  let tracker: SocketTracker | undefined; // of the attempt in progress
  let ended: Ending<Body> | undefined;

  const report = (ending: Ending<Body>): Ending<Body> => {
    tracker = undefined;
    publish(request, { attempt, durationMs: performance.now() - startedAt }, ending);
    return ending;
  };
  const results = withRetry(request, async (count): Promise<Ending<Body>> => {
    if (ended) return ended; // aborted between two attempts
    attempt = count;
    startedAt = performance.now();
    const current = new SocketTracker();
    tracker = current;
    const result = await attemptOnce(request, transport, current, attempt);
    return ended ?? report(result);
  });
  const endWith = (ending: Ending<Body>): Ending<Body> => {
    ended = ending;
    if (!tracker) return ending;
    tracker.abort();
    return report(ending);
  };
  const { error, response } = await withDeadline(
    timeout,
    results,
    () => endWith({ error: timeoutError(request, timeout) }),
    signal && { signal, onAbort: () => endWith({}) },
  );
  if (error) throw error;
  if (!response) throw signal?.reason;
  return response;
}

async function attemptOnce<Body>(
  request: KakaoRequest<Body>,
  transport: Transport,
  tracker: SocketTracker,
  attempt: number,
): Promise<Result<Body>> {
  // Retry on a new connection: when one idle connection is dead, the others usually are too. What cannot be retried
  // gets a new connection at once.
  const agent = attempt === 1 && canRetry(request) ? keepAliveAgent : noKeepAliveAgent;
  let hasResponse = false;
  try {
    const response = requireResponse(
      request,
      await fetchWith(tracker, transport, agent, request.url, toInit(request)),
    );
    hasResponse = true;
    const { reader } = request;
    if (reader.isIgnored && isSuccess(response.status)) {
      tracker.abort();
      return toResult(request, response, '', reader);
    }
    const body = toStream(request, response);
    tracker.watch(body);
    const text = await readText(request, response.status, body, reader.maxBytes);
    tracker.abortRest();
    return toResult(request, response, text, reader);
  } catch (error) {
    const mayRetry = mayRetryFailure(request, error, { hasResponse, hasBytes: tracker.hasBytes });
    tracker.abort();
    if (error instanceof KakaoBusinessResponseError) return { error };
    return { error: networkError(request, error), mayRetry };
  }
}

const toInit = ({ method, accessToken, headers, content }: KakaoRequest<unknown>) =>
  ({
    method,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'passport-kakao-business',
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
      ...(content && { 'content-type': content.type }),
      ...headers,
    },
    ...(content && { body: content.text }),
    redirect: 'manual', // a redirect would carry the secret or the token to another host
  }) as const;
