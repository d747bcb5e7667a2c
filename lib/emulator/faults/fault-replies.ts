import { setTimeout as sleep } from 'node:timers/promises';
import { readAuthorizationRequest } from '../endpoints/authorization-request.js';
import { redirectToApp } from '../endpoints/consent.js';
import { errorReply } from '../errors/error-replies.js';
import type { ReceivedRequest } from '../http/request.js';
import type { Reply } from '../http/response.js';
import { type JSONValue, toJSON } from '../json.js';
import { orRefusalPage } from '../pages/error-page.js';
import type { EmulatedEndpoint } from '../paths.js';
import type { Kakao } from '../state.js';
import type { EmulatedFault } from './kinds.js';

/**
 * Answers in the way of a fault: late, with its headers, or not at all.
 *
 * @param closing - ends the delay.
 * @returns `'drop'` or `'hang'` when there is to be no answer.
 */
export async function replyWithFault(
  fault: EmulatedFault,
  closing: AbortSignal,
  reply: () => Reply,
): Promise<Reply | 'drop' | 'hang'> {
  const { delay = 0, drop = false } = fault;
  if (delay > 0) await sleep(delay, undefined, { signal: closing }).catch(() => undefined);
  if (drop || closing.aborted) return 'drop';
  if (fault.hang === true) return 'hang';
  const { headers, retryAfter } = fault;
  const waiting = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` };
  const answer = reply();
  return { ...answer, headers: { ...answer.headers, ...waiting, ...headers } };
}

/** What is answered in place of Kakao; undefined when the fault leaves the usual answer as it is. */
export function toFaultReply(
  fault: EmulatedFault,
  endpoint: EmulatedEndpoint,
  { query }: ReceivedRequest,
  { apps }: Kakao,
): Reply | undefined {
  const { code, error, status, body } = fault;
  if (code !== undefined) return withStatus(errorReply(endpoint, code), status);
  if (error !== undefined) {
    return orRefusalPage(() =>
      redirectToApp(readAuthorizationRequest(query, apps), {
        error,
        error_description: `The emulator was told to answer ${error}`,
      }),
    );
  }
  return status === undefined && body === undefined ? undefined : bodyReply(fault);
}

function withStatus(reply: Reply | undefined, status: number | undefined): Reply | undefined {
  return reply && status !== undefined ? { ...reply, status } : reply;
}

function bodyReply({ status = 200, body = '' }: EmulatedFault): Reply {
  if (typeof body === 'string') {
    return { status, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body };
  }
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: toJSON(body),
    ...kakaoCode(body),
  };
}

function kakaoCode(body: JSONValue): { code?: string } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
  const code = body['error_code'] ?? body['code'];
  return typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {};
}
