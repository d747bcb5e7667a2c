import type { JSONValue } from '../http/json.js';
import { type HttpResponse, jsonResponse } from '../http/response.js';
import type { AdAPI } from '../paths.js';
import {
  AD_ERRORS,
  AD_QUOTA_ERRORS,
  type AdErrorCode,
  KAPI_ERRORS,
  KAUTH_ERRORS,
  type KapiErrorCode,
  type KauthErrorCode,
} from './codes.js';

/** What an error response is about. */
interface ErrorDetails {
  /** Why the request failed, for the request log: a sentence without secrets. */
  reason: string;
  /** Seconds. */
  retryAfter?: number | undefined;
}

interface KauthErrorDetails extends ErrorDetails {
  /** Follows the description. */
  about?: string;
}

/** An error response of `token`. */
export function kauthError(
  code: KauthErrorCode,
  { reason, about = '', retryAfter }: KauthErrorDetails,
): HttpResponse {
  const { status, error, description } = KAUTH_ERRORS[code];
  return jsonResponse(
    status,
    { error, error_description: description + about, error_code: code },
    {
      code,
      reason,
      headers: {
        // Assumption (www-authenticate): a 401 has this header; its value is not known.
        ...(status === 401 && { 'www-authenticate': `Bearer realm="oauth", error="${error}"` }),
        // Assumption (retry-after): it comes with KOE236 and KOE237, and with -10 below.
        ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
      },
    },
  );
}

interface KapiErrorDetails extends ErrorDetails {
  /** Replaces the usual text. */
  msg?: string | undefined;
  /** Further members of the body. */
  members?: Record<string, JSONValue>;
}

/** An error response of `tokeninfo`, `userinfo` and `revoke`. */
export function kapiError(
  code: KapiErrorCode,
  { reason, msg, members, retryAfter }: KapiErrorDetails,
): HttpResponse {
  const { status, msg: usual } = KAPI_ERRORS[code];
  return jsonResponse(
    status,
    { msg: msg ?? usual, code, ...members },
    {
      code: String(code),
      reason,
      headers: retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` },
    },
  );
}

/** An error response of an ad API. */
export function adError(
  api: AdAPI,
  code: AdErrorCode,
  { reason, msg, members }: Omit<KapiErrorDetails, 'retryAfter'>,
): HttpResponse {
  const error = AD_ERRORS[api][code];
  if (!error) throw new TypeError(`${api} has no error ${code}`);
  const { status, msg: usual, extras } = error;
  return jsonResponse(
    status,
    { code, msg: msg ?? usual, extras, ...members },
    { code: String(code), reason },
  );
}

/** The response of an ad API over its quota. It has no `Retry-After`, since none is documented. */
export function adQuotaError(api: AdAPI, reason: string): HttpResponse {
  const { status, msg, extras } = AD_QUOTA_ERRORS[api];
  return jsonResponse(status, { code: -813, msg, extras }, { code: '-813', reason });
}
