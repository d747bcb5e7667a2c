import { setTimeout as sleep } from 'node:timers/promises';
import { type EmulatedEndpoint, isEmulatedEndpoint } from './endpoints.js';
import { type JSONValue, toJSON } from './json.js';
import type { Reply } from './replies.js';

/**
 * What goes wrong with one request. With `status`, `body`, `drop` or `hang` Kakao does not look at the request at all: a code
 * it carries can still be used. With `delay` or `headers` alone it gets its usual answer, later or with these headers on top.
 */
export interface EmulatedFault {
  /** The HTTP status. Default 200 when there is a `body`. */
  status?: number;
  /** Headers of the answer, beside those it has or in place of them. Names in lower case. */
  headers?: Record<string, string>;
  /** A string is sent as it is, as `text/plain` unless `headers` say otherwise; anything else as JSON. Default: empty. */
  body?: JSONValue;
  /** Milliseconds to wait first. */
  delay?: number;
  /** Close the connection without an answer. */
  drop?: boolean;
  /** Never answer; the connection stays until the client or `close()` ends it. */
  hang?: boolean;
}

/** The faults that wait for their request, a queue for each endpoint. */
export class FaultQueue {
  readonly #queues = new Map<EmulatedEndpoint, EmulatedFault[]>();

  add(endpoint: EmulatedEndpoint, fault: EmulatedFault): void {
    if (!isEmulatedEndpoint(endpoint)) {
      throw new TypeError('failNext: the endpoint must be authorize, token, tokeninfo, userinfo or revoke');
    }
    const queue = this.#queues.get(endpoint) ?? [];
    queue.push(requireFault(fault));
    this.#queues.set(endpoint, queue);
  }

  take(endpoint: EmulatedEndpoint): EmulatedFault {
    return this.#queues.get(endpoint)?.shift() ?? {};
  }
}

/**
 * Answers as the fault has it, or as Kakao would.
 *
 * @returns `'drop'` or `'hang'` when there is to be no answer.
 */
export async function replyWithFault(
  fault: EmulatedFault,
  closing: AbortSignal,
  usualReply: () => Reply,
): Promise<Reply | 'drop' | 'hang'> {
  if (fault.delay !== undefined) await sleep(fault.delay, undefined, { signal: closing });
  if (fault.drop === true) return 'drop';
  if (fault.hang === true) return 'hang';
  const reply = fault.status === undefined && fault.body === undefined ? usualReply() : faultReply(fault);
  return { ...reply, headers: { ...reply.headers, ...fault.headers } };
}

function faultReply({ status = 200, body = '' }: EmulatedFault): Reply {
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

const faultMembers: readonly string[] = ['status', 'headers', 'body', 'delay', 'drop', 'hang'];

function requireFault(fault: EmulatedFault): EmulatedFault {
  if (typeof fault !== 'object' || fault === null) throw new TypeError('failNext takes a fault as an object');
  const members = Object.keys(fault);
  const unknown = members.find(member => !faultMembers.includes(member));
  if (unknown !== undefined)
    throw new TypeError(`failNext knows no ${unknown}; a fault has ${faultMembers.join(', ')}`);
  if (members.length === 0) throw new TypeError(`failNext needs a fault: one of ${faultMembers.join(', ')}`);
  const { status = 200, delay = 0, drop = false, hang = false } = fault;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError('failNext: the status of a fault must be an HTTP status from 200 to 599');
  }
  if (!Number.isFinite(delay) || delay < 0) {
    throw new TypeError('failNext: the delay of a fault must be a number of milliseconds');
  }
  if (typeof drop !== 'boolean' || typeof hang !== 'boolean') {
    throw new TypeError('failNext: drop and hang of a fault must be true or false');
  }
  return cloned(fault);
}

function cloned(fault: EmulatedFault): EmulatedFault {
  try {
    return structuredClone(fault);
  } catch (cause) {
    throw new TypeError('failNext: the body of a fault must be a string or JSON', { cause });
  }
}
