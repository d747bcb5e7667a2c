import type { JSONValue } from '../json.js';
import { jsonReply, type Reply } from '../replies.js';

/** A code of the endpoints that take a token: `tokeninfo`, `userinfo` and `revoke`. */
export type KapiErrorCode =
  | -1
  | -2
  | -3
  | -4
  | -5
  | -6
  | -7
  | -8
  | -9
  | -10
  | -11
  | -12
  | -401
  | -402
  | -603
  | -903
  | -9798;

interface KapiError {
  code: KapiErrorCode;
  status: number;
  msg: string;
}

// Assumption: every text but that of -5; which of 403 and 400 goes with -4, -6, -9, -12 and -903; and, where others report 400
// besides, the 429 of -10 and -11.
const kapiErrors: readonly KapiError[] = [
  { code: -1, status: 400, msg: 'internal error' },
  { code: -2, status: 400, msg: 'invalid argument' },
  { code: -3, status: 403, msg: 'feature not enabled' },
  { code: -4, status: 403, msg: 'blocked' },
  { code: -5, status: 403, msg: 'permission denied' },
  { code: -6, status: 403, msg: 'not allowed' },
  { code: -7, status: 400, msg: 'service unavailable' },
  { code: -8, status: 400, msg: 'invalid header' },
  { code: -9, status: 400, msg: 'API closed' },
  { code: -10, status: 429, msg: 'quota exceeded' },
  { code: -11, status: 429, msg: 'quota exceeded' },
  { code: -12, status: 403, msg: 'not allowed' },
  { code: -401, status: 401, msg: 'this access token does not exist' },
  { code: -402, status: 403, msg: 'insufficient scopes' },
  { code: -603, status: 400, msg: 'timeout' },
  { code: -903, status: 403, msg: 'sanctioned' },
  { code: -9798, status: 503, msg: 'service under maintenance' },
];

export const kapiErrorCodes: readonly KapiErrorCode[] = kapiErrors.map(({ code }) => code);

interface Particulars {
  /** In place of the usual text. */
  msg?: string;
  /** Further members of the body. */
  members?: Record<string, JSONValue>;
  /** Seconds. */
  retryAfter?: number | undefined;
}

/** How the endpoints that take a token say no. */
export function kapiErrorReply(code: KapiErrorCode, { msg, members, retryAfter }: Particulars = {}): Reply {
  const { status = 400, msg: usual = '' } = kapiErrors.find(error => error.code === code) ?? {};
  return jsonReply(
    status,
    { msg: msg ?? usual, code, ...members },
    { code: String(code), headers: retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` } },
  );
}
