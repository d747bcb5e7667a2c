import { Readable } from 'node:stream';
import { type AnyKakaoBusinessError, apiError, type RequestContext, responseError } from '../errors.js';
import { isJSONObject, type JSONObject } from '../json.js';
import { isErrorDespiteStatus, readErrorResponse } from '../responses.js';
import { type BodyReader, objectIn } from './body-readers.js';
import type { KakaoBusinessFetchResponse } from './fetch.js';
import { mayRetryResponse } from './retry.js';

/** A 2xx response: its text, and what it says. */
export interface KakaoResponse<Body> {
  status: number;
  text: string;
  body: Body;
}

/** What an attempt ended with. */
export type Result<Body> =
  | { response: KakaoResponse<Body>; error?: undefined; mayRetry?: undefined }
  | { error: AnyKakaoBusinessError; response?: undefined; mayRetry?: boolean };

/** What a request ended with: the result of its last attempt, or nothing when it was aborted. */
export type Ending<Body> = Result<Body> | { error?: undefined; response?: undefined; mayRetry?: undefined };

/** Checks what fetch resolved with: the fetch option is the app's code. */
export function requireResponse(request: RequestContext, response: unknown): KakaoBusinessFetchResponse {
  if (!isFetchResponse(response))
    throw responseError(request, undefined, 'something other than an HTTP response');
  if (response.redirected)
    throw responseError(request, response.status, 'a redirect, which the fetch option followed');
  return response;
}

const isFetchResponse = (response: unknown): response is KakaoBusinessFetchResponse =>
  isJSONObject(response) &&
  Number.isInteger(response['status']) &&
  isJSONObject(response['headers']) &&
  typeof response['headers']['get'] === 'function';

/** Returns the body of a response as a Node.js stream, which is empty when there is none. */
export function toStream(request: RequestContext, { status, body }: KakaoBusinessFetchResponse): Readable {
  if (body === null) return Readable.from([]);
  if (body instanceof Readable) return body;
  if (!isAsyncIterable(body)) throw responseError(request, status, 'a body that cannot be read');
  return Readable.from(body);
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  Symbol.asyncIterator in Object(value);

// Created once: every body is closed.
const CLOSED_EARLY = new Error('The body was closed before its end');

/** Reads a body to its end. @throws {KakaoBusinessResponseError} when it is too long, or not bytes. */
export const readText = (
  request: RequestContext,
  status: number,
  body: Readable,
  maxBytes: number,
): Promise<string> =>
  new Promise((resolve, reject) => {
    // It ended or failed before this listened: no event will come.
    if (body.destroyed) return body.errored ? reject(body.errored) : resolve('');
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const fail = (what: string): void => {
      reject(responseError(request, status, what)); // first, since destroy() may emit another error
      body.destroy();
    };
    body
      .on('data', (chunk: unknown) => {
        if (!(chunk instanceof Uint8Array)) return fail('a body that is not bytes');
        bytes += chunk.byteLength;
        if (bytes > maxBytes) return fail(`more than ${toSize(maxBytes)}`);
        chunks.push(chunk);
      })
      // Decoded as one piece, since a Korean character may straddle two chunks.
      .on('end', () => resolve(Buffer.concat(chunks).toString()))
      .on('error', reject)
      .on('close', () => reject(CLOSED_EARLY)) // nothing comes of it after `end`
      .resume();
  });

const toSize = (bytes: number): string => {
  if (bytes % MIB === 0) return `${bytes / MIB} MiB`;
  return bytes % KIB === 0 ? `${bytes / KIB} KiB` : `${bytes} bytes`;
};
const [KIB, MIB] = [1024, 1024 * 1024];

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Classifies a complete response. */
export function toResult<Body>(
  request: RequestContext,
  { status, headers }: KakaoBusinessFetchResponse,
  text: string,
  reader: BodyReader<Body>,
): Result<Body> {
  const ok = isSuccess(status);
  const read = ok ? reader.read(text) : undefined;
  if (ok && !read)
    return { error: responseError(request, status, `something other than a ${reader.expects}`) };
  const object = read ? toObject(read.body) : objectIn(text);
  if (read && !(object && isErrorDespiteStatus(object))) return { response: { status, text, ...read } };

  const codes = object ? readErrorResponse(object) : {};
  const retryAfter = toSeconds(headers.get('retry-after') ?? '');
  const mayRetry = mayRetryResponse(request, { ...codes, httpStatus: status, retryAfter });
  const hasReason = status < 500 || (codes.error ?? codes.errorCode) !== undefined;
  const error =
    !ok && (status < 400 || !hasReason)
      ? responseError(request, status, 'an error without an error code')
      : apiError(request, codes, { httpStatus: status, retryAfter });
  return { error, mayRetry };
}

const toObject = (body: unknown): JSONObject | undefined => (isJSONObject(body) ? body : undefined);

/** Reads a `Retry-After` header, which is a number of seconds or an HTTP date. @returns seconds. */
function toSeconds(retryAfter: string): number | undefined {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const date = /^[A-Z][a-z]{2}, .* GMT$/.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
