import { type JSONValue, optionalJSON, toJSONValue } from './http/json.js';
import type { HttpRequest } from './http/request.js';
import { givenResponse, type HttpResponse } from './http/response.js';
import { requireHeaders, requireStatus } from './http/sendable.js';
import { InvalidMember } from './invalid-member.js';
import { AD_API_NAMES, AD_APIS, adAPIAt } from './paths.js';

/** The methods of the ad APIs. */
export type StubMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request to an ad API, as the function of a stub gets it. */
export interface StubRequest {
  /** The method in capitals. */
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The parameters of the URL. `getAll()` returns all values of a repeated one. */
  readonly query: URLSearchParams;
  /** The header `adAccountId`. Without it no stub is asked, except for the list of ad accounts. */
  readonly adAccountID: string | undefined;
  /** The body, if it is JSON: integers that a number would round are a `bigint`. */
  readonly json: JSONValue | undefined;
  /** The body as text; empty without one. */
  readonly text: string;
}

/** What the function of a stub gives. */
export interface StubResponse {
  /** Default 200. */
  status?: number | undefined;
  /** Headers to add to the response or to replace in it. */
  headers?: Record<string, string> | undefined;
  /** A string is sent unchanged, by default as `text/plain`; anything else as JSON. Default: empty. */
  body?: JSONValue | undefined;
}

/**
 * What a stub answers: a body, as in `StubResponse`, or a function of the request. A `bigint` in a body is written with
 * all its digits.
 */
export type StubAnswer = JSONValue | undefined | StubFunction;

/** A stub that reads the request. What it throws becomes an HTTP 500 with `error` `stub_failed`. */
export type StubFunction = (request: StubRequest) => StubResponse | Promise<StubResponse>;

/** The answer to requests with one method, at one path of an ad API. */
export interface EmulatedStub {
  /** The method in capitals. */
  method: StubMethod;
  /** Kakao's path without a query, such as `/openapi/v4/campaigns`. */
  path: string;
  /** Default: an empty body. */
  answer?: StubAnswer;
}

export const STUB_METHODS: readonly StubMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export function isStubMethod(method: string): method is StubMethod {
  return STUB_METHODS.some(known => known === method);
}

/** The stubs of the options, and those that were added since. */
export class Stubs {
  readonly #fromOptions: readonly EmulatedStub[];
  readonly #added = new Map<string, EmulatedStub>();

  /** @param fromOptions checked stubs, which stay. */
  constructor(fromOptions: readonly EmulatedStub[]) {
    this.#fromOptions = fromOptions;
  }

  /**
   * Adds a stub, in place of an earlier one for the same requests.
   *
   * @throws {TypeError} when it is invalid.
   */
  add(stub: EmulatedStub): void {
    const checked = checkStub(
      stub,
      (member, expected) => new InvalidMember('stub', member, `the ${member} must be ${expected}`),
    );
    this.#added.delete(toKey(checked));
    this.#added.set(toKey(checked), checked);
  }

  /** Removes the stubs that were added. Those of the options apply again. */
  clear(): void {
    this.#added.clear();
  }

  find(request: { method: string; path: string }): EmulatedStub | undefined {
    const key = toKey(request);
    return this.#added.get(key) ?? this.#fromOptions.find(stub => toKey(stub) === key);
  }

  /** The stubs that apply. */
  get all(): EmulatedStub[] {
    const others = this.#fromOptions.filter(stub => !this.#added.has(toKey(stub)));
    return [...others, ...this.#added.values()];
  }

  get hasAdded(): boolean {
    return this.#added.size > 0;
  }
}

/**
 * Checks a stub and copies it.
 *
 * @param toError the error about an invalid member.
 * @throws {TypeError}
 */
export function checkStub(
  { method, path, answer }: EmulatedStub,
  toError: (member: string, expected: string) => Error,
): EmulatedStub {
  if (!isStubMethod(method)) throw toError('method', `one of ${STUB_METHODS.join(', ')}`);
  if (typeof path !== 'string' || !adAPIAt(path) || /[?#\s]/.test(path)) {
    const roots = AD_API_NAMES.map(name => AD_APIS[name].root).join(' or ');
    throw toError('path', `a path that starts with ${roots}, without a query`);
  }
  if (answer === undefined || typeof answer === 'function') return { method, path, answer };
  try {
    return { method, path, answer: toJSONValue(answer) };
  } catch (cause) {
    const error = toError('answer', 'JSON, with integers past 2^53 as bigints, or a function');
    throw Object.assign(error, { cause });
  }
}

/**
 * The response of a stub.
 *
 * @throws {TypeError} when its function gives no response; and what the function throws.
 */
export async function answerStub({ answer }: EmulatedStub, request: HttpRequest): Promise<HttpResponse> {
  if (typeof answer !== 'function') return toResponse({ body: answer });
  const given: unknown = await answer(toStubRequest(request));
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError('its function must return an object with status, headers and body');
  }
  return toResponse(given);
}

function toResponse({ status, headers, body, ...others }: StubResponse): HttpResponse {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new TypeError(`a response has status, headers and body, not ${unknown}`);
  const { code, ...response } = givenResponse(body === undefined ? '' : toJSONValue(body));
  const checked = requireStatus('its function', status ?? 200);
  return {
    ...response,
    status: checked,
    headers: { ...response.headers, ...requireHeaders('its function', headers) },
    // In another response than an error, `code` may mean anything.
    ...(code !== undefined && checked >= 400 && { code }),
  };
}

function toStubRequest({ method, path, query, headers, body }: HttpRequest): StubRequest {
  const adAccountID = headers['adaccountid'];
  return {
    method,
    path,
    query: new URLSearchParams(query),
    adAccountID: typeof adAccountID === 'string' ? adAccountID : undefined,
    json: optionalJSON(body),
    text: body,
  };
}

const toKey = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
