/** A request as it goes over the wire. Nothing here comes from the library: what is wrong there must not be wrong here too. */
export interface KakaoRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: URLSearchParams | string;
}

/** The app that asks, and the Kakao that it asks. */
export interface App {
  /** The origins of Kakao's two servers. */
  kauth: string;
  kapi: string;
  /** The REST API key. */
  clientID: string;
  /** The Business Authentication secret; undefined while the Client secret feature is off. */
  clientSecret: string | undefined;
  redirectURI: string;
  /** The consent items that are configured for it. */
  scope: readonly string[];
}

export const kakao = { kauth: 'https://kauth.kakao.com', kapi: 'https://kapi.kakao.com' } as const;

/** Parameters in place of the sound ones: a list repeats the key, undefined leaves it out. */
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

/** The kind of ad account that an item opens, as `resource_ids` spells it. */
export const groupOf = (item: string): string | undefined => /^(moment|keyword)_/.exec(item)?.[1];

/** The `resource_ids` without which a `*_create` item is refused. */
export const allAccounts = (scope: readonly string[]): string[] =>
  scope.filter(item => item.endsWith('_create')).map(item => `${groupOf(item)}:*`);

function bearerRequest(
  method: 'GET' | 'POST',
  path: string,
  app: App,
  token: string | undefined,
  query: Changes = {},
): KakaoRequest {
  const url = new URL(path, app.kapi);
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
