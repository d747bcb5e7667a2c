import { constants } from 'node:buffer';
import { requireTimeout } from '../deadline.js';
import type { Content } from '../http/request.js';
import { type KakaoBusinessMethod, methods } from '../method.js';
import { createNameCheck } from '../option-names.js';
import { toJSONText } from './json-text.js';
import { type AdQuery, toAdURL } from './url.js';

/** Options of `client.moment` and `client.keywordAd`. Uploads (multipart) are not supported. */
export interface AdRequestOptions {
  /** The HTTP method. Only a GET is ever sent twice. Default: `GET`. */
  method?: KakaoBusinessMethod | undefined;
  /** The ad account of the request, which most requests need; becomes the header `adAccountId`. */
  adAccountID?: string | undefined;
  /**
   * Added to the query of the path. A list repeats its name: `{ config: ['ON', 'OFF'] }` is `config=ON&config=OFF`;
   * where Kakao wants commas, give `'ON,OFF'`. Write IDs as strings or bigints: a number past 2^53 is a `TypeError`.
   */
  query?: AdQuery | undefined;
  /**
   * The body, which is written as JSON; not for a GET. Write IDs as bigints, `BigInt(id)`, for JSON numbers with all
   * digits: a number past 2^53 is a `TypeError`.
   */
  json?: unknown;
  /** Milliseconds for this request, its body and its retry included. Default: the timeout of the client. */
  timeout?: number | undefined;
  /** Aborts the request: the promise is rejected with `signal.reason`, and nothing is sent again. */
  signal?: AbortSignal | undefined;
  /** The longest response, in bytes after decompression. Default: 8 MiB (8 388 608). */
  maxBytes?: number | undefined;
}

/** The parts of a request that the options decide. */
export interface AdRequest {
  method: KakaoBusinessMethod;
  url: string;
  headers: Record<string, string>;
  content: Content | undefined;
  timeout: number | undefined;
  signal: AbortSignal | undefined;
  maxBytes: number;
}

/** The longest response by default. Reports are longer than anything that Business Authentication answers. */
export const MAX_AD_BYTES = 8 * 1024 * 1024;

/**
 * Checks the options of a request to an ad API.
 *
 * @param root the URL that the path is appended to.
 * @throws {TypeError} when one is invalid; the message names it.
 */
export function toAdRequest(root: string, path: string, options: AdRequestOptions): AdRequest {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('KakaoBusinessClient: the options of a request must be an object');
  requireNames('KakaoBusinessClient: a request', options);
  const { method = 'GET', adAccountID, query, json, timeout, signal, maxBytes = MAX_AD_BYTES } = options;
  requireMethod(method, json);
  if (timeout !== undefined) requireTimeout('KakaoBusinessClient', timeout);
  if (signal !== undefined) requireSignal(signal);
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1 || maxBytes > constants.MAX_STRING_LENGTH)
    throw new TypeError(
      `KakaoBusinessClient: the maxBytes option must be a number of bytes, from 1 to ${constants.MAX_STRING_LENGTH}`,
    );
  return {
    method,
    url: toAdURL(root, path, query),
    headers: adAccountID === undefined ? {} : { adAccountId: requireAdAccountID(adAccountID) },
    content: json === undefined ? undefined : { type: 'application/json', text: toJSONText(json) },
    timeout,
    signal,
    maxBytes,
  };
}

const OPTIONS = {
  method: 1,
  adAccountID: 1,
  query: 1,
  json: 1,
  timeout: 1,
  signal: 1,
  maxBytes: 1,
} satisfies Record<keyof AdRequestOptions, 1>;

const requireNames = createNameCheck(Object.keys(OPTIONS), {
  params: 'it is query',
  searchParams: 'it is query',
  body: 'it is json, and uploads (multipart) are not supported',
  data: 'it is json, and uploads (multipart) are not supported',
  headers: 'to add headers, give the client a fetch function that adds them',
});

function requireMethod(method: unknown, json: unknown): void {
  if (!methods.some(known => known === method))
    throw new TypeError(`KakaoBusinessClient: the method option must be one of ${methods.join(', ')}`);
  if (method === 'GET' && json !== undefined)
    throw new TypeError('KakaoBusinessClient: a GET has no body: give a method beside the json option');
}

function requireSignal(signal: unknown): void {
  const { aborted, addEventListener, removeEventListener }: Record<string, unknown> = Object(signal);
  const isEventTarget = [addEventListener, removeEventListener].every(method => typeof method === 'function');
  if (typeof aborted !== 'boolean' || !isEventTarget)
    throw new TypeError('KakaoBusinessClient: the signal option must be an AbortSignal');
}

function requireAdAccountID(id: unknown): string {
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(id))
    throw new TypeError('KakaoBusinessClient: the adAccountID option must be a string that fits a header');
  return id;
}
