import { systemCode, toCause } from './cause.js';
import { type KakaoBusinessEndpoint, kakaoBusinessEndpoints } from './endpoints.js';
import { describeError, isKnownCode } from './error-codes.js';
import type { KakaoBusinessMethod } from './method.js';
import { containsSecret, redact } from './redact.js';
import type { ErrorResponse } from './responses.js';

/** A request to Kakao, as far as an error or a retry needs to know it. */
export interface RequestContext {
  endpoint: KakaoBusinessEndpoint;
  method: KakaoBusinessMethod;
  /** What no error may show: the token, the code, the client secret. */
  secrets: readonly string[];
}

/** The constructor argument of the base class. The hint is appended to the message, which has no full stop. */
export type KakaoBusinessErrorDetails = Pick<
  KakaoBusinessError,
  'message' | 'endpoint' | 'status' | 'retryable' | 'hint'
> & {
  /** The cause, without secrets. */
  cause?: Error | undefined;
};

/** The constructor argument of an API error. */
export type KakaoBusinessApiErrorDetails = KakaoBusinessErrorDetails &
  Partial<Omit<KakaoBusinessApiError, keyof KakaoBusinessError>>;

/**
 * The base class of all errors of requests to Kakao. An error can be logged whole: its message, members and cause hold
 * no token, authorization code, client secret or body, and Kakao's own text is redacted (SECURITY.md says how far).
 */
export abstract class KakaoBusinessError extends Error {
  /** The kind of error; stable, for `switch`. */
  abstract readonly code:
    | 'KAKAO_API_ERROR'
    | 'KAKAO_INVALID_RESPONSE'
    | 'KAKAO_TIMEOUT'
    | 'KAKAO_UNREACHABLE';
  /** The HTTP status that *your* server should respond with; Express does so. Kakao's is `httpStatus`. */
  readonly status: number;
  /** The endpoint of the request. */
  readonly endpoint: KakaoBusinessEndpoint;
  /** Whether the same request can succeed later (at the token endpoint: after a new login). */
  readonly retryable: boolean;
  /** What the operator should do, in one or two English sentences. */
  readonly hint: string;

  constructor({ message, endpoint, status, retryable, hint, cause }: KakaoBusinessErrorDetails) {
    super(`${message}. ${hint}`, cause && { cause });
    this.status = status;
    this.endpoint = endpoint;
    this.retryable = retryable;
    this.hint = hint;
  }

  /** For structured logs: `JSON.stringify` omits the name and message of an error. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message };
  }
}

/** Kakao refused the request. */
export class KakaoBusinessApiError extends KakaoBusinessError {
  override readonly name = 'KakaoBusinessApiError';
  readonly code = 'KAKAO_API_ERROR';
  /** The HTTP status of Kakao's response; undefined when Kakao redirected the browser back with an error. */
  readonly httpStatus: number | undefined;
  /** The OAuth error (RFC 6749), such as `invalid_grant`. */
  readonly error: string | undefined;
  /** Kakao's error code, a string: `KOE010` from kauth, `-5` from kapi. Compare this one. */
  readonly errorCode: string | undefined;
  /** Kakao's description, redacted. The wording may change at any time. */
  readonly description: string | undefined;
  /** Why an ad API refused the request (-813, -820): a number, as a string, such as `9004`. */
  readonly detailCode: string | undefined;
  /** The same in words, mostly Korean; redacted. */
  readonly detailMessage: string | undefined;
  /** The missing consent items, if Kakao names them (-402). */
  readonly requiredScopes: readonly string[] | undefined;
  /** The seconds to wait, from `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** Whether the user has to consent again: -401 (but not "ip mismatched") and -402. */
  readonly needsConsent: boolean;

  constructor(details: KakaoBusinessApiErrorDetails) {
    super(details);
    this.httpStatus = details.httpStatus;
    this.error = details.error;
    this.errorCode = details.errorCode;
    this.description = details.description;
    this.detailCode = details.detailCode;
    this.detailMessage = details.detailMessage;
    this.requiredScopes = details.requiredScopes;
    this.retryAfter = details.retryAfter;
    this.needsConsent = details.needsConsent ?? false;
  }
}

/** Kakao's response cannot be used. */
export class KakaoBusinessResponseError extends KakaoBusinessError {
  override readonly name = 'KakaoBusinessResponseError';
  readonly code = 'KAKAO_INVALID_RESPONSE';
  /** The HTTP status of the response; undefined when it was not HTTP. */
  readonly httpStatus: number | undefined;

  constructor(details: KakaoBusinessErrorDetails & { httpStatus?: number | undefined }) {
    super(details);
    this.httpStatus = details.httpStatus;
  }
}

/** Kakao did not respond in time, or could not be reached. */
export class KakaoBusinessNetworkError extends KakaoBusinessError {
  override readonly name = 'KakaoBusinessNetworkError';
  readonly code: 'KAKAO_TIMEOUT' | 'KAKAO_UNREACHABLE';

  constructor(details: KakaoBusinessErrorDetails & { code: 'KAKAO_TIMEOUT' | 'KAKAO_UNREACHABLE' }) {
    super(details);
    this.code = details.code;
  }
}

/** Any error of a request to Kakao. `switch (error.code)` narrows it. */
export type AnyKakaoBusinessError =
  | KakaoBusinessApiError
  | KakaoBusinessResponseError
  | KakaoBusinessNetworkError;

const inBrackets = (httpStatus: number | undefined): string =>
  httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`;

/** Creates the error for an error response, or for a browser that comes back with an error. */
export function apiError(
  { endpoint, secrets }: Pick<RequestContext, 'endpoint' | 'secrets'>,
  response: ErrorResponse,
  { httpStatus, retryAfter }: { httpStatus?: number; retryAfter?: number | undefined } = {},
): KakaoBusinessApiError {
  const shown = (name: string | undefined) =>
    name && !isKnownCode(name) && containsSecret(name, secrets) ? undefined : name;
  const { description, detailMessage } = response;
  const error = shown(response.error);
  const errorCode = shown(response.errorCode);
  const detailCode = shown(response.detailCode);
  const requiredScopes = response.requiredScopes?.filter(scope => shown(scope) !== undefined);
  const names = [errorCode, error, detailCode && `detail ${detailCode}`];
  const name = names.filter(Boolean).join(' ') || 'no code given';
  return new KakaoBusinessApiError({
    message: `Kakao refused the ${endpoint} request: ${name}${inBrackets(httpStatus)}`,
    endpoint,
    status: 502,
    ...describeError({ endpoint, httpStatus, error, errorCode, detailCode, description, requiredScopes }),
    httpStatus,
    error,
    errorCode,
    description: description && redact(description, secrets),
    detailCode,
    detailMessage: detailMessage && redact(detailMessage, secrets),
    requiredScopes,
    retryAfter,
  });
}

/** Creates the error for a response that cannot be used. `what` completes the message "Kakao answered … with". */
export const responseError = (
  { endpoint }: Pick<RequestContext, 'endpoint'>,
  httpStatus: number | undefined,
  what: string,
  { cause, hint = PROXY_HINT }: { cause?: Error; hint?: string } = {},
): KakaoBusinessResponseError =>
  new KakaoBusinessResponseError({
    message: `Kakao answered the ${endpoint} request with ${what}${inBrackets(httpStatus)}`,
    endpoint,
    status: 502,
    retryable: (httpStatus ?? 0) >= 500,
    hint,
    httpStatus,
    cause,
  });

const PROXY_HINT =
  'If it lasts, look for a proxy in between, and check that the URLs in the options are those of Kakao.';

/** Creates the error for a request that took longer than the timeout. */
export const timeoutError = ({ endpoint }: RequestContext, milliseconds: number): KakaoBusinessNetworkError =>
  new KakaoBusinessNetworkError({
    code: 'KAKAO_TIMEOUT',
    message: `Kakao did not complete its answer to the ${endpoint} request within ${milliseconds} ms`,
    endpoint,
    status: 504,
    retryable: true,
    hint: `If it lasts, check that this server reaches ${hostsOf(endpoint)}, or raise the timeout option.`,
  });

/** Creates the error for a connection that failed, or carried something other than HTTP. */
export function networkError(
  request: RequestContext,
  thrown: unknown,
): KakaoBusinessNetworkError | KakaoBusinessResponseError {
  const cause = toCause(thrown, request.secrets);
  const code = systemCode(thrown);
  if (/^(?:HPE_|Z_|ERR_.*(?:ZLIB|BROTLI|DECOMPRESS))/.test(code)) {
    return responseError(request, undefined, 'a malformed HTTP response', { cause });
  }
  return new KakaoBusinessNetworkError({
    code: 'KAKAO_UNREACHABLE',
    message: `Kakao could not be reached for the ${request.endpoint} request${code && `: ${code}`}`,
    endpoint: request.endpoint,
    status: 502,
    retryable: true,
    hint: connectionHint(code, request.endpoint),
    cause,
  });
}

function connectionHint(code: string, endpoint: KakaoBusinessEndpoint): string {
  if (/^(?:ENOTFOUND|EAI_)/.test(code))
    return 'The host name could not be resolved: this server needs a working DNS or a proxy (agent option, or NODE_USE_ENV_PROXY=1).';
  if (/CERT|TLS|SSL|SELF_SIGNED|LEAF_SIGNATURE|ISSUER/.test(code)) {
    return 'The certificate was not accepted: behind a TLS-inspecting proxy, add its CA with NODE_EXTRA_CA_CERTS.';
  }
  return `If it lasts, check that this server reaches ${hostsOf(endpoint)}, through a proxy if needed (agent option).`;
}

const hostsOf = (endpoint: KakaoBusinessEndpoint): string => {
  if (endpoint === 'moment') return new URL(kakaoBusinessEndpoints.momentURL).host;
  if (endpoint === 'keywordAd') return new URL(kakaoBusinessEndpoints.keywordAdURL).host;
  return 'kauth.kakao.com and kapi.kakao.com';
};

/** For `catch()`: turns an API error with this code into undefined, and throws any other error again. */
export const ignoreErrorCode =
  (errorCode: string) =>
  (error: unknown): undefined => {
    if (error instanceof KakaoBusinessApiError && error.errorCode === errorCode) return undefined;
    throw error;
  };
