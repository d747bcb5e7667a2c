import { channel } from 'node:diagnostics_channel';
import type { AnyKakaoBusinessError } from '../errors.js';
import type { KakaoBusinessEndpoint } from '../options.js';

/**
 * What is told of each request to Kakao, on the channel `passport-kakao-business:request` of node:diagnostics_channel: once
 * it has ended, and for each attempt. There is no token, code or secret in it, no URL and no body.
 */
export interface KakaoBusinessRequestMessage {
  /** Which of Kakao's endpoints was asked. */
  endpoint: KakaoBusinessEndpoint;
  /** The HTTP method. */
  method: 'GET' | 'POST';
  /** 1, or 2 where the request was sent once more. */
  attempt: number;
  /** Milliseconds from the start of this attempt to the end of its answer. */
  durationMs: number;
  /** How Kakao answered; undefined when it did not. */
  httpStatus: number | undefined;
  /** Kakao's own code where it refused: `KOE010`, `-5`. */
  errorCode: string | undefined;
  /** `ok`, or the `code` of the error. */
  outcome: 'ok' | AnyKakaoBusinessError['code'];
}

const requests = channel('passport-kakao-business:request');

/** Publishes an attempt that has ended, with a status or with an error. */
export function publish(
  attempt: Pick<KakaoBusinessRequestMessage, 'endpoint' | 'method' | 'attempt' | 'durationMs'>,
  ended: { httpStatus: number } | AnyKakaoBusinessError,
): void {
  if (!requests.hasSubscribers) return;
  const message: KakaoBusinessRequestMessage = {
    ...attempt,
    httpStatus: 'httpStatus' in ended ? ended.httpStatus : undefined,
    errorCode: 'errorCode' in ended ? ended.errorCode : undefined,
    outcome: 'code' in ended ? ended.code : 'ok',
  };
  requests.publish(message);
}
