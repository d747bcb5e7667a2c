import { types } from 'node:util';
import { explain, isKnownCode } from './error-codes.js';
import { isJSONObject } from './json.js';
import type { KakaoBusinessEndpoint } from './options.js';
import { redact, shows } from './redact.js';
import type { ErrorResponse } from './responses.js';

/** What was asked, and what must not be shown of it. */
export interface RequestContext {
  endpoint: KakaoBusinessEndpoint;
  secrets: readonly string[];
}

/** What every failure tells; see the members of the error. The hint follows the message, which has no full stop. */
export type KakaoBusinessErrorDetails = Pick<
  KakaoBusinessError,
  'message' | 'endpoint' | 'status' | 'retryable' | 'hint'
> & {
  /** What caused it, without anything secret. */
  cause?: Error | undefined;
};

/** What a refusal tells; see the members of the error. */
export type KakaoBusinessApiErrorDetails = KakaoBusinessErrorDetails &
  Partial<Omit<KakaoBusinessApiError, keyof KakaoBusinessError>>;

/**
 * A failure on Kakao's side, or on the way there. It can be logged whole: this package puts no token, authorization code,
 * client secret or body into its message, its members or its cause, and redacts Kakao's words. SECURITY.md says how far.
 */
export abstract class KakaoBusinessError extends Error {
  /** Which kind of failure: stable, made for `switch`. */
  abstract readonly code:
    | 'KAKAO_API_ERROR'
    | 'KAKAO_INVALID_RESPONSE'
    | 'KAKAO_TIMEOUT'
    | 'KAKAO_UNREACHABLE';
  /** The HTTP status that *your* server should answer with; Express does so by itself. Kakao's is `httpStatus`. */
  readonly status: number;
  /** Which of Kakao's endpoints was asked. */
  readonly endpoint: KakaoBusinessEndpoint;
  /** Whether trying again later can succeed with nothing changed (at the token endpoint: with a new sign-in). */
  readonly retryable: boolean;
  /** What the operator should do about it, in one or two English sentences. */
  readonly hint: string;

  constructor({ message, endpoint, status, retryable, hint, cause }: KakaoBusinessErrorDetails) {
    super(`${message}. ${hint}`, cause && { cause });
    this.status = status;
    this.endpoint = endpoint;
    this.retryable = retryable;
    this.hint = hint;
  }

  /** For structured logs, where an error's name and message would otherwise be lost. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message };
  }
}

/** Kakao understood the request and refused it. */
export class KakaoBusinessApiError extends KakaoBusinessError {
  override readonly name = 'KakaoBusinessApiError';
  readonly code = 'KAKAO_API_ERROR';
  /** The HTTP status of Kakao's answer; undefined when Kakao refused by redirecting the browser back. */
  readonly httpStatus: number | undefined;
  /** The OAuth error of kauth, such as `invalid_grant`. */
  readonly error: string | undefined;
  /** Kakao's own code, as text: `KOE010` from kauth, `-5` from kapi. Branch on this one. */
  readonly errorCode: string | undefined;
  /** Kakao's description, redacted. Its wording may change at any time. */
  readonly description: string | undefined;
  /** The consent items that are missing, where Kakao names them (-402). */
  readonly requiredScopes: readonly string[] | undefined;
  /** How many seconds Kakao asks to wait. */
  readonly retryAfter: number | undefined;
  /** Whether only a new consent helps: the token is invalid, or not good for this (-401, unless "ip mismatched"; -402). */
  readonly needsConsent: boolean;

  constructor(details: KakaoBusinessApiErrorDetails) {
    super(details);
    this.httpStatus = details.httpStatus;
    this.error = details.error;
    this.errorCode = details.errorCode;
    this.description = details.description;
    this.requiredScopes = details.requiredScopes;
    this.retryAfter = details.retryAfter;
    this.needsConsent = details.needsConsent ?? false;
  }
}

/** Kakao answered, and the answer cannot be used. */
export class KakaoBusinessResponseError extends KakaoBusinessError {
  override readonly name = 'KakaoBusinessResponseError';
  readonly code = 'KAKAO_INVALID_RESPONSE';
  /** The HTTP status of the answer; undefined when it was no HTTP. */
  readonly httpStatus: number | undefined;

  constructor(details: KakaoBusinessErrorDetails & { httpStatus?: number | undefined }) {
    super(details);
    this.httpStatus = details.httpStatus;
  }
}

/** Kakao did not answer in time, or could not be reached. */
export class KakaoBusinessNetworkError extends KakaoBusinessError {
  override readonly name = 'KakaoBusinessNetworkError';
  readonly code: 'KAKAO_TIMEOUT' | 'KAKAO_UNREACHABLE';

  constructor(details: KakaoBusinessErrorDetails & { code: 'KAKAO_TIMEOUT' | 'KAKAO_UNREACHABLE' }) {
    super(details);
    this.code = details.code;
  }
}

/** Every failure that Kakao can cause. `switch (error.code)` tells them apart, for TypeScript too. */
export type AnyKakaoBusinessError =
  | KakaoBusinessApiError
  | KakaoBusinessResponseError
  | KakaoBusinessNetworkError;

const inBrackets = (httpStatus: number | undefined): string =>
  httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`;

/** Kakao refused: by an answer, or by sending the browser back with an error. */
export function apiError(
  { endpoint, secrets }: RequestContext,
  answer: ErrorResponse,
  { httpStatus, retryAfter }: { httpStatus?: number; retryAfter?: number | undefined } = {},
): KakaoBusinessApiError {
  const shown = (name: string | undefined) =>
    name && !isKnownCode(name) && shows(name, secrets) ? undefined : name;
  const [error, errorCode] = [shown(answer.error), shown(answer.errorCode)];
  const name = [errorCode, error].filter(Boolean).join(' ') || 'no code given';
  return new KakaoBusinessApiError({
    message: `Kakao refused the ${endpoint} request: ${name}${inBrackets(httpStatus)}`,
    endpoint,
    status: 502,
    ...explain({ httpStatus, error, errorCode, description: answer.description }),
    httpStatus,
    error,
    errorCode,
    description: answer.description && redact(answer.description, secrets),
    requiredScopes: answer.requiredScopes?.filter(scope => shown(scope) !== undefined),
    retryAfter,
  });
}

/** Kakao, or whatever stands in its place, answered with something that cannot be used. */
export const responseError = (
  { endpoint }: RequestContext,
  httpStatus: number | undefined,
  what: string,
  cause?: Error,
): KakaoBusinessResponseError =>
  new KakaoBusinessResponseError({
    message: `Kakao answered the ${endpoint} request with ${what}${inBrackets(httpStatus)}`,
    endpoint,
    status: 502,
    retryable: httpStatus !== undefined && httpStatus >= 500,
    hint: 'If it lasts, look for a proxy in between, and check that the URLs in the options are those of Kakao.',
    httpStatus,
    cause,
  });

/** Nothing usable came in time. */
export const timeoutError = ({ endpoint }: RequestContext, milliseconds: number): KakaoBusinessNetworkError =>
  new KakaoBusinessNetworkError({
    code: 'KAKAO_TIMEOUT',
    message: `Kakao did not complete its answer to the ${endpoint} request within ${milliseconds} ms`,
    endpoint,
    status: 504,
    retryable: true,
    hint: 'If it lasts, check that this server reaches kauth.kakao.com and kapi.kakao.com, or raise the timeout option.',
  });

/** The connection failed, or carried something that is no HTTP. */
export function networkError(
  asked: RequestContext,
  thrown: unknown,
): KakaoBusinessNetworkError | KakaoBusinessResponseError {
  const cause = withoutSecrets(thrown, asked.secrets);
  const code = systemCode(thrown);
  if (/^(?:HPE_|Z_|ERR_.*(?:ZLIB|BROTLI|DECOMPRESS))/.test(code)) {
    return responseError(asked, undefined, 'something that is no proper HTTP', cause);
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
    return 'The host name could not be resolved: this server needs a working DNS or a proxy (agent option, or NODE_USE_ENV_PROXY=1).';
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
  // node-fetch's errors are no native ones, and those of another realm no instances.
  const isError = types.isNativeError(thrown) || thrown instanceof Error;
  const message = isError ? thrown.message : 'a value that is no error was thrown';
  const code = systemCode(thrown);
  return Object.assign(new Error(redact(message, secrets)), code && { code });
}

/** For `catch()`: undefined in the place of a refusal with this code of Kakao's; every other error is thrown again. */
export const ignoreErrorCode =
  (errorCode: string) =>
  (error: unknown): undefined => {
    if (error instanceof KakaoBusinessApiError && error.errorCode === errorCode) return undefined;
    throw error;
  };
