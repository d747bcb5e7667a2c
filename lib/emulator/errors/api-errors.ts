import { jsonReply, type Reply } from '../http/response.js';
import type { JSONValue } from '../json.js';

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
  status: number;
  msg: string;
}

// Assumption (kapi-rare-errors): every text but that of -5; which of 403 and 400 goes with -4, -6, -9, -12 and -903; and,
// where others report 400 besides, the 429 of -10 and -11.
const kapiErrors: Record<KapiErrorCode, KapiError> = {
  [-1]: { status: 400, msg: 'internal error' },
  [-2]: { status: 400, msg: 'invalid argument' },
  [-3]: { status: 403, msg: 'feature not enabled' },
  [-4]: { status: 403, msg: 'blocked' },
  [-5]: { status: 403, msg: 'permission denied' },
  [-6]: { status: 403, msg: 'not allowed' },
  [-7]: { status: 400, msg: 'service unavailable' },
  [-8]: { status: 400, msg: 'invalid header' },
  [-9]: { status: 400, msg: 'API closed' },
  [-10]: { status: 429, msg: 'quota exceeded' },
  [-11]: { status: 429, msg: 'quota exceeded' },
  [-12]: { status: 403, msg: 'not allowed' },
  [-401]: { status: 401, msg: 'this access token does not exist' },
  [-402]: { status: 403, msg: 'insufficient scopes' },
  [-603]: { status: 400, msg: 'timeout' },
  [-903]: { status: 403, msg: 'sanctioned' },
  [-9798]: { status: 503, msg: 'service under maintenance' },
};

export const kapiErrorCodes: readonly KapiErrorCode[] = Object.keys(kapiErrors)
  .map(Number)
  .filter(isKapiErrorCode);

function isKapiErrorCode(code: number): code is KapiErrorCode {
  return Object.hasOwn(kapiErrors, code);
}

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
  const { status, msg: usual } = kapiErrors[code];
  return jsonReply(
    status,
    { msg: msg ?? usual, code, ...members },
    { code: String(code), headers: retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` } },
  );
}
