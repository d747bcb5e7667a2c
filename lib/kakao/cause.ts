import { types } from 'node:util';
import { isJSONObject } from './json.js';
import { redact } from './redact.js';

/** Whether the connection was closed by the other side, which is how idle connections usually end. */
export const isDroppedConnection = (thrown: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(systemCode(thrown));

/** The code of a system error, or of its cause, where Node's fetch puts it. */
export function systemCode(thrown: unknown): string {
  const errors = [thrown, isJSONObject(thrown) ? thrown['cause'] : undefined];
  const codes = errors.map(error => (isJSONObject(error) ? error['code'] : undefined));
  return (
    codes.find((code): code is string => typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) ??
    ''
  );
}

/**
 * Copies a thrown value for the `cause` of an error. Keeps the redacted message and the code only: Node's parse errors
 * hold the received bytes, others the request.
 */
export function toCause(thrown: unknown, secrets: readonly string[]): Error {
  // node-fetch's errors are not native errors, and errors of another realm are not instances.
  const isError = types.isNativeError(thrown) || thrown instanceof Error;
  const message = isError ? thrown.message : 'a non-Error value was thrown';
  const code = systemCode(thrown);
  return Object.assign(new Error(redact(withoutQueries(message), secrets)), code && { code });
}

// node-fetch names the URL, whose query is data of the app.
const withoutQueries = (text: string): string => text.replace(/(https?:\/\/[^\s?]{1,2048})\?\S*/g, '$1');
