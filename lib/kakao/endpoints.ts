/** The URLs of Kakao Business Authentication, and of the ad APIs that a business token opens. */
export interface KakaoBusinessEndpoints {
  /** The consent screen, opened by the user's browser. */
  authorizationURL: string;
  /** Exchanges an authorization code for a business token. */
  tokenURL: string;
  /** The business user: the email of the Kakao Account. */
  userInfoURL: string;
  /** The business token: its owner, and what the owner agreed to. */
  tokenInfoURL: string;
  /** Revokes a business token. */
  revokeURL: string;
  /** Kakao Moment: the root of its API. */
  momentURL: string;
  /** Keyword Ad: the root of its API. */
  keywordAdURL: string;
}

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
  momentURL: 'https://apis.moment.kakao.com',
  keywordAdURL: 'https://api.keywordad.kakao.com',
});

/** The name of an endpoint, as in `error.endpoint`. */
export type KakaoBusinessEndpoint =
  | 'authorize'
  | 'token'
  | 'userinfo'
  | 'tokeninfo'
  | 'revoke'
  | 'moment'
  | 'keywordAd';

/** The name of the endpoint at each URL. */
export const endpointNames = {
  authorizationURL: 'authorize',
  tokenURL: 'token',
  userInfoURL: 'userinfo',
  tokenInfoURL: 'tokeninfo',
  revokeURL: 'revoke',
  momentURL: 'moment',
  keywordAdURL: 'keywordAd',
} as const satisfies Record<keyof KakaoBusinessEndpoints, KakaoBusinessEndpoint>;

/** URLs that replace Kakao's own. */
export type KakaoBusinessEndpointOptions = { [Option in keyof KakaoBusinessEndpoints]?: string | undefined };

const isOption = (name: string): name is keyof KakaoBusinessEndpoints => name in kakaoBusinessEndpoints;

/** The options that hold these URLs. */
export const endpointOptions = Object.keys(kakaoBusinessEndpoints).filter(isOption);

/**
 * Adds Kakao's own URLs to the given ones.
 *
 * @param owner the class that the message names.
 * @throws {TypeError} when a URL is not https (http is accepted on loopback), or has credentials or a fragment; or when
 *   one that paths are appended to has a query.
 */
export function resolveEndpoints(owner: string, given: KakaoBusinessEndpointOptions): KakaoBusinessEndpoints {
  const endpoints = { ...kakaoBusinessEndpoints };
  for (const option of endpointOptions)
    endpoints[option] = requireSecureURL(owner, option, given[option] ?? endpoints[option]);
  return endpoints;
}

function requireSecureURL(owner: string, name: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !isSecure(url) || url.username || url.password || url.hash) {
    throw new TypeError(
      `${owner}: the ${name} option must be an https URL without credentials or fragment (http is accepted on loopback only)`,
    );
  }
  if (url.search && isRoot(name))
    throw new TypeError(`${owner}: the ${name} option must be a URL without query, since paths are appended`);
  return url.href;
}

const isRoot = (name: string): boolean => name === 'momentURL' || name === 'keywordAdURL';

const isSecure = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));

// The WHATWG parser has already turned 127.1 and 0x7f000001 into 127.0.0.1, so the text can be trusted here.
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
