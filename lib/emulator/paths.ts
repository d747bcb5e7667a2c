/** One of the five endpoints of Business Authentication, or one of the two ad APIs. */
export type EmulatedEndpoint = AuthenticationEndpoint | AdAPI;

/** An endpoint of Business Authentication. */
export type AuthenticationEndpoint = 'authorize' | 'token' | 'tokeninfo' | 'userinfo' | 'revoke';

/** Kakao Moment or Keyword Ad. */
export type AdAPI = 'moment' | 'keywordAd';

/** The URLs of a running emulator: spread them into the options of the strategy or the client. */
export interface EmulatorEndpoints {
  /** Get business authorization code: the consent screen. */
  authorizationURL: string;
  /** Get business token. */
  tokenURL: string;
  /** Retrieve business user information. */
  userInfoURL: string;
  /** Retrieve business token information. */
  tokenInfoURL: string;
  /** Revoke business token. */
  revokeURL: string;
  /** Kakao Moment: the origin, to which paths such as `/openapi/v4/campaigns` are added. */
  momentURL: string;
  /** Keyword Ad: the origin, to which paths such as `/openapi/v1/campaigns` are added. */
  keywordAdURL: string;
}

/** The endpoints of Business Authentication, with Kakao's paths. */
export const ENDPOINTS: Readonly<Record<AuthenticationEndpoint, { path: string; method: 'GET' | 'POST' }>> = {
  authorize: { path: '/oauth/business/authorize', method: 'GET' },
  token: { path: '/oauth/business/token', method: 'POST' },
  tokeninfo: { path: '/v1/business/tokeninfo', method: 'GET' },
  userinfo: { path: '/v1/business/userinfo', method: 'GET' },
  revoke: { path: '/v1/business/revoke', method: 'POST' },
};

/** The ad APIs, with the start of Kakao's paths. At Kakao each has its own host; here the paths tell them apart. */
export const AD_APIS: Readonly<Record<AdAPI, { root: string }>> = {
  moment: { root: '/openapi/v4/' },
  keywordAd: { root: '/openapi/v1/' },
};

export const AUTHENTICATION_ENDPOINTS: readonly AuthenticationEndpoint[] =
  Object.keys(ENDPOINTS).filter(isAuthenticationEndpoint);

export const AD_API_NAMES: readonly AdAPI[] = Object.keys(AD_APIS).filter(isAdAPI);

export const ENDPOINT_NAMES: readonly EmulatedEndpoint[] = [...AUTHENTICATION_ENDPOINTS, ...AD_API_NAMES];

/** The endpoint that a path belongs to. */
export function endpointAt(path: string): EmulatedEndpoint | undefined {
  return AUTHENTICATION_ENDPOINTS.find(name => ENDPOINTS[name].path === path) ?? adAPIAt(path);
}

export function adAPIAt(path: string): AdAPI | undefined {
  return AD_API_NAMES.find(name => path.startsWith(AD_APIS[name].root));
}

/** The emulator's own paths. */
export const PANEL_PATH = '/emulator';
export const EVENTS_PATH = '/emulator/events';
export const CONSENT_PATH = '/emulator/consent';
export const APPROVE_PATH = '/emulator/approve';
export const CANCEL_PATH = '/emulator/cancel';
export const REQUESTS_PATH = '/emulator/requests';
export const RESET_PATH = '/emulator/reset';
export const FAULTS_PATH = '/emulator/faults';
export const CLEAR_FAULTS_PATH = '/emulator/faults/clear';
export const STUBS_PATH = '/emulator/stubs';
export const CLEAR_STUBS_PATH = '/emulator/stubs/clear';
export const CLOCK_PATH = '/emulator/clock';
export const APPS_PATH = '/emulator/apps';
export const USERS_PATH = '/emulator/users';
export const HEALTH_PATH = '/emulator/health';

export function toEndpointURLs(origin: string): EmulatorEndpoints {
  return {
    authorizationURL: origin + ENDPOINTS.authorize.path,
    tokenURL: origin + ENDPOINTS.token.path,
    userInfoURL: origin + ENDPOINTS.userinfo.path,
    tokenInfoURL: origin + ENDPOINTS.tokeninfo.path,
    revokeURL: origin + ENDPOINTS.revoke.path,
    momentURL: origin,
    keywordAdURL: origin,
  };
}

export function isEmulatedEndpoint(name: string): name is EmulatedEndpoint {
  return isAuthenticationEndpoint(name) || isAdAPI(name);
}

function isAuthenticationEndpoint(name: string): name is AuthenticationEndpoint {
  return Object.hasOwn(ENDPOINTS, name);
}

export function isAdAPI(name: string): name is AdAPI {
  return Object.hasOwn(AD_APIS, name);
}

/** The origin at which a server can be reached, as URLs spell it: without port 80, or 443 for https. */
export function originAt(scheme: 'http' | 'https', host: string, port: number): string {
  // 0.0.0.0 means all addresses of the machine; it is not an address to connect to.
  return new URL(`${scheme}://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`).origin;
}
