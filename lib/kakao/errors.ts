import { systemCode, toCause } from './cause.js';
import type { KoreanAndEnglish } from './consent-items.js';
import { type KakaoBusinessEndpoint, kakaoBusinessEndpoints } from './endpoints.js';
import { describeError, isKnownCode, toHints } from './error-codes.js';
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
  /** The hint in Korean and in English. Default: `hint` for both. */
  hints?: KoreanAndEnglish | undefined;
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
  /** What the operator should do, in one to three English sentences. */
  readonly hint: string;
  /** The hint in Korean and in English, such as `error.hints.ko`. */
  readonly hints: KoreanAndEnglish;

  constructor({
    message,
    endpoint,
    status,
    retryable,
    hint,
    hints = { ko: hint, en: hint },
    cause,
  }: KakaoBusinessErrorDetails) {
    super(`${message}. ${hint}`, cause && { cause });
    this.status = status;
    this.endpoint = endpoint;
    this.retryable = retryable;
    this.hint = hint;
    this.hints = { ...hints }; // a copy: an error is the app's, the table is not
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
  { cause }: { cause?: Error } = {},
): KakaoBusinessResponseError =>
  new KakaoBusinessResponseError({
    message: `Kakao answered the ${endpoint} request with ${what}${inBrackets(httpStatus)}`,
    endpoint,
    status: 502,
    retryable: (httpStatus ?? 0) >= 500,
    ...toHints(PROXY_HINT),
    httpStatus,
    cause,
  });

const PROXY_HINT: KoreanAndEnglish = {
  ko: '계속되면 중간에 프록시가 있는지, 옵션의 URL이 카카오의 주소인지 확인하세요.',
  en: 'If it lasts, look for a proxy in between, and check that the URLs in the options are those of Kakao.',
};

/** Creates the error for a request that took longer than the timeout. */
export const timeoutError = ({ endpoint }: RequestContext, milliseconds: number): KakaoBusinessNetworkError =>
  new KakaoBusinessNetworkError({
    code: 'KAKAO_TIMEOUT',
    message: `Kakao did not complete its answer to the ${endpoint} request within ${milliseconds} ms`,
    endpoint,
    status: 504,
    retryable: true,
    ...toHints({
      ko: `계속되면 이 서버에서 ${hostsOf(endpoint).join(', ')}에 접속되는지 확인하거나 timeout 옵션을 늘리세요.`,
      en: `If it lasts, check that this server reaches ${hostsOf(endpoint).join(' and ')}, or raise the timeout option.`,
    }),
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
    ...toHints(connectionHint(code, request.endpoint)),
    cause,
  });
}

function connectionHint(code: string, endpoint: KakaoBusinessEndpoint): KoreanAndEnglish {
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) {
    return {
      ko: '호스트 이름을 찾을 수 없습니다. 이 서버에서 DNS가 동작하거나 프록시(agent 옵션 또는 NODE_USE_ENV_PROXY=1)가 있어야 합니다.',
      en: 'The host name could not be resolved: this server needs a working DNS or a proxy (agent option, or NODE_USE_ENV_PROXY=1).',
    };
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|LEAF_SIGNATURE|ISSUER/.test(code)) {
    return {
      ko: '인증서를 신뢰할 수 없습니다. TLS를 검사하는 프록시 뒤에 있다면 프록시의 CA를 NODE_EXTRA_CA_CERTS로 추가하세요.',
      en: 'The certificate was not accepted: behind a TLS-inspecting proxy, add its CA with NODE_EXTRA_CA_CERTS.',
    };
  }
  return {
    ko: `계속되면 이 서버에서 ${hostsOf(endpoint).join(', ')}에 접속되는지 확인하고, 필요하면 프록시(agent 옵션)를 쓰세요.`,
    en: `If it lasts, check that this server reaches ${hostsOf(endpoint).join(' and ')}, through a proxy if needed (agent option).`,
  };
}

const hostsOf = (endpoint: KakaoBusinessEndpoint): string[] => {
  if (endpoint === 'moment') return [new URL(kakaoBusinessEndpoints.momentURL).host];
  if (endpoint === 'keywordAd') return [new URL(kakaoBusinessEndpoints.keywordAdURL).host];
  return ['kauth.kakao.com', 'kapi.kakao.com'];
};

/** For `catch()`: turns an API error with this code into undefined, and throws any other error again. */
export const ignoreErrorCode =
  (errorCode: string) =>
  (error: unknown): undefined => {
    if (error instanceof KakaoBusinessApiError && error.errorCode === errorCode) return undefined;
    throw error;
  };
