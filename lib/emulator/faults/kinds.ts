import { setTimeout as sleep } from 'node:timers/promises';
import { neededItem } from '../endpoints/ad-api.js';
import { parseAuthorizationRequest } from '../endpoints/authorization-request.js';
import { redirectToApp } from '../endpoints/consent.js';
import { adError, adQuotaError, kapiError, kauthError } from '../errors/api-errors.js';
import { AuthorizeError } from '../errors/authorize-error.js';
import {
  type AdErrorCode,
  type EmulatedErrorCode,
  errorCodesOf,
  isAdErrorCode,
  isAuthorizeErrorCode,
  isKapiErrorCode,
  isKauthErrorCode,
} from '../errors/codes.js';
import { type JSONValue, toJSONValue } from '../http/json.js';
import type { HttpRequest } from '../http/request.js';
import { catchHttpError, givenResponse, type HttpResponse } from '../http/response.js';
import { requireHeaders, requireStatus } from '../http/sendable.js';
import { InvalidMember } from '../invalid-member.js';
import { type AdAPI, isAdAPI } from '../paths.js';
import { changeHead, defineKind, type FaultKind } from './kind.js';

/**
 * What goes wrong with one request. With `code`, `error`, `status`, `body`, `drop` or `hang` the request has no effect:
 * a code in it can still be used. With `delay`, `headers` or `retryAfter` alone it gets the usual response, later or
 * with these headers added.
 */
export interface EmulatedFault {
  /**
   * Kakao's error code, in the format and with the status that it has at the endpoint: the error page at `authorize`,
   * JSON elsewhere. KOE… at `authorize` and `token`, a negative number at the other endpoints.
   */
  code?: EmulatedErrorCode;
  /**
   * An OAuth error such as `server_error`, at `authorize` only: a redirect to the app, with its state. Kakao is only
   * known to send `access_denied`.
   */
  error?: string;
  /** The HTTP status, instead of that of the `code`. Default 200 with a `body`. */
  status?: number;
  /**
   * Headers to add to the response or to replace in it; names are case-insensitive. Headers of the connection and of
   * the length of the body are not allowed.
   */
  headers?: Record<string, string>;
  /** Seconds: the header `Retry-After`. */
  retryAfter?: number;
  /** A string is sent unchanged, by default as `text/plain`; anything else as JSON. Default: empty. */
  body?: JSONValue;
  /** Milliseconds to wait first, at most 2^31 - 1. It is real time, not that of the emulator's clock. */
  delay?: number;
  /** Close the connection without a response. */
  drop?: boolean;
  /** Never respond; the connection stays open until the client or `close()` ends it. */
  hang?: boolean;
}

const invalid = (member: string, reason: string): InvalidMember =>
  new InvalidMember('failNext', member, reason);

const INJECTED = {
  ko: '주입한 오류입니다.',
  en: 'This error was injected.',
};

/** A fault whose values are not checked yet. */
export type UncheckedFault = { [Member in keyof EmulatedFault]?: unknown };

const code = defineKind<EmulatedErrorCode>({
  name: 'code',
  input: { label: { ko: '카카오 코드', en: 'Kakao’s code' }, type: 'select', options: errorCodesOf },
  check(value, endpoint) {
    const codes = errorCodesOf(endpoint);
    const isCode = typeof value === 'string' || typeof value === 'number';
    const known = isCode ? codes.find(each => String(each) === String(value)) : undefined;
    if (known !== undefined) return known;
    throw invalid(
      'code',
      `the codes of ${endpoint} are ${codes.join(', ')}; use status and body for other responses`,
    );
  },
  describe: String,
  apply(respond, value, { endpoint, request, members }) {
    if (isAdAPI(endpoint)) {
      return isAdErrorCode(value) ? adFault(endpoint, value, request, members.get('status')) : respond();
    }
    if (endpoint === 'authorize' && isAuthorizeErrorCode(value)) return new AuthorizeError(value, INJECTED);
    if (isKauthErrorCode(value)) return kauthError(value, { reason: INJECTED.en });
    return isKapiErrorCode(value) ? kapiError(value, { reason: INJECTED.en }) : respond();
  },
});

function adFault(api: AdAPI, value: AdErrorCode, request: HttpRequest, status: unknown): HttpResponse {
  if (value === -813 && status === 429) return adQuotaError(api, INJECTED.en);
  return adError(api, value, {
    reason: INJECTED.en,
    ...(value === -402 && { members: { required_scopes: [neededItem(api, request).id] } }),
  });
}

// Assumption (error-redirects): errors of Kakao may come back to the app; only access_denied is known.
const error = defineKind<string>({
  name: 'error',
  input: {
    label: { ko: '앱으로 돌려보낼 오류', en: 'Error sent to the app' },
    type: 'select',
    options: endpoint =>
      endpoint === 'authorize' ? ['access_denied', 'server_error', 'temporarily_unavailable'] : [],
  },
  check(value, endpoint) {
    if (endpoint !== 'authorize') {
      throw invalid('error', 'error is for authorize only; use code or body for other endpoints');
    }
    if (typeof value === 'string' && value !== '') return value;
    throw invalid('error', 'error must be an OAuth error, such as server_error');
  },
  describe: String,
  apply: (_, value, { request, apps }) =>
    catchHttpError(() =>
      redirectToApp(parseAuthorizationRequest(request.query, apps), {
        error: value,
        error_description: `Injected error: ${value}`,
      }),
    ),
});

const body = defineKind<JSONValue>({
  name: 'body',
  check(value) {
    try {
      return toJSONValue(value);
    } catch (cause) {
      throw Object.assign(invalid('body', 'body must be a string or JSON'), { cause });
    }
  },
  describe: () => 'body',
  apply: (_, value) => givenResponse(value),
});

const status = defineKind<number>({
  name: 'status',
  input: { label: { ko: 'HTTP 상태 코드', en: 'HTTP status' }, type: 'number', min: 200, max: 599 },
  check: value => requireStatus('failNext', value),
  describe: value => `HTTP ${value}`,
  // A status alone replaces the usual response by an empty one.
  async apply(respond, value, { members }) {
    const isAlone = !members.has('code') && !members.has('body');
    return changeHead(isAlone ? givenResponse('') : await respond(), { status: value });
  },
});

const retryAfter = defineKind<number>({
  name: 'retryAfter',
  input: { label: { ko: 'Retry-After (초)', en: 'Retry-After in seconds' }, type: 'number', min: 0 },
  check(value) {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    throw invalid('retryAfter', 'retryAfter must be an integer number of seconds');
  },
  describe: value => `Retry-After ${value}`,
  apply: async (respond, value) => changeHead(await respond(), { headers: { 'retry-after': `${value}` } }),
});

const headers = defineKind<Record<string, string>>({
  name: 'headers',
  check: value => requireHeaders('failNext', value),
  describe: value => `headers ${Object.keys(value).join(', ')}`,
  apply: async (respond, value) => changeHead(await respond(), { headers: value }),
});

const drop = defineKind<boolean>({
  name: 'drop',
  input: {
    label: { ko: '응답 없이 연결 끊기', en: 'Close the connection without a response' },
    type: 'flag',
  },
  check: value => requireBoolean('drop', value),
  describe: value => (value ? 'drop' : ''),
  apply: (respond, value) => (value ? 'drop' : respond()),
});

const hang = defineKind<boolean>({
  name: 'hang',
  input: { label: { ko: '응답하지 않기', en: 'Never respond' }, type: 'flag' },
  check: value => requireBoolean('hang', value),
  describe: value => (value ? 'hang' : ''),
  apply: (respond, value) => (value ? 'hang' : respond()),
});

const delay = defineKind<number>({
  name: 'delay',
  input: { label: { ko: '지연 (밀리초)', en: 'Delay in ms' }, type: 'number', min: 0, max: 2 ** 31 - 1 },
  // A Node timer with a longer delay fires at once.
  check(value) {
    if (typeof value === 'number' && value >= 0 && value < 2 ** 31) return value;
    throw invalid('delay', 'delay must be a number of milliseconds, at most 2147483647');
  },
  describe: value => `delay ${value} ms`,
  async apply(respond, value, { closing }) {
    await sleep(value, undefined, { signal: closing }).catch(() => undefined);
    return closing.aborted ? 'drop' : respond();
  },
});

/** All kinds of faults. Each wraps those before it; the last one is the first to see a request. */
export const FAULT_KINDS: readonly FaultKind[] = [
  code,
  error,
  body,
  status,
  retryAfter,
  headers,
  drop,
  hang,
  delay,
];

/**
 * Rejects members that exclude each other.
 *
 * @throws {TypeError}
 */
export function assertCompatible({
  delay: _,
  drop = false,
  hang = false,
  ...response
}: UncheckedFault): void {
  const given = Object.entries(response).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (['code', 'error', 'body'].filter(name => given.includes(name)).length > 1) {
    throw invalid('code', 'a fault takes only one of code, error and body');
  }
  if (drop && hang) throw invalid('hang', 'a fault takes only one of drop and hang');
  if ((drop || hang) && given[0] !== undefined) {
    throw invalid(given[0], `${drop ? 'drop' : 'hang'} sends no response, so it excludes ${given[0]}`);
  }
  if (response.error !== undefined && response.status !== undefined) {
    throw invalid('status', 'error is sent by a redirect, so it excludes status');
  }
}

function requireBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw invalid(name, `${name} must be true or false`);
}
