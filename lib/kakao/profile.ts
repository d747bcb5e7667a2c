import { toHints } from './error-codes.js';
import { KakaoBusinessResponseError } from './errors.js';
import type { KakaoResponse } from './http/response.js';
import { isJSONObject, type JSONObject, member } from './json.js';
import { redact } from './redact.js';
import { type BizAgreement, readTokenInfo, toID } from './responses.js';

/** The user's consent for one kind of business asset. */
export interface KakaoBusinessAgreement {
  /** The kind of asset, such as `MOMENT`; Kakao may add others. */
  group: string;
  /** The granted consent items. */
  scopes: string[];
  /** The ad accounts they are granted for, or `*` for all. Strings, since IDs may exceed 2^53. */
  adAccountIDs: string[];
}

/** A business user, in the shape of Passport's profiles: a `Profile` of `@types/passport`, without depending on it. */
export interface KakaoBusinessProfile {
  /** The name of the strategy. */
  provider: 'kakao-business';
  /**
   * The user's ID at Kakao: a string, never empty. Use it to find the user. Assumption (user-id): that it is the
   * `token_user_id` of tokeninfo is reported, not documented.
   */
  id: string;
  /** The email, or the ID if there is none: Business Authentication returns no name. */
  displayName: string;
  /** The primary email, if the user agreed to `biz_account_email` and Kakao does not say that it is unverified. */
  emails?: [{ value: string }];
  /** The granted consent items, and their ad accounts. */
  agreements: KakaoBusinessAgreement[];
  /** Kakao's responses. `userInfo` is missing if the user did not agree to the email. */
  _raw: { userInfo?: string; tokenInfo: string };
  /** The same, parsed; integers past 2^53, and integers that are written as `1.0` or `1e3`, are strings. */
  _json: { userInfo?: JSONObject; tokenInfo: JSONObject };
}

/**
 * Makes the profile of a tokeninfo response, and of a userinfo response if there is one.
 *
 * @throws {KakaoBusinessResponseError} when tokeninfo has no user ID.
 */
export function toProfile(
  tokenInfo: KakaoResponse<JSONObject>,
  userInfo: KakaoResponse<JSONObject> | undefined,
  accessToken: string,
): KakaoBusinessProfile {
  const id = toID(member(tokenInfo.body, 'token_user_id'));
  if (id === undefined) throw noID(tokenInfo, userInfo, accessToken);
  const email = findEmail(userInfo?.body ?? {});
  return {
    provider: 'kakao-business',
    id,
    displayName: email ?? id,
    ...(email !== undefined && { emails: [{ value: email }] }),
    agreements: readTokenInfo(tokenInfo.body).biz_agreements.map(toAgreement),
    _raw: { ...(userInfo && { userInfo: userInfo.text }), tokenInfo: tokenInfo.text },
    _json: { ...(userInfo && { userInfo: userInfo.body }), tokenInfo: tokenInfo.body },
  };
}

// There is no fallback: an ID of another kind would give one user two accounts, or two users one.
function noID(
  tokenInfo: KakaoResponse<JSONObject>,
  userInfo: KakaoResponse<JSONObject> | undefined,
  accessToken: string,
): Error {
  const names = ({ body = {} }: Partial<KakaoResponse<JSONObject>> = {}): string =>
    redact(Object.keys(body).filter(isPlainName).slice(0, 20).join(', '), [accessToken]);
  return new KakaoBusinessResponseError({
    message: `Kakao answered the tokeninfo request with no ID to know the user by (HTTP ${tokenInfo.status}); tokeninfo has the members [${names(tokenInfo)}], userinfo [${names(userInfo)}]`,
    endpoint: 'tokeninfo',
    status: 502,
    retryable: false,
    ...toHints({
      ko: 'token_user_id에 정수 ID가 있어야 합니다. 이 패키지를 업데이트하거나, 메시지에 있는 필드 이름을 알려 주세요.',
      en: 'The ID has to be an integer in token_user_id: update this package, or report the members that the message names.',
    }),
    httpStatus: tokenInfo.status,
  });
}

const isPlainName = (name: string): boolean => /^[a-z_]{1,32}$/i.test(name);

const EMAIL_MEMBERS = ['email', 'biz_account_email', 'account_email'];
const EMAIL_PARENTS = [...EMAIL_MEMBERS, 'kakao_account', 'biz_account', 'user'];

// Assumption (email-place): Kakao documents that userinfo has the email, but not where. It is the first plausible
// member, at the top or one level down. An address that is unverified in one place does not count in another.
function findEmail(userInfo: JSONObject): string | undefined {
  const places = [userInfo, ...EMAIL_PARENTS.map(name => member(userInfo, name))].filter(isJSONObject);
  const denied = new Set(places.filter(isDenied).flatMap(emailsIn).map(toLowerCase));
  return places.flatMap(emailsIn).find(email => !denied.has(toLowerCase(email)));
}

const emailsIn = (place: JSONObject): string[] =>
  EMAIL_MEMBERS.map(name => member(place, name)).filter(isEmail);

const isDenied = (place: JSONObject): boolean =>
  ['is_email_valid', 'is_email_verified']
    .map(name => member(place, name))
    .some(flag => flag !== undefined && flag !== true);

const toLowerCase = (text: string): string => text.toLowerCase();

const isEmail = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 320 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(value);

const toAgreement = ({ group, scope, ad_account_ids }: BizAgreement): KakaoBusinessAgreement => ({
  group: group ?? '',
  scopes: [...scope],
  adAccountIDs: [...ad_account_ids],
});
