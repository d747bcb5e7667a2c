import nock, { type Body, type ReplyHeaders } from 'nock';
import { ACCESS_TOKEN } from './secrets.js';

/** Mocks of Kakao's servers: each sets the response to the next request of one endpoint. */
const kauth = () => nock('https://kauth.kakao.com');
const kapi = () =>
  nock('https://kapi.kakao.com', { reqheaders: { authorization: `Bearer ${ACCESS_TOKEN}` } });

export const TOKEN_RESPONSE = {
  access_token: ACCESS_TOKEN,
  token_type: 'bearer',
  scope: 'moment_management biz_account_email',
};
export const TOKEN_INFO = {
  token_user_id: 4242,
  biz_agreements: [{ group: 'MOMENT', scope: 'moment_management', ad_account_ids: [11, 12] }],
};
export const USER_INFO = { email: 'owner@example.com' };

export type Form = Record<string, string>;

/** Calls `inspect` with the form of the token request. */
export const kakaoIssuesToken = (body: Body = TOKEN_RESPONSE, inspect: (form: Form) => void = () => {}) =>
  kauth()
    .post('/oauth/business/token', form => {
      inspect(form);
      return true;
    })
    .reply(200, body);

export const kakaoRefusesToken = (body: Body, status = 400, headers: ReplyHeaders = {}) =>
  kauth().post('/oauth/business/token').reply(status, body, headers);

export const kakaoRefusesCode = (body: Body) => kakaoRefusesToken(body);

export const kakaoTellsTokenInfo = (body: Body = TOKEN_INFO, status = 200, headers: ReplyHeaders = {}) =>
  kapi().get('/v1/business/tokeninfo').reply(status, body, headers);

export const kakaoTellsUserInfo = (body: Body = USER_INFO, status = 200, headers: ReplyHeaders = {}) =>
  kapi().get('/v1/business/userinfo').reply(status, body, headers);

export const kakaoAnswersRevoke = (body: Body = '', status = 200) =>
  kapi().post('/v1/business/revoke').reply(status, body);

/** The responses of a successful login. */
export function kakaoSignsIn(): void {
  kakaoIssuesToken();
  kakaoTellsTokenInfo();
  kakaoTellsUserInfo();
}
