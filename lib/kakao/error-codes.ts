import type { KoreanAndEnglish } from './consent-items.js';
import type { KakaoBusinessEndpoint } from './endpoints.js';

/** The kind of an error code, which decides `retryable` and `needsConsent`. */
type ErrorKind =
  | 'temporary' // a fault at Kakao: the same request can succeed a moment later
  | 'quota' // too many requests: the same request can succeed later
  | 'consent' // the user has to consent again
  | 'sign-in' // the user has to sign in again
  | 'configuration'; // the app, the account or Kakao's settings have to be changed first

const TEMPORARY: KoreanAndEnglish = {
  ko: '카카오에 일시적인 장애가 있습니다. 잠시 후 다시 시도하세요.',
  en: 'Kakao has a temporary fault: try again in a moment.',
};
const QUOTA: KoreanAndEnglish = {
  ko: '쿼터를 초과했습니다. 나중에 다시 시도하고, 비즈니스 토큰을 새로 발급받지 말고 기존 토큰을 재사용하세요.',
  en: 'The quota is used up: try again later, and reuse business tokens instead of issuing new ones.',
};
const TOO_MANY_REQUESTS: KoreanAndEnglish = {
  ko: '쿼터를 초과했습니다. 요청을 줄이고 나중에 다시 시도하세요.',
  en: 'The quota is used up: try again later, with fewer requests.',
};
const SIGN_IN_AGAIN: KoreanAndEnglish = {
  ko: '인가 코드가 만료되었거나, 이미 사용되었거나, 잘못되었습니다. 사용자가 다시 로그인해야 합니다.',
  en: 'The authorization code expired, was used before, or is wrong: the user has to sign in again.',
};
const WRONG_KEY: KoreanAndEnglish = {
  ko: 'clientID에 앱의 REST API 키(앱 > 플랫폼 키 > REST API 키)를 넣었는지 확인하세요.',
  en: 'Check that clientID is the REST API key of the app (App > Platform key > REST API key).',
};
const WRONG_SECRET: KoreanAndEnglish = {
  ko: 'clientSecret에 REST API 키의 비즈니스 인증 클라이언트 시크릿을 넣으세요(앱 > 플랫폼 키 > REST API 키). 카카오 로그인의 클라이언트 시크릿과는 다른 값입니다.',
  en: 'Set clientSecret to the Business Authentication client secret of the REST API key (App > Platform key > REST API key); it is another value than the Kakao Login client secret.',
};
const BLOCKED: KoreanAndEnglish = {
  ko: '앱이나 계정에 허용되지 않은 요청입니다. 데브톡(devtalk.kakao.com)에 문의하세요.',
  en: 'Kakao does not allow this for the app or the account: ask on DevTalk (devtalk.kakao.com).',
};
const NO_PERMISSION: KoreanAndEnglish = {
  ko: '앱에 필요한 권한이 없습니다. 카카오디벨로퍼스의 추가 기능 신청에서 앱 권한(광고계정은 카카오모먼트)을 신청하고 승인을 기다리세요.',
  en: 'The app has no permission for this: apply for it with Request additional feature (for ad accounts: Kakao Moment) in Kakao Developers, and wait for the approval.',
};
const BAD_REQUEST: KoreanAndEnglish = {
  ko: '카카오가 요청의 파라미터나 헤더를 받아들이지 않았습니다. 이 패키지를 업데이트하거나 오류 코드를 알려 주세요.',
  en: 'Kakao did not accept an argument or a header of the request: update this package, or report the code.',
};
const ALLOWED_IP: KoreanAndEnglish = {
  ko: '앱의 호출 허용 IP 주소에 이 서버의 IP 주소를 추가하거나 목록을 비우세요.',
  en: "Add this server's IP address to the app's list of allowed IP addresses, or empty the list.",
};
const CONSENT_ITEM: KoreanAndEnglish = {
  ko: 'scope에 앱에서 설정하지 않은 동의항목이 있습니다. 비즈니스 인증 > 동의항목에서 설정하고, 필요한 앱 권한을 신청하세요.',
  en: 'A consent item in the scope is not set up for the app: configure it under Business Authentication > Consent Items, and apply for the permission it needs.',
};
const UNKNOWN: KoreanAndEnglish = {
  ko: '카카오 문서(비즈니스 인증 > 문제 해결)에서 오류 코드를 찾아보세요.',
  en: "Look the code up in Kakao's documentation (Business Authentication > Troubleshooting).",
};

const consentHint = ({ ko, en }: KoreanAndEnglish): KoreanAndEnglish => ({
  ko: `사용자가 ${ko}에 동의하지 않았습니다. 이 항목을 scope에 넣어 다시 동의를 요청하세요.`,
  en: `The user has not agreed to ${en}: ask again with a scope that includes this.`,
});

const refusalHint = ({ ko, en }: KoreanAndEnglish): KoreanAndEnglish => ({
  ko: `${ko} API가 요청을 거부했습니다. 이유는 error.detailCode와 error.detailMessage에 있습니다.`,
  en: `${en} refused the request: error.detailCode and error.detailMessage say why.`,
});

/**
 * The hint for each error code: kauth's (KOE…), kapi's (negative numbers), and the names of RFC 6749 for a response
 * that has neither.
 */
export const hints: Record<ErrorKind, Record<string, KoreanAndEnglish>> = {
  temporary: {
    KOE003: TEMPORARY,
    '-1': TEMPORARY,
    '-7': TEMPORARY,
    '-603': TEMPORARY,
    '-9798': TEMPORARY,
    server_error: TEMPORARY,
    temporarily_unavailable: TEMPORARY,
  },
  quota: {
    KOE236: QUOTA,
    KOE237: QUOTA,
    '-10': TOO_MANY_REQUESTS,
    '-11': TOO_MANY_REQUESTS,
  },
  consent: {
    '-401': {
      ko: '비즈니스 토큰이 유효하지 않거나, 만료되었거나, 폐기되었습니다. 사용자에게 다시 동의를 요청하세요. 모든 토큰이 실패하면 앱의 호출 허용 IP 주소를 확인하세요.',
      en: 'The business token is invalid, expired or revoked: ask the user to agree again. If every token fails, check the list of allowed IP addresses of the app.',
    },
    '-402': consentHint({ ko: '필요한 동의항목', en: 'a consent item that this needs' }),
  },
  'sign-in': {
    KOE320: SIGN_IN_AGAIN,
    '-101': {
      ko: '앱과 연결되어 있지 않은 사용자입니다. 카카오 비즈니스로 다시 로그인하도록 안내하세요.',
      en: 'The user is not connected to the app: ask the user to sign in with Kakao Business again.',
    },
    invalid_grant: SIGN_IN_AGAIN,
  },
  configuration: {
    KOE005: {
      ko: '테스트 앱의 멤버가 아닌 사용자입니다. 앱 > 멤버에서 사용자를 추가하세요.',
      en: 'The app is a test app and this user is not a member: add the user under App > Member.',
    },
    KOE008: {
      ko: 'clientID가 REST API 키가 아닙니다. 앱 > 플랫폼 키 > REST API 키의 값을 쓰세요.',
      en: 'clientID is another kind of key: use the REST API key (App > Platform key > REST API key).',
    },
    KOE009: WRONG_KEY,
    KOE010: WRONG_SECRET,
    KOE025: {
      ko: '카카오비즈니스센터에 가입하지 않은 카카오계정입니다. 사용자가 먼저 가입해야 합니다.',
      en: 'The Kakao Account is not registered at Kakao Business Center: the user has to register there first.',
    },
    KOE026: {
      ko: '이 서비스를 이용할 수 없는 카카오계정입니다. 사용자가 카카오에서 계정 상태를 확인해야 합니다.',
      en: 'The Kakao Account may not use this service: the user has to check the state of the account with Kakao.',
    },
    KOE027: {
      ko: '카카오계정에 광고계정 같은 비즈니스 자산이 없습니다. 사용자가 먼저 만들어야 합니다.',
      en: 'The Kakao Account owns no business asset such as an ad account: the user has to create one first.',
    },
    KOE028: {
      ko: 'callbackURL을 비즈니스 인증 리다이렉트 URI로 등록하세요(앱 > 플랫폼 키 > REST API 키 > 리다이렉트 URI). 카카오 로그인의 목록과는 별개입니다.',
      en: 'Register the callbackURL as a redirect URI for Business Authentication (App > Platform key > REST API key > Redirect URI); Kakao Login has a list of its own.',
    },
    KOE101: WRONG_KEY,
    KOE114: {
      ko: '로그인의 두 단계 사이에 키가 바뀌었습니다. 두 단계에서 같은 clientID를 쓰세요.',
      en: 'The key changed between the two steps of the sign-in: use the same clientID in both.',
    },
    KOE123: {
      ko: '비즈 앱이 아닙니다. 앱 > 일반 > 비즈니스 정보에서 비즈 앱으로 전환하세요.',
      en: 'The app is not a Biz app: convert it under App > General > Business information.',
    },
    KOE124: NO_PERMISSION,
    KOE125: BLOCKED,
    KOE126: ALLOWED_IP,
    KOE127: ALLOWED_IP,
    KOE201: {
      ko: '카카오가 response_type을 받아들이지 않았습니다. 이 패키지가 만든 URL을 바꾸지 말고 사용자를 그대로 보내세요.',
      en: 'Kakao did not accept the response_type: send users to the URL that this package builds, unchanged.',
    },
    KOE232: CONSENT_ITEM,
    KOE233: {
      ko: '카카오가 파라미터를 받아들이지 않았습니다. 파라미터를 추가하지 말고, scope에 *_create 항목이 있으면 전체 광고계정(resource_ids)을 요청하세요.',
      en: 'Kakao did not accept a parameter: send none of your own, and ask for all accounts (resource_ids) where a *_create item is in the scope.',
    },
    KOE303: {
      ko: '토큰을 요청할 때의 리다이렉트 URI가 로그인을 시작할 때와 다릅니다. 두 단계에서 같은 callbackURL을 쓰세요.',
      en: 'The redirect URI of the token request differs from that of the sign-in: use one callbackURL for both.',
    },
    KOE310: BAD_REQUEST,
    '-2': BAD_REQUEST,
    '-3': {
      ko: '앱에서 켜지 않은 기능입니다. 카카오디벨로퍼스에서 켜세요.',
      en: 'The feature is not enabled for the app: turn it on in Kakao Developers.',
    },
    '-4': BLOCKED,
    '-5': NO_PERMISSION,
    '-6': BLOCKED,
    '-8': BAD_REQUEST,
    '-9': {
      ko: '카카오가 종료한 API입니다. 이 패키지를 업데이트하거나 오류 코드를 알려 주세요.',
      en: 'Kakao closed this API: update this package, or report the code.',
    },
    '-12': BLOCKED,
    '-813': refusalHint({ ko: '카카오모먼트', en: 'Kakao Moment' }),
    '-820': refusalHint({ ko: '키워드광고', en: 'Keyword Ad' }),
    '-903': BLOCKED,
    invalid_client: WRONG_SECRET,
    invalid_scope: CONSENT_ITEM,
  },
};

type Entry = readonly [kind: ErrorKind, hints: KoreanAndEnglish];

const entries: ReadonlyMap<string | undefined, Entry> = new Map(
  (['temporary', 'quota', 'consent', 'sign-in', 'configuration'] as const).flatMap(kind =>
    Object.entries(hints[kind]).map(([code, texts]): [string, Entry] => [code, [kind, texts]]),
  ),
);

// Errors of RFC 6749 without a hint.
const OAUTH_ERRORS = [
  'access_denied',
  'invalid_request',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
];

/**
 * Whether a name is an error code of Kakao or an OAuth error, and so no secret, even if a visitor sends it as `code`.
 */
export const isKnownCode = (name: string): boolean => entries.has(name) || OAUTH_ERRORS.includes(name);

/** The parts of an error response that decide what it means. */
export interface ErrorCodes {
  endpoint?: KakaoBusinessEndpoint | undefined;
  httpStatus?: number | undefined;
  error?: string | undefined;
  errorCode?: string | undefined;
  detailCode?: string | undefined;
  description?: string | undefined;
  requiredScopes?: readonly string[] | undefined;
}

/** Describes an error by Kakao's code, else by the OAuth error, else by the HTTP status. */
export function describeError(codes: ErrorCodes) {
  const [kind, texts] = find(codes);
  return {
    ...toHints(texts),
    retryable: isTemporary(codes) || kind === 'quota',
    needsConsent: kind === 'consent',
  };
}

/** The members of an error that hold its hint. */
export const toHints = (hints: KoreanAndEnglish) => ({ hint: hints.en, hints });

/** Whether the fault is at Kakao, and may be gone a moment later. */
export const isTemporary = (codes: ErrorCodes): boolean =>
  find(codes)[0] === 'temporary' || isTemporaryStatus(codes.httpStatus);

const isTemporaryStatus = (httpStatus = 0): boolean => httpStatus === 408 || httpStatus >= 500;

const find = (codes: ErrorCodes): Entry =>
  findSpecial(codes) ??
  entries.get(codes.errorCode) ??
  entries.get(codes.error) ??
  byStatus(codes.httpStatus);

/** The codes whose meaning, or remedy, another part of the response decides. */
function findSpecial({
  endpoint,
  httpStatus,
  errorCode = '',
  detailCode,
  description = '',
  requiredScopes = [],
}: ErrorCodes): Entry | undefined {
  // The one case where the text decides: -401 also stands for an expired token.
  if (errorCode === '-401' && /ip mismatch/i.test(description)) return ['configuration', ALLOWED_IP];
  if (errorCode === '-402' && requiredScopes.length > 0)
    return ['consent', consentHint({ ko: requiredScopes.join(', '), en: requiredScopes.join(' and ') })];
  if (errorCode === '-813' || errorCode === '-820') {
    if (httpStatus === 429) return ['quota', TOO_MANY_REQUESTS];
    if (detailCode === '9004') return ['configuration', NOT_THEIR_ACCOUNT];
  }
  const texts = isAdAPI(endpoint) ? AD_HINTS[endpoint][errorCode] : undefined;
  return texts && ['configuration', texts];
}

const NOT_THEIR_ACCOUNT: KoreanAndEnglish = {
  ko: 'adAccountID를 확인하세요. 거의 모든 요청에 필요합니다. 값이 맞다면 사용자에게 이 광고계정의 권한이 없거나(목록에는 나올 수 있습니다), 사용자가 이 광고계정에 동의하지 않은 것입니다. 이 광고계정에 대한 동의를 받거나, 광고계정의 MASTER에게 사용자를 초대해 달라고 요청하세요.',
  en: 'Check adAccountID, which nearly every request needs. If it is right, the user has no right to this ad account, though it may be listed, or did not agree to it: ask for consent to it, or have its MASTER invite the user.',
};
const BAD_AD_REQUEST: KoreanAndEnglish = {
  ko: '카카오가 파라미터를 받아들이지 않았습니다. 경로, adAccountID, query, json을 카카오의 해당 API 문서와 비교하세요.',
  en: "Kakao did not accept a parameter: compare path, adAccountID, query and json with Kakao's page on this request.",
};

/** The hints for codes that mean something else at the ad APIs. */
const AD_HINTS: Readonly<Record<'moment' | 'keywordAd', Readonly<Record<string, KoreanAndEnglish>>>> = {
  moment: {
    '-2': BAD_AD_REQUEST,
    '-5': {
      ko: '앱에 카카오모먼트 권한이 없습니다. 카카오디벨로퍼스의 추가 기능 신청에서 신청하고 승인을 기다리세요.',
      en: 'The app has no permission for Kakao Moment: apply for it with Request additional feature in Kakao Developers, and wait for the approval.',
    },
    '-8': BAD_AD_REQUEST,
  },
  keywordAd: {
    '-2': BAD_AD_REQUEST,
    '-5': {
      ko: '앱에 키워드광고 권한이 없습니다. 비즈니스 인증을 쓰는 비즈 앱이어야 하고, 다른 권한은 필요하지 않습니다.',
      en: 'The app has no permission for Keyword Ad: it has to be a Biz app with Business Authentication, and needs no further permission.',
    },
    '-8': BAD_AD_REQUEST,
  },
};

const isAdAPI = (endpoint: KakaoBusinessEndpoint | undefined): endpoint is keyof typeof AD_HINTS =>
  endpoint === 'moment' || endpoint === 'keywordAd';

function byStatus(httpStatus = 0): Entry {
  if (httpStatus === 429) return ['quota', TOO_MANY_REQUESTS];
  return isTemporaryStatus(httpStatus) ? ['temporary', TEMPORARY] : ['configuration', UNKNOWN];
}
