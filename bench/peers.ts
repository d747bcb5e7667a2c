import { Strategy as GitHubStrategy } from 'passport-github2';
import { Strategy as GoogleStrategy } from 'passport-google-oauth20';
import { Strategy as KakaoStrategy } from 'passport-kakao';
import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import { type KakaoBusinessFetch, KakaoBusinessStrategy } from '../lib/index.js';
import * as answers from './answers.js';
import { drivenAsByPassport } from './passport.js';
import type { Contender, Hosts } from './sign-in.js';

// None of them leaves the state out, and all of them ask two hosts, as Kakao has them.
const APP = {
  clientID: 'rest-api-key',
  clientSecret: 'client-secret',
  callbackURL: 'https://app.example.com/callback',
};

type Done = (error: null, user: { id: string }) => void;
const signIn = (_accessToken: string, _refreshToken: unknown, { id }: { id: string }, done: Done): void =>
  done(null, { id: String(id) });

export const kakaoBusiness = (hosts: Hosts): Contender => drivenAsByPassport(kakaoBusinessAt(hosts));

/** Ours without a network: what is left is the work of our own code. */
export const kakaoBusinessAnsweredAtOnce = (hosts: Hosts): Contender =>
  drivenAsByPassport(kakaoBusinessAt(hosts, answerAtOnce));

const answerAtOnce: KakaoBusinessFetch = async (url, { body, headers }) => {
  const { pathname } = new URL(url);
  const user = Number(/(?:code|token)-(\d+)/.exec(body ?? headers['authorization'] ?? '')?.[1]);
  const answer = { ...answers.kauth, ...answers.kapi }[pathname]?.(user).body ?? '';
  return {
    status: 200,
    headers: { get: () => null },
    body: (async function* () {
      yield Buffer.from(answer);
    })(),
  };
};

const kakaoBusinessAt = ({ kauth, kapi }: Hosts, fetch?: KakaoBusinessFetch): KakaoBusinessStrategy =>
  new KakaoBusinessStrategy(
    {
      ...APP,
      fetch,
      authorizationURL: `${kauth}/oauth/business/authorize`,
      tokenURL: `${kauth}/oauth/business/token`,
      tokenInfoURL: `${kapi}/v1/business/tokeninfo`,
      userInfoURL: `${kapi}/v1/business/userinfo`,
      revokeURL: `${kapi}/v1/business/revoke`,
    },
    signIn,
  );

export function kakao({ kauth, kapi }: Hosts): Contender {
  // Its constructor assigns Kakao's own addresses; these stay.
  const addresses = Object.defineProperties(
    {},
    {
      authorizationURL: { get: () => `${kauth}/oauth/authorize`, set: () => {} },
      tokenURL: { get: () => `${kauth}/oauth/token`, set: () => {} },
    },
  );
  const strategy = new KakaoStrategy(Object.assign(addresses, APP, { state: true }), signIn);
  return drivenAsByPassport(Object.assign(strategy, { _userProfileURL: `${kapi}/v2/user/me` }));
}

export const google = ({ kauth, kapi }: Hosts): Contender =>
  drivenAsByPassport(
    new GoogleStrategy(
      {
        ...APP,
        authorizationURL: `${kauth}/google/authorize`,
        tokenURL: `${kauth}/google/token`,
        userProfileURL: `${kapi}/google/userinfo`,
        scope: ['openid', 'email'],
        state: true,
      },
      signIn,
    ),
  );

export const gitHub = ({ kauth, kapi }: Hosts): Contender =>
  drivenAsByPassport(
    new GitHubStrategy(
      {
        ...APP,
        authorizationURL: `${kauth}/github/authorize`,
        tokenURL: `${kauth}/github/token`,
        userProfileURL: `${kapi}/github/user`,
        state: 'true', // by its types a string; whatever is true turns the session's state on
      },
      signIn,
    ),
  );

/** As an app would use it for Kakao Business: the token, then who it belongs to. */
export const oauth2 = ({ kauth, kapi }: Hosts): Contender =>
  drivenAsByPassport(
    new (class extends OAuth2Strategy {
      override userProfile(accessToken: string, done: (error?: unknown, profile?: unknown) => void): void {
        this._oauth2.useAuthorizationHeaderforGET(true);
        this._oauth2.get(`${kapi}/v1/business/tokeninfo`, accessToken, (error, body) =>
          error ? done(error) : done(null, { id: JSON.parse(String(body)).token_user_id }),
        );
      }
    })(
      {
        ...APP,
        authorizationURL: `${kauth}/oauth/business/authorize`,
        tokenURL: `${kauth}/oauth/business/token`,
        scope: 'biz_account_email',
        state: true,
      },
      signIn,
    ),
  );

/** As for a provider without ID tokens, such as Kakao Business: verify asks who the user is. */
export async function openidClient({ kauth, kapi }: Hosts): Promise<Contender> {
  const client = await import('openid-client');
  const { Strategy } = await import('openid-client/passport');
  const config = new client.Configuration(
    {
      issuer: kauth,
      authorization_endpoint: `${kauth}/google/authorize`,
      token_endpoint: `${kauth}/google/token`,
      userinfo_endpoint: `${kapi}/google/userinfo`,
    },
    APP.clientID,
    undefined,
    client.ClientSecretPost(APP.clientSecret),
  );
  return drivenAsByPassport(
    new Strategy({ config, callbackURL: APP.callbackURL, scope: 'email' }, async (tokens, verified) => {
      const { sub } = await client.fetchUserInfo(config, tokens.access_token, client.skipSubjectCheck);
      verified(null, { id: sub });
    }),
  );
}
