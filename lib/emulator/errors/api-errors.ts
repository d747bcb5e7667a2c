import { type HttpResponse, type JSONValue, jsonResponse } from '../http/response.js';
import { KAPI_ERRORS, KAUTH_ERRORS, type KapiErrorCode, type KauthErrorCode } from './codes.js';

/**
 * An error response of `token`.
 *
 * @param about follows the description.
 * @param retryAfter seconds.
 */
export function kauthError(code: KauthErrorCode, about = '', retryAfter?: number): HttpResponse {
  const { status, error, description } = KAUTH_ERRORS[code];
  return jsonResponse(
    status,
    { error, error_description: description + about, error_code: code },
    {
      code,
      headers: {
        // Assumption (www-authenticate): a 401 has this header; its value is not known.
        ...(status === 401 && { 'www-authenticate': `Bearer realm="oauth", error="${error}"` }),
        ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
      },
    },
  );
}

interface KapiErrorDetails {
  /** Replaces the usual text. */
  msg?: string;
  /** Further members of the body. */
  members?: Record<string, JSONValue>;
  /** Seconds. */
  retryAfter?: number | undefined;
}

/** An error response of `tokeninfo`, `userinfo` and `revoke`. */
export function kapiError(
  code: KapiErrorCode,
  { msg, members, retryAfter }: KapiErrorDetails = {},
): HttpResponse {
  const { status, msg: usual } = KAPI_ERRORS[code];
  return jsonResponse(
    status,
    { msg: msg ?? usual, code, ...members },
    { code: String(code), headers: retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` } },
  );
}
