import { parseScope } from './consent-items.js';
import { isJSONObject, type JSONObject, member, optionalString, toList } from './json.js';

/**
 * The response to a token request. Assumption (no-refresh-token): it has neither a refresh token nor a lifetime, which
 * is reported, not documented.
 *
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export interface TokenResponse {
  /** The business token: goes into the `Authorization` header of requests to Kakao's business APIs. */
  readonly access_token: string;
  /** `bearer`. */
  readonly token_type?: string | undefined;
  /** The granted consent items, separated by spaces; see `parseScope`. */
  readonly scope?: string | undefined;
  /** Other members, as Kakao sent them. */
  readonly [member: string]: unknown;
}

/** @returns undefined without a token that fits a header. */
export function readTokenResponse(body: JSONObject): TokenResponse | undefined {
  const accessToken = optionalString(body, 'access_token');
  if (accessToken === undefined || !isBearerToken(accessToken)) return undefined;
  return {
    ...body, // keep what Kakao may add
    access_token: accessToken,
    token_type: optionalString(body, 'token_type'),
    scope: optionalString(body, 'scope'),
  };
}

/** Whether a token fits a header: printable ASCII without spaces, and not longer than servers accept. */
export const isBearerToken = (token: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(token);

/**
 * The response to a user information request. Kakao documents that it has the email of the Kakao Account, but not the
 * member's name: use the profile to read it.
 */
export type UserInfo = JSONObject;

/**
 * The user's consent for one kind of business asset. Assumption (agreement-members): reported names, not documented
 * ones.
 */
export interface BizAgreement {
  /** `MOMENT`, for example. */
  readonly group?: string | undefined;
  /** Consent item IDs. */
  readonly scope: readonly string[];
  /** Ad account IDs, or `*` for all. */
  readonly ad_account_ids: readonly string[];
  readonly [member: string]: unknown;
}

/**
 * The response to a token information request. Assumption (tokeninfo-members): the names are reported, not documented.
 */
export interface TokenInfo {
  /** The ID of the user who owns the token, exact to the last digit; a string, since it may exceed 2^53. */
  readonly token_user_id?: string | undefined;
  /** The user's consents, one for each kind of business asset. */
  readonly biz_agreements: readonly BizAgreement[];
  /** Other members, as Kakao sent them. */
  readonly [member: string]: unknown;
}

export function readTokenInfo(body: JSONObject): TokenInfo {
  return {
    ...body,
    token_user_id: toID(member(body, 'token_user_id')),
    biz_agreements: toList(member(body, 'biz_agreements')).filter(isJSONObject).map(readAgreement),
  };
}

function readAgreement(agreement: JSONObject): BizAgreement {
  const scope = member(agreement, 'scope');
  return {
    ...agreement,
    group: optionalString(agreement, 'group'),
    scope: typeof scope === 'string' ? parseScope(scope) : toList(scope).filter(isText),
    ad_account_ids: toAccountIDs(member(agreement, 'ad_account_ids')),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const toAccountIDs = (value: unknown): string[] =>
  (value === '*' ? ['*'] : toList(value)).map(id => (id === '*' ? '*' : toID(id))).filter(isText);

/**
 * An ID as a string, or undefined. The one thing never to be lenient about: only a positive integer of at most 20 plain
 * digits is one. Anything else may stand for a missing value, which many users would share, or for another user's ID.
 */
export function toID(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  return typeof value === 'string' && /^[1-9]\d{0,19}$/.test(value) ? value : undefined;
}

/** An error response of kauth, kapi or an ad API. */
export interface ErrorResponse {
  error?: string | undefined;
  errorCode?: string | undefined;
  description?: string | undefined;
  detailCode?: string | undefined;
  detailMessage?: string | undefined;
  requiredScopes?: readonly string[] | undefined;
}

/**
 * Reads an error response: kauth's `{ error, error_description, error_code }`, or kapi's `{ msg, code }`, to which the
 * ad APIs add `extras: { detailCode, detailMsg }`.
 */
export function readErrorResponse(body: JSONObject): ErrorResponse {
  const extras = member(body, 'extras');
  const details = isJSONObject(extras) ? extras : {};
  return {
    error: optionalName(member(body, 'error')),
    errorCode: kauthCode(member(body, 'error_code')) ?? kapiCode(member(body, 'code')),
    description: optionalString(body, 'error_description') ?? optionalString(body, 'msg'),
    detailCode: detailCode(member(details, 'detailCode')),
    detailMessage: optionalString(details, 'detailMsg'),
    requiredScopes: readRequiredScopes(body),
  };
}

// A list, or a text as in the scope of a token.
function readRequiredScopes(body: JSONObject): string[] | undefined {
  const scopes = ['required_scopes', 'required_scope']
    .map(name => member(body, name))
    .flatMap(value => (typeof value === 'string' ? parseScope(value) : toList(value)))
    .flatMap(scope => optionalName(scope) ?? []);
  return scopes.length > 0 ? [...new Set(scopes)] : undefined;
}

/**
 * Whether a 2xx response is an error: it has kauth's `error_code`, or a `code` or `error` together with a message.
 * `code` or `error` alone is not enough, since Kakao does not document all members.
 */
export const isErrorDespiteStatus = (body: JSONObject): boolean =>
  kauthCode(member(body, 'error_code')) !== undefined ||
  (kapiCode(member(body, 'code')) !== undefined && optionalString(body, 'msg') !== undefined) ||
  (optionalName(member(body, 'error')) !== undefined &&
    optionalString(body, 'error_description') !== undefined);

/** An OAuth error or a consent item: `invalid_grant`. Without digits, so that no secret can pass for a name. */
export const optionalName = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z_]{1,64}$/.test(value) ? value : undefined;

const kauthCode = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Z]{1,8}\d{1,6}$/.test(value) ? value : undefined;

const detailCode = (value: unknown): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && /^-?\d{1,9}$/.test(String(value))
    ? String(value)
    : undefined;

const kapiCode = (value: unknown): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && /^-\d{1,6}$/.test(String(value))
    ? String(value)
    : undefined;
