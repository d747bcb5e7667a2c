import type { Agent as HttpAgent } from 'node:http';
import { withDeadline } from '../deadline.js';
import {
  type RequestContext,
  isDroppedConnection,
  KakaoBusinessResponseError,
  networkError,
  timeoutError,
} from '../errors.js';
import { noKeepAliveAgent, keepAliveAgent } from './agents.js';
import { publish } from './diagnostics.js';
import { loadNodeFetch, fetchWith, type Transport } from './fetch.js';
import {
  type Answer,
  type Attempt,
  interpret,
  isSuccess,
  readText,
  requireResponse,
  toStream,
} from './response.js';
import { Exchange } from './socket-tracker.js';

/** A request to one of Kakao's endpoints. */
export interface KakaoRequest extends RequestContext {
  method: 'GET' | 'POST';
  url: string;
  form?: Readonly<Record<string, string>>;
  accessToken?: string;
  /** Whether a 2xx says it all, whatever its body. */
  bodyIgnored?: boolean;
}

/**
 * Sends a request and gives the JSON object of a 2xx answer. It ends within the timeout, whatever the other side does.
 *
 * @throws {KakaoBusinessApiError} Kakao refused: any 4xx, and every answer in the shape of Kakao's errors.
 * @throws {KakaoBusinessResponseError} the answer is of no use: a redirect, no JSON object, too long, a 5xx without code.
 * @throws {KakaoBusinessNetworkError} no answer in time, or no connection.
 */
export async function send(request: KakaoRequest, transport: Transport): Promise<Answer> {
  if (!transport.fetch) loadNodeFetch(); // outside of any attempt: that it is missing is no fault of the network
  const { endpoint, method } = request;
  const mayRepeat = method === 'GET' || endpoint === 'token';
  let attempts = 0;
  let started = 0;
  const report = ({ error, answer }: Attempt): void =>
    publish(
      { endpoint, method, attempt: attempts, durationMs: performance.now() - started },
      error ?? { httpStatus: answer.status },
    );

  let exchange: Exchange | undefined;
  let expired = false;
  const inTwoAttempts = async (): Promise<Attempt> => {
    for (;;) {
      // The second one over a connection of its own: where one kept alive has died, the others mostly have too. The same for
      // a request that is sent only once.
      const ownAgent = attempts === 0 && mayRepeat ? keepAliveAgent : noKeepAliveAgent;
      attempts += 1;
      started = performance.now();
      exchange = new Exchange();
      const outcome = await attempt(request, transport, exchange, ownAgent);
      if (expired) return outcome;
      report(outcome);
      if (!outcome.error || !outcome.repeatable || !mayRepeat || attempts === 2) return outcome;
    }
  };

  const { error, answer } = await withDeadline(transport.timeout, inTwoAttempts(), () => {
    expired = true;
    exchange?.end();
    const outcome = { error: timeoutError(request, transport.timeout) };
    report(outcome);
    return outcome;
  });
  if (error) throw error;
  return answer;
}

async function attempt(
  request: KakaoRequest,
  transport: Transport,
  exchange: Exchange,
  ownAgent: (url: string) => HttpAgent,
): Promise<Attempt> {
  let answered = false;
  try {
    const response = requireResponse(
      request,
      await fetchWith(exchange, transport, ownAgent, request.url, toInit(request)),
    );
    answered = true;
    if (request.bodyIgnored && isSuccess(response.status)) {
      exchange.end();
      return { answer: { status: response.status, text: '', body: {} } };
    }
    const body = toStream(request, response);
    if (body) exchange.guard(body);
    const text = body ? await readText(request, response.status, body) : '';
    exchange.endRest();
    return interpret(request, response, text);
  } catch (error) {
    // A form is sent once more only where no byte of an answer can have come: Kakao may have taken the code.
    const harmless = request.method === 'GET' ? !answered : exchange.isUnanswered;
    exchange.end();
    if (error instanceof KakaoBusinessResponseError) return { error };
    const repeatable = harmless && isDroppedConnection(error);
    return { error: networkError(request, error), repeatable };
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
    // Followed, a redirect would carry the form with its secret, or the token, to another host.
    redirect: 'manual',
  }) as const;
