import type { Refusal } from '../errors/authorize-error.js';
import { type JSONValue, toJSON } from '../json.js';

/** An answer before it is sent. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Kakao's code in it, for the records. */
  code?: string;
  /** What Kakao's error page explains. */
  refusal?: Refusal;
  /** What the one who called the emulator got wrong. */
  mistake?: string;
}

export function jsonReply(status: number, body: JSONValue, more: Partial<Reply> = {}): Reply {
  return {
    ...more,
    status,
    headers: {
      'content-type': 'application/json;charset=UTF-8',
      'cache-control': 'no-store',
      ...more.headers,
    },
    body: toJSON(body),
  };
}

/** An answer of the emulator itself, where nothing is known about Kakao's. */
export function textReply(status: number, text: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers }, body: `${text}\n` };
}

/** An answer to a call of the emulator itself that cannot be carried out. */
export function mistakeReply(mistake: string): Reply {
  return { ...textReply(422, mistake), mistake };
}

/** Back to a page of the emulator, after a form of it was taken. */
export function seeOtherReply(location: string): Reply {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

export function redirectReply(location: string): Reply {
  return {
    status: 302,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    body: '',
  };
}
