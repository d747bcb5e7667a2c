/** A request as it is sent. Nothing here uses the library, so that its mistakes are not repeated here. */
export interface KakaoRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: URLSearchParams | string;
}

/** The app that sends the requests, and the servers that receive them. */
export interface App {
  /** The origins of Kakao's servers. */
  kauth: string;
  kapi: string;
  moment: string;
  keywordAd: string;
  /** The REST API key. */
  clientID: string;
  /** The Business Authentication secret; undefined while the Client secret feature is off. */
  clientSecret: string | undefined;
  /** The Kakao Login secret of the same key, if it is known. */
  loginSecret: string | undefined;
  redirectURI: string;
  /** The consent items configured for the app. */
  scope: readonly string[];
}

export const kakao = {
  kauth: 'https://kauth.kakao.com',
  kapi: 'https://kapi.kakao.com',
  moment: 'https://apis.moment.kakao.com',
  keywordAd: 'https://api.keywordad.kakao.com',
} as const;

/** One server in place of all of Kakao's. */
export const allAt = (origin: string): Record<keyof typeof kakao, string> => ({
  kauth: origin,
  kapi: origin,
  moment: origin,
  keywordAd: origin,
});

/** Parameters that replace the valid ones: a list repeats the key, undefined omits it. */
export type Changes = Record<string, string | readonly string[] | undefined>;

/** Get business authorization code. */
export function authorizeRequest(app: App, changes: Changes = {}): KakaoRequest {
  const url = new URL('/oauth/business/authorize', app.kauth);
  const sound = {
    client_id: app.clientID,
    redirect_uri: app.redirectURI,
    response_type: 'code',
    scope: app.scope.join(','),
    resource_ids: allAccounts(app.scope),
  };
  url.search = `${toParameters({ ...sound, ...changes })}`;
  return { method: 'GET', url, headers: {} };
}

/** Get business token. */
export function tokenRequest(app: App, changes: Changes = {}): KakaoRequest {
  const sound = {
    grant_type: 'authorization_code',
    client_id: app.clientID,
    client_secret: app.clientSecret,
    redirect_uri: app.redirectURI,
  };
  const url = new URL('/oauth/business/token', app.kauth);
  return { method: 'POST', url, headers: {}, body: toParameters({ ...sound, ...changes }) };
}

/** Retrieve business token information. */
export const tokenInfoRequest = (app: App, token?: string, query: Changes = {}): KakaoRequest =>
  bearerRequest('GET', '/v1/business/tokeninfo', app, token, query);

/** Retrieve business user information. */
export const userInfoRequest = (app: App, token: string): KakaoRequest =>
  bearerRequest('GET', '/v1/business/userinfo', app, token);

/** Revoke business token. */
export const revokeRequest = (app: App, token: string): KakaoRequest =>
  bearerRequest('POST', '/v1/business/revoke', app, token);

/** An API that a business token gives access to. */
export type AdAPI = 'moment' | 'keywordAd';

const ROOTS = { moment: '/openapi/v4/', keywordAd: '/openapi/v1/' } as const;

/** A request to an ad API that changes nothing. */
export function adRequest(
  api: AdAPI,
  path: string,
  app: App,
  { token, adAccountID, query }: { token: string; adAccountID?: string | undefined; query?: Changes },
): KakaoRequest {
  const { method, url, headers } = bearerRequest('GET', ROOTS[api] + path, app, token, query, app[api]);
  return {
    method,
    url,
    headers: { ...headers, ...(adAccountID !== undefined && { adAccountId: adAccountID }) },
  };
}

/** The kind of ad account that an item gives access to, as spelled in `resource_ids`. */
export const groupOf = (item: string): string | undefined => /^(moment|keyword)_/.exec(item)?.[1];

/** The `resource_ids` that a `*_create` item requires. */
export const allAccounts = (scope: readonly string[]): string[] =>
  scope.filter(item => item.endsWith('_create')).map(item => `${groupOf(item)}:*`);

function bearerRequest(
  method: 'GET' | 'POST',
  path: string,
  app: App,
  token: string | undefined,
  query: Changes = {},
  origin = app.kapi,
): KakaoRequest {
  const url = new URL(path, origin);
  url.search = `${toParameters(query)}`;
  return { method, url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } };
}

function toParameters(values: Changes): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of value === undefined ? [] : [value].flat()) parameters.append(name, each);
  }
  return parameters;
}
