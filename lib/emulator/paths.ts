/** One of the five endpoints of Business Authentication. */
export type EmulatedEndpoint = 'authorize' | 'token' | 'tokeninfo' | 'userinfo' | 'revoke';

/** Where a running emulator answers: the URL options of the strategy and of the client, to be spread into them. */
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

/** Kakao's own paths. */
export const endpointPaths: Readonly<Record<EmulatedEndpoint, string>> = {
  authorize: '/oauth/business/authorize',
  token: '/oauth/business/token',
  tokeninfo: '/v1/business/tokeninfo',
  userinfo: '/v1/business/userinfo',
  revoke: '/v1/business/revoke',
};

/** Where to reach a server, as URLs have it: without port 80. */
export function originAt(host: string, port: number): string {
  // 0.0.0.0 is no address to send anybody to: it stands for all of the machine's.
  return new URL(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`).origin;
}

export function emulatorEndpoints(origin: string): EmulatorEndpoints {
  return {
    authorizationURL: origin + endpointPaths.authorize,
    tokenURL: origin + endpointPaths.token,
    userInfoURL: origin + endpointPaths.userinfo,
    tokenInfoURL: origin + endpointPaths.tokeninfo,
    revokeURL: origin + endpointPaths.revoke,
  };
}

export const endpointNames: readonly EmulatedEndpoint[] =
  Object.keys(endpointPaths).filter(isEmulatedEndpoint);

export function endpointAt(path: string): EmulatedEndpoint | undefined {
  return endpointNames.find(name => endpointPaths[name] === path);
}

export function isEmulatedEndpoint(name: string): name is EmulatedEndpoint {
  return Object.hasOwn(endpointPaths, name);
}
