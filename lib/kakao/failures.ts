import { types } from 'node:util';
import type { KakaoBusinessEndpoint } from './endpoints.js';
import { explain } from './error-codes.js';
import { KakaoBusinessApiError, KakaoBusinessNetworkError, KakaoBusinessResponseError } from './errors.js';
import { isJSONObject } from './json.js';
import type { ErrorAnswer } from './messages.js';
import { redact, shows } from './redact.js';

/** What was asked, and what must not be shown of it. */
export interface Asked {
  endpoint: KakaoBusinessEndpoint;
  secrets: readonly string[];
}

/** Kakao refused: by an answer, or by sending the browser back with an error. */
export function refused(
  { endpoint, secrets }: Asked,
  answer: ErrorAnswer,
  { httpStatus, retryAfter }: { httpStatus?: number; retryAfter?: number | undefined } = {},
): KakaoBusinessApiError {
  const { description } = answer;
  const shown = (name: string | undefined) => (name === undefined || shows(name, secrets) ? undefined : name);
  const [error, errorCode] = [shown(answer.error), shown(answer.errorCode)];
  const { hint, retryable, needsConsent } = explain({ httpStatus, error, errorCode });
  const name = [errorCode, error].filter(Boolean).join(' ') || 'no code given';
  return new KakaoBusinessApiError({
    message: `Kakao refused the ${endpoint} request: ${name}${httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`}`,
    endpoint,
    status: 502,
    retryable,
    hint,
    httpStatus,
    error,
    errorCode,
    description: description === undefined ? undefined : redact(description, secrets),
    requiredScopes: answer.requiredScopes?.filter(scope => shown(scope) !== undefined),
    retryAfter,
    needsConsent,
  });
}

/** Kakao, or whatever stands in its place, answered with something that cannot be used. */
export const unusable = (
  { endpoint }: Asked,
  httpStatus: number | undefined,
  what: string,
  cause?: Error,
): KakaoBusinessResponseError =>
  new KakaoBusinessResponseError({
    message: `Kakao answered the ${endpoint} request with ${what}${httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`}`,
    endpoint,
    status: 502,
    retryable: httpStatus !== undefined && httpStatus >= 500,
    hint: 'If it lasts, look for a proxy in between, and check that the URLs in the options are those of Kakao.',
    httpStatus,
    cause,
  });

/** Nothing usable came in time. */
export const timedOut = ({ endpoint }: Asked, milliseconds: number): KakaoBusinessNetworkError =>
  new KakaoBusinessNetworkError({
    code: 'KAKAO_TIMEOUT',
    message: `Kakao did not complete its answer to the ${endpoint} request within ${milliseconds} ms`,
    endpoint,
    status: 504,
    retryable: true,
    hint: 'If it lasts, check that this server reaches kauth.kakao.com and kapi.kakao.com, or raise the timeout option.',
  });

/** The connection failed, or carried something that is no HTTP. */
export function unreachable(
  asked: Asked,
  thrown: unknown,
): KakaoBusinessNetworkError | KakaoBusinessResponseError {
  const cause = withoutSecrets(thrown, asked.secrets);
  const code = systemCode(thrown);
  if (/^(?:HPE_|Z_|ERR_.*(?:ZLIB|BROTLI|DECOMPRESS))/.test(code)) {
    return unusable(asked, undefined, 'something that is no proper HTTP', cause);
  }
  return new KakaoBusinessNetworkError({
    code: 'KAKAO_UNREACHABLE',
    message: `Kakao could not be reached for the ${asked.endpoint} request${code && `: ${code}`}`,
    endpoint: asked.endpoint,
    status: 502,
    retryable: true,
    hint: connectionHint(code),
    cause,
  });
}

function connectionHint(code: string): string {
  if (/^(?:ENOTFOUND|EAI_)/.test(code))
    return 'The host name could not be resolved: check the DNS of this server.';
  if (/CERT|TLS|SSL|SELF_SIGNED|LEAF_SIGNATURE|ISSUER/.test(code)) {
    return 'The certificate was not accepted: behind a proxy that reads TLS, trust its authority with NODE_EXTRA_CA_CERTS.';
  }
  return 'If it lasts, check that this server reaches kauth.kakao.com and kapi.kakao.com, by a proxy if need be (agent option).';
}

/** Whether the other side, or something in between, closed the connection: the usual end of one that was kept alive. */
export const isDroppedConnection = (thrown: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(systemCode(thrown));

/** The code of a system error, or of the one that caused it: Node's own fetch hides it one level down. */
function systemCode(thrown: unknown): string {
  const errors = [thrown, isJSONObject(thrown) ? thrown['cause'] : undefined];
  const codes = errors.map(error => (isJSONObject(error) ? error['code'] : undefined));
  return (
    codes.find((code): code is string => typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) ??
    ''
  );
}

// The original may hold the bytes received (Node's parse errors do), or the request: only its words are kept.
function withoutSecrets(thrown: unknown, secrets: readonly string[]): Error {
  const cause = new Error(
    redact(types.isNativeError(thrown) ? thrown.message : 'a value that is no error was thrown', secrets),
  );
  const code = systemCode(thrown);
  return code ? Object.assign(cause, { code }) : cause;
}
