import { type Case, documented, hasCode, inferred, is, withToken } from './case.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { userInfoRequest } from './requests.js';
import { described, type KakaoResponse } from './response.js';
import { isObject, type JSONObject, shapeOf } from './shape.js';

const emailItem = 'biz_account_email';

/** User information. */
export const userInfoCases: readonly Case[] = [
  {
    title: 'userinfo, with consent to the email',
    step: situation =>
      situation.app.scope.includes(emailItem)
        ? withToken(userInfoRequest)(situation)
        : { skipped: `${emailItem} is not among the items of KAKAO_SCOPE` },
    expectations: [
      documented(
        'returns HTTP 200 and JSON',
        // Without an email the object may be empty.
        is(({ status, text }) => status === 200 && /^\s*\{/.test(text)),
      ),
      inferred('account-without-email', 'is {} without an email', response => {
        if (hasEmail(response)) return notSettled('the account has an email');
        const seen = described(response);
        return response.text.trim() === '{}' ? confirmed(seen) : refuted(seen);
      }),
      inferred('email-member', 'has the email in the member email', response => {
        if (!hasEmail(response)) return notSettled(noEmail(response));
        const seen = shapeOf(response.json);
        return isEmail(response.json['email']) ? confirmed(seen) : refuted(seen);
      }),
      inferred('email-place', 'has the email where the profile looks for it', response => {
        if (!hasEmail(response)) return notSettled(noEmail(response));
        const seen = shapeOf(response.json);
        return places(response.json).some(isEmail) ? confirmed(seen) : refuted(seen);
      }),
    ],
  },
  {
    title: 'userinfo, without consent to the email',
    step: situation =>
      situation.app.scope.includes(emailItem)
        ? { skipped: `${emailItem} is among the items of KAKAO_SCOPE` }
        : withToken(userInfoRequest)(situation),
    expectations: [
      documented('fails with -402', hasCode('-402')),
      documented(
        'fails with HTTP 403',
        is(({ status }) => status === 403),
      ),
    ],
  },
];

const isEmail = (value: unknown): boolean => typeof value === 'string' && value.includes('@');

// An account need not have an email; without one, its place cannot be checked.
const hasEmail = ({ text }: KakaoResponse): boolean => text.includes('@');
const noEmail = ({ json }: KakaoResponse): string => `perhaps the account has no email: ${shapeOf(json)}`;

const members = ['email', 'biz_account_email', 'account_email'];
const parents = [...members, 'kakao_account', 'biz_account', 'user'];

const places = (json: JSONObject): unknown[] =>
  [json, ...parents.map(name => json[name]).filter(isObject)].flatMap(each =>
    members.map(name => each[name]),
  );
