import {
  AD_ERRORS,
  AD_QUOTA_ERRORS,
  type AdErrorCode,
  type AuthorizeErrorCode,
  isAdErrorCode,
  isAuthorizeErrorCode,
  isKapiErrorCode,
  isKauthErrorCode,
  KAPI_ERRORS,
  KAUTH_ERRORS,
  type KapiErrorCode,
  type KauthErrorCode,
} from '../../lib/emulator/errors/codes.js';
import type { KoreanAndEnglish } from '../../lib/index.js';
import type { Language } from './markdown.js';
import { toCode, toTable } from './markdown.js';

const CODE = { ko: '코드', en: 'code' };
const STATUS = { ko: '상태', en: 'status' };
const CAUSE = { ko: '재현 방법', en: 'cause' };

const FAULT_ONLY = { ko: '`failNext`로만', en: '`failNext` only' };
const UNKNOWN_KEY = {
  ko: '`client_id`가 없거나 등록되지 않음',
  en: 'an unknown or missing `client_id`',
};
const OTHER_KEY = { ko: '`client_id`가 `otherKeys`에 있음', en: 'a `client_id` from `otherKeys`' };
const OTHER_ADDRESS = { ko: '`allowedIPs`에 127.0.0.1이 없음', en: '`allowedIPs` without 127.0.0.1' };
const BAD_TOKEN = {
  ko: '토큰이 없거나, 잘못되었거나, 폐기되었거나, 만료됨. 또는 `allowedIPs`에 127.0.0.1이 없음',
  en: 'a missing, unknown, revoked or expired token; or `allowedIPs` without 127.0.0.1',
};

const AUTHORIZE_CODES: Record<AuthorizeErrorCode, KoreanAndEnglish> = {
  KOE003: FAULT_ONLY,
  KOE005: {
    ko: '`testApp: true`이고 사용자가 `members`에 없음',
    en: '`testApp: true`, with a user who is not in `members`',
  },
  KOE008: OTHER_KEY,
  KOE025: { ko: '`businessCenter: false`인 사용자', en: 'a user with `businessCenter: false`' },
  KOE026: { ko: '`mayUseService: false`인 사용자', en: 'a user with `mayUseService: false`' },
  KOE027: {
    ko: '요청에 맞는 광고계정이 없는 사용자',
    en: 'a user without an ad account that fits the request',
  },
  KOE028: {
    ko: '`redirect_uri`가 없거나 `redirectURIs`에 없음',
    en: 'a `redirect_uri` that is missing, or not in `redirectURIs`',
  },
  KOE101: UNKNOWN_KEY,
  KOE123: { ko: '`bizApp: false`', en: '`bizApp: false`' },
  KOE124: {
    ko: '`permissions`에 `kakao_moment`가 없는데 `moment_*` 항목을 요청',
    en: 'a `moment_*` item without `kakao_moment` in `permissions`',
  },
  KOE125: { ko: '`sanctioned: true`', en: '`sanctioned: true`' },
  KOE126: FAULT_ONLY,
  KOE127: {
    ko: '`failNext`로만. 서버가 아니라 브라우저가 보내는 요청입니다',
    en: '`failNext` only: this request comes from a browser, not a server',
  },
  KOE201: { ko: '`response_type`이 `code`가 아님', en: 'a `response_type` other than `code`' },
  KOE232: {
    ko: '`consentItems`에 없는 항목, 또는 공백으로 구분한 항목',
    en: 'an item that is not in `consentItems`, or items separated by spaces',
  },
  KOE233: {
    ko: '지원하지 않거나, 형식이 잘못되었거나, 반복한 파라미터. `scope` 없음. 또는 `moment:*`나 `keyword:*` 없이 요청한 `*_create` 항목',
    en: 'an unsupported, malformed or repeated parameter; no `scope`; or a `*_create` item without `moment:*` or `keyword:*`',
  },
};

/** The codes of Kakao's error page. */
export const listAuthorizeCodes = (language: Language): string =>
  toTable(
    language,
    [CODE, CAUSE],
    Object.keys(AUTHORIZE_CODES)
      .filter(isAuthorizeErrorCode)
      .map(code => [toCode(code), AUTHORIZE_CODES[code]]),
  );

const TOKEN_CODES: Record<KauthErrorCode, KoreanAndEnglish> = {
  KOE003: FAULT_ONLY,
  KOE009: OTHER_KEY,
  KOE010: {
    ko: '`clientSecret`을 설정했는데 시크릿을 보내지 않거나 틀림',
    en: 'a missing or wrong secret, if `clientSecret` is set',
  },
  KOE101: UNKNOWN_KEY,
  KOE114: {
    ko: '다른 앱의 인가 코드, 또는 인가 코드를 받은 뒤 바뀐 `clientID`',
    en: 'a code of another app, or a `clientID` that changed after the code was issued',
  },
  KOE126: FAULT_ONLY,
  KOE127: OTHER_ADDRESS,
  KOE236: {
    ko: '`quota.tokensPerMinute`를 초과함. `Retry-After`도 보냅니다',
    en: '`quota.tokensPerMinute` is exceeded; sends `Retry-After`',
  },
  KOE237: {
    ko: '`quota.tokenRequestsPerMinute`를 초과함. `Retry-After`도 보냅니다',
    en: '`quota.tokenRequestsPerMinute` is exceeded; sends `Retry-After`',
  },
  KOE303: {
    ko: '`redirect_uri`가 인가 요청 때와 다름',
    en: 'a `redirect_uri` that differs from the authorize request',
  },
  KOE310: {
    ko: '`grant_type`이 `authorization_code`가 아니거나 본문이 폼이 아님',
    en: 'a `grant_type` other than `authorization_code`, or a body that is not a form',
  },
  KOE320: {
    ko: '인가 코드가 틀렸거나, 이미 쓰였거나, 10분이 지남',
    en: 'a code that is wrong, already used, or 10 minutes old',
  },
};

/** The codes of the token endpoint. */
export const listTokenCodes = (language: Language): string =>
  toTable(
    language,
    [CODE, STATUS, '`error`', CAUSE],
    Object.keys(TOKEN_CODES)
      .filter(isKauthErrorCode)
      .map(code => [
        toCode(code),
        String(KAUTH_ERRORS[code].status),
        toCode(KAUTH_ERRORS[code].error),
        TOKEN_CODES[code],
      ]),
  );

const API_CODES: Record<KapiErrorCode, KoreanAndEnglish> = {
  [-1]: FAULT_ONLY,
  [-2]: { ko: 'URL에 파라미터가 있음', en: 'a parameter in the URL' },
  [-3]: FAULT_ONLY,
  [-4]: FAULT_ONLY,
  [-5]: {
    ko: '동의한 뒤 `permissions`에서 `kakao_moment`를 제거함. revoke는 성공합니다',
    en: '`kakao_moment` is removed from `permissions` after the consent; not at revoke',
  },
  [-6]: FAULT_ONLY,
  [-7]: FAULT_ONLY,
  [-8]: FAULT_ONLY,
  [-9]: FAULT_ONLY,
  [-10]: {
    ko: '`quota.apiCallsPerMinute`를 초과함. `Retry-After`도 보냅니다',
    en: '`quota.apiCallsPerMinute` is exceeded; sends `Retry-After`',
  },
  [-11]: FAULT_ONLY,
  [-12]: FAULT_ONLY,
  [-401]: BAD_TOKEN,
  [-402]: {
    ko: '`biz_account_email`에 동의하지 않은 사용자의 userinfo',
    en: 'userinfo without consent to `biz_account_email`',
  },
  [-603]: FAULT_ONLY,
  [-903]: FAULT_ONLY,
  [-9798]: FAULT_ONLY,
};

/** The codes of tokeninfo, userinfo and revoke. */
export const listAPICodes = (language: Language): string =>
  listByStatus(
    Object.keys(API_CODES)
      .map(Number)
      .filter(isKapiErrorCode)
      .map(code => [code, KAPI_ERRORS[code].status, API_CODES[code]]),
    language,
  );

const AD_CODES: Record<AdErrorCode, KoreanAndEnglish> = {
  [-1]: FAULT_ONLY,
  [-2]: {
    ko: '광고계정 목록의 `page`, `size`, `config`가 잘못됨',
    en: 'an invalid `page`, `size` or `config` for the list of ad accounts',
  },
  [-3]: FAULT_ONLY,
  [-5]: {
    ko: '`permissions`에 `kakao_moment`가 없는 앱의 카카오모먼트 요청',
    en: 'Kakao Moment without `kakao_moment` in `permissions`',
  },
  [-10]: { ko: '`quota.apiCallsPerMinute`를 초과함', en: '`quota.apiCallsPerMinute` is exceeded' },
  [-12]: FAULT_ONLY,
  [-101]: FAULT_ONLY,
  [-401]: BAD_TOKEN,
  [-402]: {
    ko: '사용자가 동의하지 않은 동의항목이 필요함. `required_scopes`도 보냅니다',
    en: 'a consent item that the user did not agree to; sends `required_scopes`',
  },
  [-813]: {
    ko: '카카오모먼트에서 `adAccountId`가 없거나 사용자에게 권한이 없음. `detailCode`는 9004',
    en: 'Kakao Moment, with an `adAccountId` that is missing or that the user may not use; `detailCode` 9004',
  },
  [-820]: {
    ko: '키워드광고에서 `adAccountId`가 위와 같음',
    en: 'Keyword Ad, with such an `adAccountId`',
  },
};

const AD_QUOTA = {
  ko: "`quota.momentCallsPerMinute`나 `quota.keywordAdCallsPerMinute`를 초과함. 또는 `failNext('moment', { code: -813, status: 429 })`",
  en: "`quota.momentCallsPerMinute` or `quota.keywordAdCallsPerMinute` is exceeded; or `failNext('moment', { code: -813, status: 429 })`",
};

/** The codes of the ad APIs. */
export const listAdCodes = (language: Language): string =>
  listByStatus(
    Object.keys(AD_CODES)
      .map(Number)
      .filter(isAdErrorCode)
      .flatMap((code): Row[] => {
        const { status = 0 } = AD_ERRORS.moment[code] ?? AD_ERRORS.keywordAd[code] ?? {};
        const row: Row = [code, status, AD_CODES[code]];
        return code === -813 ? [row, [code, AD_QUOTA_ERRORS.moment.status, AD_QUOTA]] : [row];
      }),
    language,
  );

type Row = [code: number, status: number, cause: KoreanAndEnglish];

/** Codes with the same status and cause share a row. */
function listByStatus(rows: readonly Row[], language: Language): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row[1]} ${row[2].en}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return toTable(
    language,
    [CODE, STATUS, CAUSE],
    [...groups.values()].flatMap(([first, ...others]) =>
      first ? [[toCode(first[0], ...others.map(([code]) => code)), String(first[1]), first[2]]] : [],
    ),
  );
}
