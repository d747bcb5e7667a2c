/** A response before it is sent. */
export interface HttpResponse extends ResponseHead {
  body: string;
}

/** The part of a response that a fault may change. */
export interface ResponseHead {
  status: number;
  headers: Record<string, string>;
  /** Kakao's code in the body, for the request log. */
  code?: string;
}

/** How a request without a response ends: the connection is closed, or stays open. */
export type NoResponse = 'drop' | 'hang';

/** The result of a handler: a response, or an error that is rendered as a response or as a rejection. */
export type Outcome = HttpResponse | HttpError;

/** An error that ends a request, with the head of its response. */
export abstract class HttpError extends Error implements ResponseHead {
  abstract status: number;
  headers: Record<string, string> = {};
  readonly code?: string;
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

/** A response of the emulator itself, where Kakao's response is not known. */
export function textResponse(
  status: number,
  text: string,
  headers: Record<string, string> = {},
): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers }, body: `${text}\n` };
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

/** The body of a JSON response. A `bigint` is an integer that a JavaScript number would round. */
export type JSONValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | JSONValue[]
  | { [member: string]: JSONValue | undefined };

/** Writes JSON like `JSON.stringify`, and a `bigint` as an integer. */
export function toJSON(value: JSONValue): string {
  // JSON.stringify throws for a bigint, and Node 20 lacks JSON.rawJSON().
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(toJSON).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).flatMap(toMember).join(',')}}`;
}

function toMember([name, value]: [string, JSONValue | undefined]): string[] {
  return value === undefined ? [] : [`${JSON.stringify(name)}:${toJSON(value)}`];
}

/** @throws {TypeError} for a value that JSON cannot hold. */
export function toJSONValue(value: unknown): JSONValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(toJSONValue);
  if (typeof value !== 'object') throw new TypeError(`not JSON: ${typeof value}`);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      member === undefined ? member : toJSONValue(member),
    ]),
  );
}
