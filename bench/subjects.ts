import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import nodeFetch from 'node-fetch';
import type { StrategyCreatedStatic } from 'passport';
import { Strategy as GoogleStrategy } from 'passport-google-oauth20';
import { Strategy as KakaoStrategy } from 'passport-kakao';
import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import { KakaoBusinessStrategy } from '../lib/index.js';
import type { Hosts } from './provider.js';

/** All of them use a state and two hosts, as with Kakao. */
const strategies = {
  'passport-kakao-business': kakaoBusiness,
  'passport-kakao': kakao,
  'passport-google-oauth20': google,
  'passport-oauth2': oauth2,
  'openid-client/passport': openidClient,
};

/** The bare requests of a login. */
const baselines = {
  'two bare https.request': bareLogin(askByHTTPS, ['tokeninfo']),
  'two bare node-fetch': bareLogin(askByNodeFetch, ['tokeninfo']),
  'three bare node-fetch': bareLogin(askByNodeFetch, ['tokeninfo', 'userinfo']),
};

/** All measured subjects, as Passport strategies. */
export const subjects = { ...strategies, ...baselines };
export type SubjectName = keyof typeof subjects;

export const OURS = 'passport-kakao-business' satisfies SubjectName;
export const BASELINE = 'three bare node-fetch' satisfies SubjectName;
export const subjectNames = Object.keys(subjects) as SubjectName[];
export const strategyNames = Object.keys(strategies) as SubjectName[];
export const peers: readonly SubjectName[] = strategyNames.filter(name => name !== OURS);

const toOptions = ({ kauth }: Hosts) => ({
  clientID: 'rest-api-key',
  clientSecret: 'client-secret',
  callbackURL: 'https://app.example.com/callback',
  authorizationURL: `${kauth}/oauth/authorize`,
  tokenURL: `${kauth}/oauth/token`,
});

const PEER_OPTIONS = { scope: 'email', state: true };

type Done = (error: null, user: { id: string }) => void;
const verify = (_accessToken: string, _refreshToken: unknown, { id }: { id: string }, done: Done): void =>
  done(null, { id: String(id) });

function kakaoBusiness(hosts: Hosts): KakaoBusinessStrategy {
  const tokenInfoURL = `${hosts.kapi}/v1/business/tokeninfo`;
  const userInfoURL = `${hosts.kapi}/v1/business/userinfo`;
  return new KakaoBusinessStrategy({ ...toOptions(hosts), tokenInfoURL, userInfoURL }, verify);
}

function kakao(hosts: Hosts): KakaoStrategy {
  const { authorizationURL: _authorizeUrl, tokenURL: _accessTokenUrl, ...options } = toOptions(hosts);
  const strategy = new KakaoStrategy({ ...options, ...PEER_OPTIONS }, verify);
  // Its constructor sets Kakao's URLs.
  Object.assign(strategy, { _userProfileURL: `${hosts.kapi}/v2/user/me` });
  Object.assign(Reflect.get(strategy, '_oauth2'), { _authorizeUrl, _accessTokenUrl });
  return strategy;
}

function google(hosts: Hosts): GoogleStrategy {
  const userProfileURL = `${hosts.kapi}/openid/userinfo`;
  return new GoogleStrategy({ ...toOptions(hosts), ...PEER_OPTIONS, userProfileURL }, verify);
}

/** As an app would configure it for Kakao Business. */
function oauth2(hosts: Hosts): OAuth2Strategy {
  class ForKakaoBusiness extends OAuth2Strategy {
    override userProfile(accessToken: string, done: (error?: unknown, profile?: unknown) => void): void {
      this._oauth2.useAuthorizationHeaderforGET(true);
      this._oauth2.get(`${hosts.kapi}/v1/business/tokeninfo`, accessToken, (error, body) =>
        error ? done(error) : done(null, { id: JSON.parse(String(body)).token_user_id }),
      );
    }
  }
  return new ForKakaoBusiness({ ...toOptions(hosts), ...PEER_OPTIONS }, verify);
}

/** As for a provider without ID tokens, such as Kakao Business: verify() requests the user information. */
async function openidClient(hosts: Hosts): Promise<object> {
  const client = await import('openid-client');
  const { Strategy } = await import('openid-client/passport');
  const { clientID, clientSecret, callbackURL, authorizationURL, tokenURL } = toOptions(hosts);
  const server = {
    issuer: hosts.kauth,
    authorization_endpoint: authorizationURL,
    token_endpoint: tokenURL,
    userinfo_endpoint: `${hosts.kapi}/openid/userinfo`,
  };
  const config = new client.Configuration(server, clientID, undefined, client.ClientSecretPost(clientSecret));
  return new Strategy({ config, callbackURL, scope: 'email' }, async (tokens, verified) => {
    const { sub } = await client.fetchUserInfo(config, tokens.access_token, client.skipSubjectCheck);
    verified(null, { id: sub });
  });
}

type Ask = (url: string, init: Init) => Promise<string>;
type Init = { method?: string; headers: Record<string, string>; body?: string };

/** Exchanges the code, then sends the other requests at the same time. */
function bareLogin(ask: Ask, others: readonly string[]) {
  const signIn = async (code: string, { kauth, kapi }: Hosts): Promise<string> => {
    const token = JSON.parse(await ask(`${kauth}/oauth/token`, toTokenRequest(code)));
    const headers = { authorization: `Bearer ${token.access_token}` };
    const [user = ''] = await Promise.all(
      others.map(name => ask(`${kapi}/v1/business/${name}`, { headers })),
    );
    return String(JSON.parse(user).token_user_id);
  };
  return (hosts: Hosts) => ({
    authenticate(this: StrategyCreatedStatic, { query: { code } }: { query: { code?: string } }): void {
      if (code === undefined) this.redirect('?state=none');
      else signIn(code, hosts).then(id => this.success({ id }), this.error);
    },
  });
}

function toTokenRequest(code: string): Init {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'rest-api-key',
    client_secret: 'client-secret',
    redirect_uri: 'https://app.example.com/callback',
    code,
  }).toString();
  const type = 'application/x-www-form-urlencoded';
  return { method: 'POST', headers: { 'content-type': type, 'content-length': String(body.length) }, body };
}

const agent = new Agent({ keepAlive: true });

function askByHTTPS(url: string, { body, ...options }: Init): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, ...options }, response => text(response).then(resolve, reject));
    sent.on('error', reject).end(body);
  });
}

async function askByNodeFetch(url: string, init: Init): Promise<string> {
  const response = await nodeFetch(url, { agent, ...init });
  return response.text();
}
