import { type JSONValue, toJSON } from './json.js';

/** A response before it is sent. */
export interface HttpResponse extends ResponseHead {
  body: string;
  /**
   * Writes more of the body over time; the response then ends with its connection. What is written while the client
   * does not read may get lost.
   *
   * @returns a function that is called when the connection has ended.
   */
  stream?(write: (text: string) => void): () => void;
}

/** The part of a response that a fault may change. */
export interface ResponseHead {
  status: number;
  headers: Record<string, string>;
  /** Kakao's code in the body, for the request log. */
  code?: string;
  /** Why the request failed, for the request log: a sentence without secrets. */
  reason?: string;
  /** What became of the consent, for the request log. */
  consent?: ConsentOutcome;
}

/** `open`: the consent screen is shown. `failed`: the user agreed, and got Kakao's error page. */
export type ConsentOutcome = 'open' | 'agreed' | 'cancelled' | 'failed';

/** How a request without a response ends: the connection is closed, or stays open. */
export type NoResponse = 'drop' | 'hang';

/** The result of a handler: a response, or an error that is rendered as a response or as a rejection. */
export type Outcome = HttpResponse | HttpError;

/** An error that ends a request, with the head of its response. */
export abstract class HttpError extends Error implements ResponseHead {
  abstract status: number;
  headers: Record<string, string> = {};
  readonly code?: string;
  readonly reason: string;

  constructor(message: string, reason = message) {
    super(message);
    this.reason = reason;
  }
}

/** Runs a function, and returns the HttpError that it throws. */
export function catchHttpError<T>(run: () => T): T | HttpError {
  try {
    return run();
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
}

/** A JSON response with `no-store`. */
export function jsonResponse(
  status: number,
  body: JSONValue,
  more: Partial<ResponseHead> = {},
): HttpResponse {
  return {
    ...more,
    status,
    headers: {
      'content-type': 'application/json;charset=UTF-8',
      'cache-control': 'no-store',
      ...more.headers,
    },
    body: toJSON(body),
  };
}

/** An error response of the emulator itself, where Kakao's response is not known. */
export function textResponse(
  status: number,
  text: string,
  headers: Record<string, string> = {},
): HttpResponse {
  return {
    status,
    reason: text,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body: `${text}\n`,
  };
}

/** The response to a call of the emulator's own API that is well-formed but invalid. */
export function unprocessable(reason: string): HttpResponse {
  return textResponse(422, reason);
}

/** Redirects to a page of the emulator after a form was submitted. */
export function seeOther(location: string): HttpResponse {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

export function redirect(location: string): HttpResponse {
  return {
    status: 302,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    body: '',
  };
}

/** A response that a test chose: a string as it is, anything else as JSON. */
export function givenResponse(body: JSONValue): HttpResponse {
  if (typeof body === 'string') {
    return { status: 200, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body };
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: toJSON(body),
    ...kakaoCode(body),
  };
}

function kakaoCode(body: JSONValue): { code?: string } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
  const found = body['error_code'] ?? body['code'];
  return typeof found === 'string' || typeof found === 'number' ? { code: String(found) } : {};
}
