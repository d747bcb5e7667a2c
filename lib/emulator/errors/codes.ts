import type { KoreanAndEnglish } from '../consent-items.js';
import { type AdAPI, type EmulatedEndpoint, isAdAPI } from '../paths.js';

/** An error code of Kakao: KOE… at `authorize` and `token`; at the other endpoints a negative number, or its text. */
export type EmulatedErrorCode =
  | AuthorizeErrorCode
  | KauthErrorCode
  | KapiErrorCode
  | AdErrorCode
  | `${KapiErrorCode | AdErrorCode}`;

/** A code of Kakao's error page, at `authorize`. */
export type AuthorizeErrorCode =
  | 'KOE003'
  | 'KOE005'
  | 'KOE008'
  | 'KOE025'
  | 'KOE026'
  | 'KOE027'
  | 'KOE028'
  | 'KOE101'
  | 'KOE123'
  | 'KOE124'
  | 'KOE125'
  | 'KOE126'
  | 'KOE127'
  | 'KOE201'
  | 'KOE232'
  | 'KOE233';

/** A code of `token`. */
export type KauthErrorCode =
  | 'KOE003'
  | 'KOE009'
  | 'KOE010'
  | 'KOE101'
  | 'KOE114'
  | 'KOE126'
  | 'KOE127'
  | 'KOE236'
  | 'KOE237'
  | 'KOE303'
  | 'KOE310'
  | 'KOE320';

/** A code of `tokeninfo`, `userinfo` and `revoke`. */
export type KapiErrorCode =
  | -1
  | -2
  | -3
  | -4
  | -5
  | -6
  | -7
  | -8
  | -9
  | -10
  | -11
  | -12
  | -401
  | -402
  | -603
  | -903
  | -9798;

/** A code of the ad APIs. -820 is of Keyword Ad only, where -813 means the quota alone. */
export type AdErrorCode = -1 | -2 | -3 | -5 | -10 | -12 | -101 | -401 | -402 | -813 | -820;

interface ErrorPage {
  title: KoreanAndEnglish;
  cause: KoreanAndEnglish;
  remedy: KoreanAndEnglish;
}

interface KauthError {
  status: number;
  error: string;
  description: string;
}

interface KapiError {
  status: number;
  msg: string;
}

interface AdError extends KapiError {
  /** The member `extras` of the body. */
  extras?: Readonly<Record<string, string | number>>;
}

/** What the error page says about each code. */
export const ERROR_PAGES: Readonly<Record<AuthorizeErrorCode, ErrorPage>> = {
  KOE003: {
    title: { ko: '일시적인 오류', en: 'Temporary error' },
    cause: { ko: '카카오 내부에 일시적인 장애가 있습니다.', en: 'Kakao has a temporary failure.' },
    remedy: { ko: '잠시 후 다시 시도하세요.', en: 'Try again in a moment.' },
  },
  KOE005: {
    title: { ko: '테스트 앱의 멤버가 아님', en: 'Not a member of the test app' },
    cause: {
      ko: '이 앱은 테스트 앱이고, 이 카카오계정은 앱 멤버가 아닙니다.',
      en: 'This is a test app, and this Kakao Account is not a member of it.',
    },
    remedy: { ko: '[앱] > [멤버]에서 사용자를 추가하세요.', en: 'Add the user under App > Member.' },
  },
  KOE008: {
    title: { ko: '다른 종류의 앱 키', en: 'Wrong kind of app key' },
    cause: {
      ko: 'client_id가 앱의 키이지만 REST API 키는 아닙니다.',
      en: 'client_id is a key of the app, but not its REST API key.',
    },
    remedy: {
      ko: '[앱] > [플랫폼 키]에서 REST API 키를 찾아 client_id로 보내세요.',
      en: 'Send the REST API key found under App > Platform key.',
    },
  },
  KOE025: {
    title: { ko: '카카오비즈니스센터 미가입', en: 'Not registered at Business Center' },
    cause: {
      ko: '이 카카오계정은 카카오비즈니스센터에 가입되어 있지 않습니다.',
      en: 'This Kakao Account is not registered at Kakao Business Center.',
    },
    remedy: {
      ko: '사용자가 먼저 카카오비즈니스센터에 가입해야 합니다.',
      en: 'The user must register at Kakao Business Center first.',
    },
  },
  KOE026: {
    title: { ko: '서비스를 이용할 수 없는 계정', en: 'Account may not use the service' },
    cause: {
      ko: '이 카카오계정은 현재 서비스를 이용할 수 없습니다.',
      en: 'This Kakao Account may not use the service at present.',
    },
    remedy: {
      ko: '사용자가 카카오계정의 상태를 확인해야 합니다.',
      en: 'The user must check the state of the Kakao Account.',
    },
  },
  KOE027: {
    title: { ko: '비즈니스 자산 없음', en: 'No business asset' },
    cause: {
      ko: '이 카카오계정에는 요청에 맞는 광고계정이 없습니다.',
      en: 'This Kakao Account has no ad account that fits the request.',
    },
    remedy: {
      ko: '사용자가 먼저 광고계정을 만들어야 합니다.',
      en: 'The user must create an ad account first.',
    },
  },
  KOE028: {
    title: { ko: '등록되지 않은 리다이렉트 URI', en: 'Redirect URI not registered' },
    cause: {
      ko: '요청한 주소가 비즈니스 인증 리다이렉트 URI로 등록되어 있지 않습니다.',
      en: 'The redirect URI is not registered for Business Authentication.',
    },
    remedy: {
      ko: '[앱] > [플랫폼 키] > [REST API 키]에서 비즈니스 인증 리다이렉트 URI로 등록하세요. 카카오 로그인의 목록과는 별개입니다.',
      en: 'Register it under App > Platform key > REST API key, for Business Authentication. Kakao Login has a separate list.',
    },
  },
  KOE101: {
    title: { ko: '잘못된 앱 키', en: 'Wrong app key' },
    cause: {
      ko: 'client_id가 앱의 REST API 키와 다릅니다.',
      en: 'client_id is not the REST API key of an app.',
    },
    remedy: {
      ko: '[앱] > [플랫폼 키]의 REST API 키를 client_id로 보내세요.',
      en: 'Send the REST API key found under App > Platform key.',
    },
  },
  KOE123: {
    title: { ko: '비즈 앱이 아님', en: 'Not a Biz app' },
    cause: { ko: '이 앱은 비즈 앱으로 전환되지 않았습니다.', en: 'This app was not converted to a Biz app.' },
    remedy: {
      ko: '[앱] > [일반] > [비즈니스 정보]에서 비즈 앱으로 전환하세요.',
      en: 'Convert it under App > General > Business information.',
    },
  },
  KOE124: {
    title: { ko: '앱 권한 없음', en: 'Missing permission' },
    cause: {
      ko: '요청한 동의항목에 필요한 권한이 앱에 없습니다.',
      en: 'A requested consent item needs a permission that the app does not have.',
    },
    remedy: {
      ko: '[앱] > [추가 기능 신청]에서 카카오모먼트 권한을 신청하고 승인을 받으세요.',
      en: 'Apply for Kakao Moment under App > Request additional feature, and wait for the approval.',
    },
  },
  KOE125: {
    title: { ko: '제재된 앱', en: 'Sanctioned app' },
    cause: {
      ko: '앱이나 앱을 만든 개발자 계정이 카카오의 제재를 받고 있습니다.',
      en: 'Kakao has sanctioned the app or its developer.',
    },
    remedy: { ko: '데브톡(DevTalk)에 문의하세요.', en: 'Ask on DevTalk.' },
  },
  KOE126: {
    title: { ko: '허용되지 않은 설정', en: 'Not allowed by the configuration' },
    cause: {
      ko: '앱 설정이 이 요청을 허용하지 않습니다.',
      en: 'The configuration of the app does not allow this request.',
    },
    remedy: {
      ko: '앱의 호출 허용 IP 주소를 확인하세요.',
      en: 'Check the allowed IP addresses of the app.',
    },
  },
  KOE127: {
    title: { ko: '허용되지 않은 IP 주소', en: 'IP address not allowed' },
    cause: {
      ko: '앱의 호출 허용 IP 주소에 없는 주소에서 요청했습니다.',
      en: 'The request comes from an IP address that the app does not allow.',
    },
    remedy: {
      ko: '이 주소를 추가하거나 목록을 비우세요.',
      en: 'Add the address to the list, or empty the list.',
    },
  },
  KOE201: {
    title: { ko: '지원하지 않는 response_type', en: 'Unsupported response_type' },
    cause: { ko: 'response_type이 code가 아닙니다.', en: 'response_type is not code.' },
    remedy: { ko: 'response_type=code로 요청하세요.', en: 'Send response_type=code.' },
  },
  KOE232: {
    title: { ko: '설정되지 않은 동의항목', en: 'Consent item not configured' },
    cause: {
      ko: 'scope에 앱에서 설정하지 않은 동의항목이 있습니다.',
      en: 'scope has a consent item that is not configured for the app.',
    },
    remedy: {
      ko: '[비즈니스 인증] > [동의항목]에서 설정하세요. 항목 ID는 공백이 아니라 쉼표로 구분합니다.',
      en: 'Configure it under Business Authentication > Consent Items. Separate item IDs by commas, not spaces.',
    },
  },
  KOE233: {
    title: { ko: '잘못된 파라미터', en: 'Invalid parameter' },
    cause: {
      ko: '지원하지 않거나 형식이 잘못된 파라미터가 있거나, 필요한 파라미터가 없습니다.',
      en: 'A parameter is unsupported or malformed, or a required one is missing.',
    },
    remedy: {
      ko: '문서에 있는 파라미터만 보내세요. *_create 항목에는 resource_ids=moment:* 또는 keyword:*가 필요하며, 값마다 키를 반복합니다.',
      en: 'Send documented parameters only. A *_create item needs resource_ids=moment:* or keyword:*; repeat the key for each value.',
    },
  },
};

// Assumption (kauth-rare-errors, grant-type-error, wrong-key-status): every description; the status and the OAuth error
// of KOE003, KOE009, KOE114, KOE126, KOE127 and KOE310; and the 401 of KOE101 and the 429 of KOE236 and KOE237, for
// which 400 is reported too.
/** The responses of `token`. */
export const KAUTH_ERRORS: Readonly<Record<KauthErrorCode, KauthError>> = {
  KOE003: { status: 500, error: 'server_error', description: 'Temporary fault' },
  KOE009: { status: 400, error: 'invalid_client', description: 'Not the REST API key of the app' },
  KOE010: { status: 401, error: 'invalid_client', description: 'Bad client credentials' },
  KOE101: { status: 401, error: 'invalid_client', description: 'Not exist client_id' },
  KOE114: {
    status: 400,
    error: 'invalid_grant',
    description: 'The app key is not that of the authorization request',
  },
  KOE126: { status: 403, error: 'unauthorized_client', description: 'Not allowed by the configuration' },
  KOE127: { status: 403, error: 'unauthorized_client', description: 'IP address not allowed' },
  KOE236: { status: 429, error: 'invalid_request', description: 'Too many tokens' },
  KOE237: { status: 429, error: 'invalid_request', description: 'Too many token requests' },
  KOE303: { status: 400, error: 'invalid_grant', description: 'Redirect URI mismatch' },
  KOE310: { status: 400, error: 'invalid_request', description: 'Unsupported grant_type' },
  KOE320: { status: 400, error: 'invalid_grant', description: 'authorization code not found' },
};

// Assumption (kapi-rare-errors): every text except that of -5; whether -4, -6, -9, -12 and -903 are 403 or 400; and the
// 429 of -10 and -11, for which 400 is reported too.
/** The responses of `tokeninfo`, `userinfo` and `revoke`. */
export const KAPI_ERRORS: Readonly<Record<KapiErrorCode, KapiError>> = {
  [-1]: { status: 400, msg: 'internal error' },
  [-2]: { status: 400, msg: 'invalid argument' },
  [-3]: { status: 403, msg: 'feature not enabled' },
  [-4]: { status: 403, msg: 'blocked' },
  [-5]: { status: 403, msg: 'permission denied' },
  [-6]: { status: 403, msg: 'not allowed' },
  [-7]: { status: 400, msg: 'service unavailable' },
  [-8]: { status: 400, msg: 'invalid header' },
  [-9]: { status: 400, msg: 'API closed' },
  [-10]: { status: 429, msg: 'quota exceeded' },
  [-11]: { status: 429, msg: 'quota exceeded' },
  [-12]: { status: 403, msg: 'not allowed' },
  [-401]: { status: 401, msg: 'this access token does not exist' },
  [-402]: { status: 403, msg: 'insufficient scopes' },
  [-603]: { status: 400, msg: 'timeout' },
  [-903]: { status: 403, msg: 'sanctioned' },
  [-9798]: { status: 503, msg: 'service under maintenance' },
};

// Assumption (ad-rare-errors): the statuses and the text of -10 are known, the other texts are not; and -1 is
// documented for Keyword Ad only.
const AD_ERRORS_OF_BOTH = {
  [-1]: { status: 500, msg: 'internal error' },
  [-2]: { status: 400, msg: 'invalid argument' },
  [-3]: { status: 400, msg: 'feature not enabled' },
  [-5]: { status: 403, msg: 'permission denied' },
  [-10]: { status: 400, msg: 'API limit has been exceeded.', extras: {} },
  [-12]: { status: 403, msg: 'not allowed' },
  [-101]: { status: 400, msg: 'not a user of the app' },
  [-401]: { status: 401, msg: 'this access token does not exist' },
  [-402]: { status: 403, msg: 'insufficient scopes' },
};

/** The reason that was seen with -813. */
const NO_RIGHT = { detailCode: 9004, detailMsg: '권한이 없습니다.' };

// Assumption (ad-quota-response): -813 is documented for both APIs; the members of its extras are not known, and
// neither is its text at Keyword Ad.
/** The responses of the ad APIs over their quota. */
export const AD_QUOTA_ERRORS: Readonly<Record<AdAPI, AdError>> = {
  moment: { status: 429, msg: 'KakaoMomentException', extras: {} },
  keywordAd: { status: 429, msg: 'KakaoKeywordAdException', extras: {} },
};

// Assumption (ad-no-right): 9004 was seen at Kakao Moment; Keyword Ad has the same detail in its own exception.
/** The responses of the ad APIs. */
export const AD_ERRORS: Readonly<Record<AdAPI, Readonly<Partial<Record<AdErrorCode, AdError>>>>> = {
  moment: {
    ...AD_ERRORS_OF_BOTH,
    [-813]: { status: 400, msg: 'KakaoMomentException', extras: NO_RIGHT },
  },
  keywordAd: {
    ...AD_ERRORS_OF_BOTH,
    [-813]: AD_QUOTA_ERRORS.keywordAd,
    [-820]: { status: 400, msg: 'KakaoKeywordAdException', extras: NO_RIGHT },
  },
};

/** The codes of an endpoint. */
export function errorCodesOf(endpoint: EmulatedEndpoint): readonly EmulatedErrorCode[] {
  if (endpoint === 'authorize') return Object.keys(ERROR_PAGES).filter(isAuthorizeErrorCode);
  if (endpoint === 'token') return Object.keys(KAUTH_ERRORS).filter(isKauthErrorCode);
  if (isAdAPI(endpoint)) return Object.keys(AD_ERRORS[endpoint]).map(Number).filter(isAdErrorCode);
  return Object.keys(KAPI_ERRORS).map(Number).filter(isKapiErrorCode);
}

export function isAuthorizeErrorCode(code: unknown): code is AuthorizeErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_PAGES, code);
}

export function isKauthErrorCode(code: unknown): code is KauthErrorCode {
  return typeof code === 'string' && Object.hasOwn(KAUTH_ERRORS, code);
}

export function isAdErrorCode(code: unknown): code is AdErrorCode {
  return typeof code === 'number' && Object.values(AD_ERRORS).some(errors => Object.hasOwn(errors, code));
}

export function isKapiErrorCode(code: unknown): code is KapiErrorCode {
  return typeof code === 'number' && Object.hasOwn(KAPI_ERRORS, code);
}
