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
  ko: '어느 앱의 것도 아닌 `client_id`, 또는 `client_id` 없음',
  en: 'an unknown or missing `client_id`',
};
const OTHER_KEY = { ko: '`otherKeys`에 있는 `client_id`', en: 'a `client_id` from `otherKeys`' };
const OTHER_ADDRESS = { ko: '`allowedIPs`에 127.0.0.1이 없음', en: '`allowedIPs` without 127.0.0.1' };
const BAD_TOKEN = {
  ko: '없거나, 알 수 없거나, 폐기되었거나, 만료된 토큰. `allowedIPs`에 127.0.0.1이 없음',
  en: 'a missing, unknown, revoked or expired token; `allowedIPs` without 127.0.0.1',
};

const AUTHORIZE_CODES: Record<AuthorizeErrorCode, KoreanAndEnglish> = {
  KOE003: FAULT_ONLY,
  KOE005: {
    ko: '`testApp: true`이고 사용자가 `members`에 없음',
    en: '`testApp: true`, and a user who is not in `members`',
  },
  KOE008: OTHER_KEY,
  KOE025: { ko: '`businessCenter: false`인 사용자', en: 'a user with `businessCenter: false`' },
  KOE026: { ko: '`mayUseService: false`인 사용자', en: 'a user with `mayUseService: false`' },
  KOE027: {
    ko: '요청에 맞는 광고계정이 없는 사용자',
    en: 'a user without an ad account that fits the request',
  },
  KOE028: {
    ko: '`redirectURIs`에 없는 `redirect_uri`, 또는 `redirect_uri` 없음',
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
    en: '`failNext` only, since the request comes from the browser, not from a server',
  },
  KOE201: { ko: '`response_type`이 `code`가 아님', en: 'a `response_type` other than `code`' },
  KOE232: {
    ko: '`consentItems`에 없는 항목, 또는 공백으로 구분한 항목',
    en: 'an item that is not in `consentItems`, or items separated by spaces',
  },
  KOE233: {
    ko: '지원하지 않거나, 형식이 잘못되었거나, 두 번 보낸 파라미터. `scope` 없음. 전체를 뜻하는 `resource_ids` 없이 보낸 `*_create` 항목',
    en: 'an unsupported, malformed or repeated parameter; no `scope`; a `*_create` item without `resource_ids` for all accounts',
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
    ko: '`clientSecret`이 있는데 시크릿이 없거나 틀림',
    en: 'a missing or wrong secret, while `clientSecret` is set',
  },
  KOE101: UNKNOWN_KEY,
  KOE114: {
    ko: '다른 앱이 받은 인가 코드, 또는 그 사이에 바뀐 `clientID`',
    en: 'a code that was issued to another app, or a `clientID` that has changed since',
  },
  KOE126: FAULT_ONLY,
  KOE127: OTHER_ADDRESS,
  KOE236: {
    ko: '`quota.tokensPerMinute`를 다 씀. `Retry-After`와 함께',
    en: '`quota.tokensPerMinute` is used up; with `Retry-After`',
  },
  KOE237: {
    ko: '`quota.tokenRequestsPerMinute`를 다 씀. `Retry-After`와 함께',
    en: '`quota.tokenRequestsPerMinute` is used up; with `Retry-After`',
  },
  KOE303: {
    ko: '`redirect_uri`가 인가 요청 때와 다름',
    en: 'a `redirect_uri` other than that of the authorize request',
  },
  KOE310: {
    ko: '`grant_type`이 `authorization_code`가 아니거나 본문이 폼이 아님',
    en: 'a `grant_type` other than `authorization_code`, or a body that is not a form',
  },
  KOE320: {
    ko: '인가 코드가 틀렸거나, 이미 썼거나, 10분이 지남',
    en: 'a code that is wrong, used, or older than 10 minutes',
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
    ko: '동의한 뒤에 `permissions`에서 `kakao_moment`를 뺌. revoke는 됩니다',
    en: '`kakao_moment` removed from `permissions` after the consent; not at revoke',
  },
  [-6]: FAULT_ONLY,
  [-7]: FAULT_ONLY,
  [-8]: FAULT_ONLY,
  [-9]: FAULT_ONLY,
  [-10]: {
    ko: '`quota.apiCallsPerMinute`를 다 씀. `Retry-After`와 함께',
    en: '`quota.apiCallsPerMinute` is used up; with `Retry-After`',
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
    ko: '광고계정 목록의 잘못된 `page`, `size`, `config`',
    en: 'an invalid `page`, `size` or `config` of the list of ad accounts',
  },
  [-3]: FAULT_ONLY,
  [-5]: {
    ko: '`permissions`에 `kakao_moment`가 없는 앱의 카카오모먼트 요청',
    en: 'Kakao Moment without `kakao_moment` in `permissions`',
  },
  [-10]: { ko: '`quota.apiCallsPerMinute`를 다 씀', en: '`quota.apiCallsPerMinute` is used up' },
  [-12]: FAULT_ONLY,
  [-101]: FAULT_ONLY,
  [-401]: BAD_TOKEN,
  [-402]: { ko: '사용자가 동의하지 않은 동의항목', en: 'a consent item that the user did not agree to' },
  [-813]: {
    ko: '카카오모먼트에서 권한이 없는 광고계정',
    en: 'Kakao Moment, for an ad account that the user has no right to',
  },
  [-820]: {
    ko: '키워드광고에서 권한이 없는 광고계정',
    en: 'Keyword Ad, for an ad account that the user has no right to',
  },
};

const AD_QUOTA = {
  ko: "`quota.momentCallsPerMinute`나 `quota.keywordAdCallsPerMinute`를 다 씀. 또는 `failNext('moment', { code: -813, status: 429 })`",
  en: "`quota.momentCallsPerMinute` or `quota.keywordAdCallsPerMinute` is used up; or `failNext('moment', { code: -813, status: 429 })`",
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
