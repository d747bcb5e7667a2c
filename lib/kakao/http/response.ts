import { Readable } from 'node:stream';
import { isTemporary } from '../error-codes.js';
import { type AnyKakaoBusinessError, type RequestContext, apiError, responseError } from '../errors.js';
import { isJSONObject, type JSONObject, parseJSON } from '../json.js';
import { isErrorDespiteStatus, readErrorResponse } from '../responses.js';
import type { KakaoBusinessFetchResponse } from './fetch.js';

/** A 2xx answer: as it came, and as JSON. */
export interface Answer {
  status: number;
  text: string;
  body: JSONObject;
}

/** What an attempt to ask came to. */
export type Attempt =
  | { error?: undefined; answer: Answer }
  /** `repeatable`: asking once more does no harm, and may help. */
  | { error: AnyKakaoBusinessError; answer?: undefined; repeatable?: boolean };

// Far more than a token, a list of ad accounts or an error needs; far less than would hurt.
const MAX_BODY_BYTES = 256 * 1024;

/** Looks at what a fetch gave: the option is somebody's code. */
export function requireResponse(request: RequestContext, response: unknown): KakaoBusinessFetchResponse {
  if (!isFetchResponse(response))
    throw responseError(request, undefined, 'something that is no HTTP response');
  if (response.redirected)
    throw responseError(request, response.status, 'a redirect, which the fetch option followed');
  return response;
}

const isFetchResponse = (response: unknown): response is KakaoBusinessFetchResponse =>
  isJSONObject(response) &&
  Number.isInteger(response['status']) &&
  isJSONObject(response['headers']) &&
  typeof response['headers']['get'] === 'function';

/** Gives the body of a response as a stream of Node; undefined where there is none. */
export function toStream(request: RequestContext, { status, body }: KakaoBusinessFetchResponse): Readable | undefined {
  if (body === null) return undefined;
  if (body instanceof Readable) return body;
  if (!isAsyncIterable(body)) throw responseError(request, status, 'a body that cannot be read');
  return Readable.from(body);
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Reads a body to its end. @throws {KakaoBusinessResponseError} when it is too long, or none. */
export const readText = (request: RequestContext, status: number, body: Readable): Promise<string> =>
  new Promise((resolve, reject) => {
    // It was read, or has failed, before this could listen: no event comes any more.
    if (body.destroyed) return body.errored ? reject(body.errored) : resolve('');
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const refuse = (what: string): void => {
      reject(responseError(request, status, what)); // first: the body may turn this into an error of its own
      body.destroy();
    };
    body
      .on('data', (chunk: unknown) => {
        if (!(chunk instanceof Uint8Array)) return refuse('a body that is not bytes');
        bytes += chunk.byteLength;
        if (bytes > MAX_BODY_BYTES) return refuse('more than 256 KiB');
        chunks.push(chunk);
      })
      // Decoded as one piece, since a Korean character may straddle two chunks.
      .on('end', () => resolve(Buffer.concat(chunks).toString()))
      .on('error', reject)
      .on('close', () => body.readableEnded || reject(new Error('The body was closed before its end')))
      .resume();
  });

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** What the whole of an answer means. */
export function interpret(
  request: RequestContext & { method: 'GET' | 'POST' },
  { status, headers }: KakaoBusinessFetchResponse,
  text: string,
): Attempt {
  const body = toObject(text);
  const ok = isSuccess(status);
  if (ok && !body) return { error: responseError(request, status, 'something that is no JSON object') };
  if (ok && body && !isErrorDespiteStatus(body)) return { answer: { status, text, body } };

  const refusal = body ? readErrorResponse(body) : {};
  const retryAfter = toSeconds(headers.get('retry-after'));
  // RequestContext to wait, we leave it to the app: a login cannot. A 408 says that the request did not arrive (RFC 9110, 15.5.9).
  const repeatable =
    (request.method === 'GET' || status === 408) &&
    retryAfter === undefined &&
    isTemporary({ httpStatus: status, ...refusal });
  const hasReason = status < 500 || (refusal.error ?? refusal.errorCode) !== undefined;
  if (!ok && (status < 400 || !hasReason)) {
    return {
      error: responseError(request, status, 'neither success nor a reason'),
      repeatable,
    };
  }
  return {
    error: apiError(request, refusal, { httpStatus: status, retryAfter }),
    repeatable,
  };
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
