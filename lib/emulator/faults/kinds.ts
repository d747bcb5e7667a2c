import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type EmulatedErrorCode, errorCodesOf } from '../errors/error-replies.js';
import type { JSONValue } from '../json.js';
import type { EmulatedEndpoint } from '../paths.js';

/**
 * What goes wrong with one request. With `code`, `error`, `status`, `body`, `drop` or `hang` Kakao does not act on the request: a
 * code it carries can still be used. With `delay`, `headers` or `retryAfter` alone it gets its usual answer, later or with these
 * headers on top.
 */
export interface EmulatedFault {
  /**
   * Kakao's code, answered in the shape and with the status it has there: Kakao's error page at `authorize`, JSON elsewhere. KOE…
   * at `authorize` and `token`, a negative number at the others.
   */
  code?: EmulatedErrorCode;
  /** An OAuth error such as `server_error`, at `authorize` only: sent back to the app with its state. Which ones Kakao sends is not known, but for `access_denied`. */
  error?: string;
  /** The HTTP status, in place of that of the `code`. Default 200 when there is a `body`. */
  status?: number;
  /** Headers of the answer, beside those it has or in place of them, whatever the case of the names. Not those that belong to the connection or the length of the body. */
  headers?: Record<string, string>;
  /** Seconds: the header `Retry-After`. */
  retryAfter?: number;
  /** A string is sent as it is, as `text/plain` unless `headers` say otherwise; anything else as JSON. Default: empty. */
  body?: JSONValue;
  /** Milliseconds to wait first, at most 2^31 - 1; of real time, whatever the emulator's clock says. */
  delay?: number;
  /** Close the connection without an answer. */
  drop?: boolean;
  /** Never answer; the connection stays until the client or `close()` ends it. */
  hang?: boolean;
}

const members: readonly string[] = [
  'code',
  'error',
  'status',
  'headers',
  'retryAfter',
  'body',
  'delay',
  'drop',
  'hang',
];

/** Copies a fault that an endpoint can be made to have. Throws a TypeError that names what is wrong with any other. */
export function requireFault(endpoint: EmulatedEndpoint, fault: EmulatedFault): EmulatedFault {
  if (typeof fault !== 'object' || fault === null) throw new TypeError('failNext takes a fault as an object');
  const given = Object.keys(fault);
  const unknown = given.find(member => !members.includes(member));
  if (unknown !== undefined) {
    throw new TypeError(`failNext knows no ${unknown}; a fault has ${members.join(', ')}`);
  }
  if (given.length === 0) throw new TypeError(`failNext needs a fault: one of ${members.join(', ')}`);
  requireOneAnswer(fault);
  if (fault.code !== undefined) requireErrorCode(endpoint, fault.code);
  requireError(endpoint, fault);
  requireNumbers(fault);
  requireHeaders(fault);
  const { drop = false, hang = false } = fault;
  if (typeof drop !== 'boolean' || typeof hang !== 'boolean') {
    throw new TypeError('failNext: drop and hang of a fault must be true or false');
  }
  requireHonourable(fault);
  return cloned(fault);
}

/** A code that Kakao answers at an endpoint. */
export function requireErrorCode(endpoint: EmulatedEndpoint, code: unknown): EmulatedErrorCode {
  const codes = errorCodesOf(endpoint);
  const known = codes.find(each => String(each) === String(code));
  if (known !== undefined) return known;
  throw new TypeError(
    `failNext: the codes of ${endpoint} are ${codes.join(', ')}; any other answer takes status and body`,
  );
}

function requireOneAnswer({ code, error, body }: EmulatedFault): void {
  if ([code, error, body].filter(answer => answer !== undefined).length > 1) {
    throw new TypeError('failNext: a fault takes one of code, error and body');
  }
}

function requireError(endpoint: EmulatedEndpoint, { error }: EmulatedFault): void {
  if (error === undefined) return;
  if (endpoint !== 'authorize') {
    throw new TypeError(
      'failNext: the error of a fault is for authorize; another endpoint takes a code or a body',
    );
  }
  if (typeof error !== 'string' || error === '') {
    throw new TypeError('failNext: the error of a fault must be an OAuth error, such as server_error');
  }
}

/** No answer is none, and `error` has a status of its own: that of the redirect. */
function requireHonourable({ delay, drop = false, hang = false, ...answer }: EmulatedFault): void {
  const [member] = Object.entries(answer).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (drop && hang) throw new TypeError('failNext: a fault takes one of drop and hang');
  if ((drop || hang) && member !== undefined) {
    throw new TypeError(
      `failNext: a fault with ${drop ? 'drop' : 'hang'} has no answer, and takes no ${member}`,
    );
  }
  if (answer.error !== undefined && answer.status !== undefined) {
    throw new TypeError('failNext: the error of a fault is sent by a redirect, and takes no status');
  }
}

function requireNumbers({ status = 200, delay = 0, retryAfter = 0 }: EmulatedFault): void {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError('failNext: the status of a fault must be an HTTP status from 200 to 599');
  }
  // Beyond it a timer of Node's ends at once.
  if (typeof delay !== 'number' || !(delay >= 0 && delay < 2 ** 31)) {
    throw new TypeError(
      'failNext: the delay of a fault must be a number of milliseconds, at most 2147483647',
    );
  }
  if (!Number.isInteger(retryAfter) || retryAfter < 0) {
    throw new TypeError('failNext: retryAfter of a fault must be a whole number of seconds');
  }
}

const ownHeaders = ['content-length', 'transfer-encoding', 'connection', 'trailer'];

function requireHeaders({ headers = {} }: EmulatedFault): void {
  for (const [name, value] of Object.entries(headers)) {
    if (ownHeaders.includes(name.toLowerCase())) {
      throw new TypeError(`failNext: a fault cannot set the header ${name}: it follows from the answer`);
    }
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (cause) {
      throw new TypeError(`failNext: the header ${JSON.stringify(name)} of a fault cannot be sent`, {
        cause,
      });
    }
  }
}

function cloned(fault: EmulatedFault): EmulatedFault {
  try {
    const { headers, ...others } = structuredClone(fault);
    return { ...others, ...(headers && { headers: inLowerCase(headers) }) };
  } catch (cause) {
    throw new TypeError('failNext: the body of a fault must be a string or JSON', { cause });
  }
}

// As the emulator writes its own, which they are to replace.
function inLowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
