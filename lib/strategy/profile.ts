import type { Profile } from 'passport';
import type { Answer } from '../kakao/answer.js';
import type { KakaoBusinessClient } from '../kakao/client.js';
import { ignoreCode, responseError } from '../kakao/errors.js';
import { isJSONObject, type JSONObject, member } from '../kakao/json.js';
import { type BizAgreement, readTokenInfo, toID } from '../kakao/messages.js';

/** What a user let the app do with one kind of business asset. */
export interface KakaoBusinessAgreement {
  /** The kind of asset as Kakao names it, such as `MOMENT`; the set is open. */
  group: string;
  /** The consent items agreed to. */
  scopes: string[];
  /** The ad accounts they are agreed for, or `*` for all of them. IDs are strings, exact to the last digit. */
  adAccountIDs: string[];
}

/** A business user, in the shape of Passport's profiles. */
export interface KakaoBusinessProfile extends Profile {
  /** Which strategy the profile is from. */
  provider: 'kakao-business';
  /**
   * The user's ID at Kakao: never empty, exact to the last digit. The key to find your user by. Assumption (user-id): that it
   * is the `token_user_id` of tokeninfo is reported, not documented.
   */
  id: string;
  /** The email, else the ID: Business Authentication tells no name. */
  displayName: string;
  /** The primary email of the Kakao Account, if the user agreed to `biz_account_email`. */
  emails?: [{ value: string }];
  /** What the user agreed to, and for which ad accounts. */
  agreements: KakaoBusinessAgreement[];
  /** Kakao's answers, as they came. `userInfo` is missing when the user did not agree to the email. */
  _raw: { userInfo?: string; tokenInfo: string };
  /** The same, as JSON; integers past 2^53 are strings. */
  _json: { userInfo?: JSONObject; tokenInfo: JSONObject };
}

/**
 * Asks Kakao at once for the token's owner and agreements, and for the email.
 *
 * @throws {KakaoBusinessError} when either answer is missing, or there is no ID to know the user by.
 */
export async function loadProfile(
  client: KakaoBusinessClient,
  accessToken: string,
): Promise<KakaoBusinessProfile> {
  const [tokenInfo, userInfo] = await Promise.all([
    client.ask('tokeninfo', accessToken),
    client.ask('userinfo', accessToken).catch(ignoreCode('-402')), // no consent to the email
  ]);
  return toProfile(tokenInfo, userInfo);
}

function toProfile(tokenInfo: Answer, userInfo: Answer | undefined): KakaoBusinessProfile {
  const id = requireUserID(tokenInfo.body, userInfo?.body ?? {});
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

// A login without an ID would make one account of all its users. So does an ID that is there but no ID: the next best
// one belongs to another numbering, and is taken only where the first is absent.
function requireUserID(tokenInfo: JSONObject, userInfo: JSONObject): string {
  const candidate =
    member(tokenInfo, 'token_user_id') ?? member(userInfo, 'id') ?? member(userInfo, 'user_id');
  const id = toID(candidate);
  if (id === undefined)
    throw responseError({ endpoint: 'tokeninfo', secrets: [] }, 200, 'no ID to know the user by');
  return id;
}

const EMAIL_MEMBERS = ['email', 'biz_account_email', 'account_email'];
const EMAIL_PARENTS = [...EMAIL_MEMBERS, 'kakao_account', 'biz_account', 'user'];

// Assumption (email-place): Kakao documents that userinfo gives the email, and not where. It is the first plausible member
// that holds one, at the top or one level down.
function findEmail(userInfo: JSONObject): string | undefined {
  for (const parent of [userInfo, ...EMAIL_PARENTS.map(name => member(userInfo, name))]) {
    if (!isJSONObject(parent)) continue;
    const email = EMAIL_MEMBERS.map(name => member(parent, name)).find(isEmail);
    if (email !== undefined) return email;
  }
  return undefined;
}

const isEmail = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 320 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(value);

const toAgreement = ({ group, scope, ad_account_ids }: BizAgreement): KakaoBusinessAgreement => ({
  group: group ?? '',
  scopes: [...scope],
  adAccountIDs: [...ad_account_ids],
});
