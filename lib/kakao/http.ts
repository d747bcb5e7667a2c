import { Exchange, freshAgent, keptAgent } from './connections.js';
import { withDeadline } from './deadline.js';
import { tell } from './diagnostics.js';
import { isTemporary } from './error-codes.js';
import { type AnyKakaoBusinessError, KakaoBusinessResponseError } from './errors.js';
import { type Asked, isDroppedConnection, refused, timedOut, unreachable, unusable } from './failures.js';
import { isJSONObject, type JSONObject, parseJSON } from './json.js';
import { isRefusalInDisguise, readErrorAnswer } from './messages.js';
import {
  type KakaoBusinessAgent,
  type KakaoBusinessFetchResponse,
  startExchange,
  type Transport,
} from './transport.js';

/** A request to one of Kakao's endpoints. */
export interface KakaoRequest extends Asked {
  method: 'GET' | 'POST';
  url: string;
  form?: Readonly<Record<string, string>>;
  accessToken?: string;
  /** Whether a 2xx says it all, whatever its body. */
  bodyIgnored?: boolean;
}

/** A 2xx answer: as it came, and as JSON. */
export interface Answer {
  status: number;
  text: string;
  body: JSONObject;
}

// Far more than a token, a list of ad accounts or an error needs; far less than would hurt.
const MAX_BODY_BYTES = 256 * 1024;

/**
 * Sends a request and gives the JSON object of a 2xx answer. It ends within the timeout, whatever the other side does.
 *
 * @throws {KakaoBusinessApiError} Kakao refused: any 4xx, and every answer in the shape of Kakao's errors.
 * @throws {KakaoBusinessResponseError} the answer is of no use: a redirect, no JSON object, too long, a 5xx without code.
 * @throws {KakaoBusinessNetworkError} no answer in time, or no connection.
 */
export async function send(request: KakaoRequest, transport: Transport): Promise<Answer> {
  const { endpoint, method } = request;
  let attempts = 0;
  let started = 0;
  const report = (ended: { httpStatus: number } | { error: AnyKakaoBusinessError }) =>
    tell({ endpoint, method, attempt: attempts, durationMs: performance.now() - started }, ended);

  let exchange: Exchange | undefined;
  let expired = false;
  const tryOnce = async (ownAgent: KakaoBusinessAgent): Promise<Attempt> => {
    attempts += 1;
    started = performance.now();
    exchange = new Exchange();
    const outcome = await attempt(request, transport, exchange, ownAgent);
    if (!expired) report(outcome.error ? { error: outcome.error } : { httpStatus: outcome.answer.status });
    return outcome;
  };
  const inTwoAttempts = async (): Promise<Attempt> => {
    const first = await tryOnce(keptAgent);
    if (!first.error || !first.repeatable || expired) return first;
    // Over a connection of its own: where one kept alive has died, the others mostly have too.
    return tryOnce(freshAgent);
  };

  const outcome = await withDeadline(transport.timeout, inTwoAttempts(), () => {
    expired = true;
    exchange?.end();
    const error = timedOut(request, transport.timeout);
    report({ error });
    return error;
  });
  if (outcome.error) throw outcome.error;
  return outcome.answer;
}

type Attempt =
  | { error?: undefined; answer: Answer }
  /** `repeatable`: asking once more does no harm, and may help. */
  | { error: AnyKakaoBusinessError; repeatable?: boolean };

async function attempt(
  request: KakaoRequest,
  transport: Transport,
  exchange: Exchange,
  ownAgent: KakaoBusinessAgent,
): Promise<Attempt> {
  let answered = false;
  try {
    const init = toInit(request);
    const response = requireResponse(
      request,
      await startExchange(exchange, transport, ownAgent, request.url, init),
    );
    answered = true;
    const ok = response.status >= 200 && response.status < 300;
    if (!ok || !request.bodyIgnored) return interpret(request, response, await readText(request, response));
    exchange.end();
    return { answer: { status: response.status, text: '', body: {} } };
  } catch (error) {
    // A form is sent once more only where no byte of an answer can have come: Kakao may have taken the code.
    const harmless = request.method === 'GET' ? !answered : exchange.isUnanswered;
    exchange.end();
    if (error instanceof KakaoBusinessResponseError) return { error };
    return { error: unreachable(request, error), repeatable: harmless && isDroppedConnection(error) };
  }
}

const toInit = ({ method, accessToken, form }: KakaoRequest) =>
  ({
    method,
    headers: {
      accept: 'application/json',
      'user-agent': 'passport-kakao-business',
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' }),
    },
    ...(form && { body: new URLSearchParams(form).toString() }),
    // Followed, a redirect would carry the form with its secret, or the token, to another host.
    redirect: 'manual',
  }) as const;

// The `fetch` option is somebody's code: what it gives is looked at too.
function requireResponse(request: KakaoRequest, response: unknown): KakaoBusinessFetchResponse {
  if (!isFetchResponse(response)) throw unusable(request, undefined, 'something that is no HTTP response');
  if (response.redirected)
    throw unusable(request, response.status, 'a redirect, which the fetch option followed');
  return response;
}

const isFetchResponse = (response: unknown): response is KakaoBusinessFetchResponse =>
  isJSONObject(response) &&
  Number.isInteger(response['status']) &&
  isJSONObject(response['headers']) &&
  typeof response['headers']['get'] === 'function';

async function readText(
  request: KakaoRequest,
  { status, body }: KakaoBusinessFetchResponse,
): Promise<string> {
  if (body === null) return '';
  if (!isAsyncIterable(body)) throw unusable(request, status, 'a body that cannot be read');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw unusable(request, status, 'a body that is not bytes');
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw unusable(request, status, 'more than 256 KiB');
    chunks.push(chunk);
  }
  // Decoded as one piece, since a Korean character may straddle two chunks.
  return Buffer.concat(chunks).toString();
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

function interpret(
  request: KakaoRequest,
  { status, headers }: KakaoBusinessFetchResponse,
  text: string,
): Attempt {
  const body = toObject(text);
  const ok = status >= 200 && status < 300;
  if (ok && !body) return { error: unusable(request, status, 'something that is no JSON object') };
  if (ok && body && !isRefusalInDisguise(body)) return { answer: { status, text, body } };

  const refusal = body ? readErrorAnswer(body) : {};
  const retryAfter = toSeconds(headers.get('retry-after'));
  // Asked to wait, we leave it to the app: a login cannot.
  const repeatable =
    request.method === 'GET' && retryAfter === undefined && isTemporary({ httpStatus: status, ...refusal });
  const hasReason = status < 500 || (refusal.error ?? refusal.errorCode) !== undefined;
  if (!ok && (status < 400 || !hasReason)) {
    return { error: unusable(request, status, 'neither success nor a reason'), repeatable };
  }
  return { error: refused(request, refusal, { httpStatus: status, retryAfter }), repeatable };
}

function toObject(text: string): JSONObject | undefined {
  try {
    const value = parseJSON(text.replace(/^\uFEFF/, ''));
    return isJSONObject(value) ? value : undefined;
  } catch {
    return undefined; // a SyntaxError quotes the text, and with it a token: it goes no further
  }
}

/** `Retry-After` as seconds, from either of its forms: seconds, or an HTTP date. */
function toSeconds(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const date = /^[A-Z][a-z]{2}, .* GMT$/.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
