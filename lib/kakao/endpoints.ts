/** Where Kakao answers: the five URLs of Kakao Business Authentication. */
export interface KakaoBusinessEndpoints {
  /** The consent screen, opened by the user's browser. */
  authorizationURL: string;
  /** Exchanges an authorization code for a business token. */
  tokenURL: string;
  /** The business user: the email of the Kakao Account. */
  userInfoURL: string;
  /** The business token: who owns it, and what they agreed to. */
  tokenInfoURL: string;
  /** Ends a business token. */
  revokeURL: string;
}

/** A name for each endpoint, as it appears on errors. */
export type KakaoBusinessEndpoint = 'authorize' | 'token' | 'userinfo' | 'tokeninfo' | 'revoke';

/**
 * Kakao's own URLs.
 *
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export const kakaoBusinessEndpoints: Readonly<KakaoBusinessEndpoints> = Object.freeze({
  authorizationURL: 'https://kauth.kakao.com/oauth/business/authorize',
  tokenURL: 'https://kauth.kakao.com/oauth/business/token',
  userInfoURL: 'https://kapi.kakao.com/v1/business/userinfo',
  tokenInfoURL: 'https://kapi.kakao.com/v1/business/tokeninfo',
  revokeURL: 'https://kapi.kakao.com/v1/business/revoke',
});

/** The same, each one possibly left to its default. */
export type KakaoBusinessEndpointOptions = { [Name in keyof KakaoBusinessEndpoints]?: string | undefined };

/**
 * Completes the given URLs with Kakao's own.
 *
 * @throws {TypeError} when one is no https URL (http is accepted on loopback), or carries credentials or a fragment.
 */
export function resolveEndpoints(owner: string, given: KakaoBusinessEndpointOptions): KakaoBusinessEndpoints {
  const resolve = (name: keyof KakaoBusinessEndpoints): string =>
    requireSecureURL(owner, name, given[name] ?? kakaoBusinessEndpoints[name]);
  return {
    authorizationURL: resolve('authorizationURL'),
    tokenURL: resolve('tokenURL'),
    userInfoURL: resolve('userInfoURL'),
    tokenInfoURL: resolve('tokenInfoURL'),
    revokeURL: resolve('revokeURL'),
  };
}

function requireSecureURL(owner: string, name: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !isSecure(url) || url.username || url.password || url.hash) {
    throw new TypeError(
      `${owner}: the ${name} option must be an https URL without credentials or fragment (http is accepted on loopback only)`,
    );
  }
  return url.href;
}

const isSecure = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));

// The WHATWG parser has already turned 127.1 and 0x7f000001 into 127.0.0.1, so the text can be trusted here.
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
