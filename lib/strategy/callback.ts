import { type AuthorizationResponse, queryOf, readAuthorizationResponse } from '../kakao/callback.js';
import { isJSONObject } from '../kakao/json.js';
import type { KakaoBusinessRequest } from './state/store.js';

/** The challenge that Passport's `fail()` gets, and with it `failureMessage`, and custom callbacks as `info`. */
export interface KakaoBusinessChallenge {
  /** What happened; stable, for `switch`. */
  code: 'access_denied' | 'invalid_state' | 'invalid_grant' | 'invalid_request';
  /** Why the state is invalid: `missing`, `no_pending_login`, `unknown`, `expired`. */
  reason?: string;
  /** A sentence for developers, in English. */
  message: string;
}

/**
 * Reads the authorization response from the query only: a form that is posted to the login route may have a field
 * `code`.
 *
 * @returns undefined at the start of a login, where the query has neither a code nor an error.
 */
export function readCallback(req: KakaoBusinessRequest): AuthorizationResponse | undefined {
  const { query, url }: { query?: unknown; url?: string } = req;
  // Without a framework (node:http), the query is still in the URL.
  return readAuthorizationResponse(isJSONObject(query) ? query : queryOf(url ?? ''));
}
