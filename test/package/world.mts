/**
 * What the examples of the README and docs/ assume: an app, users, keys, the profile and token of a signed-in user.
 * Each example gets its own emulator in place of Kakao.
 */
import express from 'express';
import type { KakaoBusinessProfile } from 'passport-kakao-business';
import { KakaoBusinessClient, KakaoBusinessStrategy } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

const kakao = await startKakaoBusinessEmulator();
kakao.stub('GET', '/openapi/v4/campaigns', { content: [{ id: 9223372036854775807n, name: '봄 캠페인' }] });
kakao.stub('PUT', '/openapi/v4/campaigns/onOff');
const reports = [
  {
    status: 429,
    headers: { 'retry-after': '1' },
    body: { code: -813, msg: 'KakaoMomentException', extras: {} },
  },
];
kakao.stub('GET', '/openapi/v4/adAccounts/report', () => reports.shift() ?? { body: { data: [] } });
const client = new KakaoBusinessClient({
  clientID: kakao.app.clientID,
  clientSecret: kakao.app.clientSecret,
  ...kakao.endpoints,
});

export const { endpoints } = kakao;
export const { clientID, clientSecret = '' } = kakao.app;
export const redirectURI = kakao.app.redirectURIs[0] ?? '';
export const state = 'a-state';
export const code = await obtainCode();
export const accessToken = (await client.exchangeCode({ code: await obtainCode(), redirectURI }))
  .access_token;
export const profile = await loadProfile();

export const app = express();
export const users = {
  findOrCreate: async (user: { kakaoBusinessID: string; email: string | undefined }) => ({
    ...user,
    blocked: false,
  }),
  keepToken: async (_user: object, _accessToken: string): Promise<void> => {},
  tokenOf: async (_user: object | undefined): Promise<string | undefined> => accessToken,
  forgetToken: async (_user: object | undefined): Promise<void> => {},
};
export const adAccountID = kakao.users[0]?.adAccounts.moment[0]?.id ?? '';
export const cookieSecret = 'thirty-two characters or even more';
export const toJWT = (_user: object | undefined): string => 'a-token-of-the-app';
export const agencyA = { clientID, clientSecret, callbackURL: redirectURI };
export const agencyB = agencyA;
export const verify = async () => ({ id: 'user' });

/** Closes the emulator: from here on, nothing may keep the process alive. */
export const end = (): Promise<void> => kakao.close();

async function obtainCode(): Promise<string> {
  const scope = ['biz_account_email', 'moment_management'];
  const screen = await fetch(client.authorizationURL({ redirectURI, scope }));
  const form = new URLSearchParams({ decision: 'agree' });
  for (const [input] of (await screen.text()).matchAll(/<input [^>]*>/g)) {
    const [, name = '', value = ''] = / name="([^"]*)".* value="([^"]*)"/.exec(input) ?? [];
    if (/ type="hidden"| checked/.test(input)) form.append(name, value);
  }
  const action = new URL('/emulator/consent', screen.url);
  const response = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

function loadProfile(): Promise<KakaoBusinessProfile> {
  const strategy = new KakaoBusinessStrategy({ ...agencyOptions(), ...kakao.endpoints }, async () => false);
  return new Promise((resolve, reject) =>
    strategy.userProfile(accessToken, (error, loaded) => (loaded ? resolve(loaded) : reject(error))),
  );
}

function agencyOptions() {
  return { clientID, clientSecret, callbackURL: redirectURI };
}
