import { isDroppedConnection } from '../cause.js';
import { type ErrorCodes, isTemporary } from '../error-codes.js';
import type { RequestContext } from '../errors.js';

const MAX_ATTEMPTS = 2;

/** Calls `send` with 1, 2 and so on while the result may be retried, at most MAX_ATTEMPTS times. */
export async function withRetry<Result extends { mayRetry?: boolean | undefined }>(
  request: RequestContext,
  send: (attempt: number) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const result = await send(attempt);
    if (!result.mayRetry || !canRetry(request) || attempt === MAX_ATTEMPTS) return result;
  }
}

/**
 * Whether a request may be sent more than once: a GET changes nothing, and a token request is retried with care
 * (below). Nothing else is sent twice.
 */
export const canRetry = ({ method, endpoint }: RequestContext): boolean =>
  method === 'GET' || endpoint === 'token';

/** Whether a request may be sent again after this error response: a temporary fault that says nothing about waiting. */
export const mayRetryResponse = (
  { method }: RequestContext,
  response: ErrorCodes & { httpStatus: number; retryAfter: number | undefined },
): boolean =>
  // RFC 9110, 15.5.9: the server sent 408 because the request did not arrive.
  (method === 'GET' || response.httpStatus === 408) &&
  response.retryAfter === undefined && // a login cannot wait
  isTemporary(response);

/**
 * Whether a request may be sent again after this failure: the connection was dropped before the response. A form is
 * sent again only where not one byte of a response came, since Kakao may have used the code.
 */
export const mayRetryFailure = (
  { method }: RequestContext,
  thrown: unknown,
  { hasResponse, hasBytes }: { hasResponse: boolean; hasBytes: boolean },
): boolean => isDroppedConnection(thrown) && (method === 'GET' ? !hasResponse : !hasBytes);
