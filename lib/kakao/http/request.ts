import { withDeadline } from '../deadline.js';
import { KakaoBusinessResponseError, networkError, type RequestContext, timeoutError } from '../errors.js';
import { keepAliveAgent, noKeepAliveAgent } from './agents.js';
import { publish } from './diagnostics.js';
import { fetchWith, loadNodeFetch, type Transport } from './fetch.js';
import {
  isSuccess,
  type JSONResponse,
  type Result,
  readText,
  requireResponse,
  toResult,
  toStream,
} from './response.js';
import { canRetry, mayRetryFailure, withRetry } from './retry.js';
import { SocketTracker } from './socket-tracker.js';

/** A request to one of Kakao's endpoints. */
export interface KakaoRequest extends RequestContext {
  url: string;
  form?: Readonly<Record<string, string>>;
  accessToken?: string;
  /** Ignore the body of a 2xx response. */
  bodyIgnored?: boolean;
}

/**
 * Sends a request and resolves with a 2xx response whose body is a JSON object. It ends within the timeout, whatever
 * the server does.
 *
 * @throws {KakaoBusinessApiError} Kakao refused: any 4xx, and every response in the shape of Kakao's errors.
 * @throws {KakaoBusinessResponseError} a redirect, a body that is too long or no JSON object, a 5xx without a code.
 * @throws {KakaoBusinessNetworkError} no response in time, or no connection.
 */
export async function sendRequest(request: KakaoRequest, transport: Transport): Promise<JSONResponse> {
  if (!transport.fetch) loadNodeFetch(); // here, since a package that is missing is no network error
  let attempt = 0;
  let startedAt = 0;
  let tracker: SocketTracker | undefined;
  let timedOut: Result | undefined;

  const report = (result: Result): Result => {
    publish(request, { attempt, durationMs: performance.now() - startedAt }, result);
    return result;
  };
  const results = withRetry(request, async count => {
    attempt = count;
    startedAt = performance.now();
    tracker = new SocketTracker();
    const result = await attemptOnce(request, transport, tracker, attempt);
    return timedOut ?? report(result);
  });
  const { error, response } = await withDeadline(transport.timeout, results, () => {
    timedOut = { error: timeoutError(request, transport.timeout) };
    tracker?.abort();
    return report(timedOut);
  });
  if (error) throw error;
  return response;
}

async function attemptOnce(
  request: KakaoRequest,
  transport: Transport,
  tracker: SocketTracker,
  attempt: number,
): Promise<Result> {
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
    if (request.bodyIgnored && isSuccess(response.status)) {
      tracker.abort();
      return { response: { status: response.status, text: '', body: {} } };
    }
    const body = toStream(request, response);
    if (body) tracker.watch(body);
    const text = body ? await readText(request, response.status, body) : '';
    tracker.abortRest();
    return toResult(request, response, text);
  } catch (error) {
    const mayRetry = mayRetryFailure(request, error, { hasResponse, hasBytes: tracker.hasBytes });
    tracker.abort();
    if (error instanceof KakaoBusinessResponseError) return { error };
    return { error: networkError(request, error), mayRetry };
  }
}

const toInit = ({ method, accessToken, form }: KakaoRequest) =>
  ({
    method,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'passport-kakao-business',
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' }),
    },
    ...(form && { body: new URLSearchParams(form).toString() }),
    redirect: 'manual', // a redirect would carry the secret or the token to another host
  }) as const;
