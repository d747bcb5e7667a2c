import { channel } from 'node:diagnostics_channel';
import type { KakaoBusinessEndpoint } from '../endpoints.js';
import type { AnyKakaoBusinessError, RequestContext } from '../errors.js';
import type { KakaoBusinessMethod } from '../method.js';
import type { Ending } from './response.js';

/**
 * The message on the channel `passport-kakao-business:request` of node:diagnostics_channel, published when an attempt
 * has ended. It holds no token, code or secret, no URL and no body.
 */
export interface KakaoBusinessRequestMessage {
  /** The endpoint of the request. */
  endpoint: KakaoBusinessEndpoint;
  /** The HTTP method. */
  method: KakaoBusinessMethod;
  /** 1 for the first attempt; higher for a retry. */
  attempt: number;
  /** Milliseconds from the start of this attempt to the end of its response. */
  durationMs: number;
  /** The HTTP status of the response; undefined when there was none. */
  httpStatus: number | undefined;
  /** Kakao's error code: `KOE010`, `-5`. */
  errorCode: string | undefined;
  /** `ok`, the `code` of the error, or `aborted` by the app's signal. */
  outcome: 'ok' | 'aborted' | AnyKakaoBusinessError['code'];
}

const requests = channel('passport-kakao-business:request');

/** Publishes an attempt that has ended. */
export function publish(
  { endpoint, method }: RequestContext,
  timing: Pick<KakaoBusinessRequestMessage, 'attempt' | 'durationMs'>,
  { error, response }: Ending<unknown>,
): void {
  if (!requests.hasSubscribers) return;
  const message: KakaoBusinessRequestMessage = {
    endpoint,
    method,
    ...timing,
    httpStatus: response?.status ?? (error && 'httpStatus' in error ? error.httpStatus : undefined),
    errorCode: error && 'errorCode' in error ? error.errorCode : undefined,
    outcome: error ? error.code : response ? 'ok' : 'aborted',
  };
  requests.publish(message);
}
