import type { KakaoBusinessEndpoint } from './endpoints.js';

/** What every failure tells; see the members of the error. */
export interface KakaoBusinessErrorDetails {
  /** What failed, without a full stop; the hint follows it in the message of the error. */
  message: string;
  /** Which of Kakao's endpoints was asked. */
  endpoint: KakaoBusinessEndpoint;
  /** The HTTP status that your server should answer with. */
  status: number;
  /** Whether trying again later can succeed. */
  retryable: boolean;
  /** What the operator should do. */
  hint: string;
  /** What caused it, without anything secret. */
  cause?: Error | undefined;
}

/**
 * A failure on Kakao's side, or on the way there. Nothing in it is secret: no token, authorization code, client secret
 * or body appears in its message, its members or its cause, so that it can be logged whole.
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

/** What a refusal tells; see the members of the error. */
export interface KakaoBusinessApiErrorDetails extends KakaoBusinessErrorDetails {
  /** The HTTP status of Kakao's answer. */
  httpStatus?: number | undefined;
  /** The OAuth error. */
  error?: string | undefined;
  /** Kakao's own code, as text. */
  errorCode?: string | undefined;
  /** Kakao's description, redacted. */
  description?: string | undefined;
  /** The consent items that are missing. */
  requiredScopes?: readonly string[] | undefined;
  /** Seconds to wait. */
  retryAfter?: number | undefined;
  /** Whether only a new consent helps. */
  needsConsent?: boolean | undefined;
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
  /** Kakao's description, with secrets removed. Its wording may change at any time. */
  readonly description: string | undefined;
  /** The consent items that are missing, where Kakao names them (-402). */
  readonly requiredScopes: readonly string[] | undefined;
  /** How many seconds Kakao asks to wait. */
  readonly retryAfter: number | undefined;
  /** Whether the token is of no use any more, or not for this: only a new consent helps (-401, -402). */
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
