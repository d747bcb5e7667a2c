/** One of the five endpoints of Business Authentication. */
export type EmulatedEndpoint = 'authorize' | 'token' | 'tokeninfo' | 'userinfo' | 'revoke';

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
}

/** The endpoints, with Kakao's paths. */
export const ENDPOINTS: Readonly<Record<EmulatedEndpoint, { path: string; method: 'GET' | 'POST' }>> = {
  authorize: { path: '/oauth/business/authorize', method: 'GET' },
  token: { path: '/oauth/business/token', method: 'POST' },
  tokeninfo: { path: '/v1/business/tokeninfo', method: 'GET' },
  userinfo: { path: '/v1/business/userinfo', method: 'GET' },
  revoke: { path: '/v1/business/revoke', method: 'POST' },
};

export const ENDPOINT_NAMES: readonly EmulatedEndpoint[] = Object.keys(ENDPOINTS).filter(isEmulatedEndpoint);

/** The emulator's own paths. Each form of the developer panel has its path beside it. */
export const PANEL_PATH = '/emulator';
export const CONSENT_PATH = '/emulator/consent';
export const APPROVE_PATH = '/emulator/approve';
export const CANCEL_PATH = '/emulator/cancel';

export function toEndpointURLs(origin: string): EmulatorEndpoints {
  return {
    authorizationURL: origin + ENDPOINTS.authorize.path,
    tokenURL: origin + ENDPOINTS.token.path,
    userInfoURL: origin + ENDPOINTS.userinfo.path,
    tokenInfoURL: origin + ENDPOINTS.tokeninfo.path,
    revokeURL: origin + ENDPOINTS.revoke.path,
  };
}

export function isEmulatedEndpoint(name: string): name is EmulatedEndpoint {
  return Object.hasOwn(ENDPOINTS, name);
}

/** The origin at which a server can be reached, as URLs spell it: without port 80. */
export function originAt(host: string, port: number): string {
  // 0.0.0.0 means all addresses of the machine; it is not an address to connect to.
  return new URL(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`).origin;
}
