import type { EmulatedErrorCode } from '../../lib/emulator/errors/codes.js';
import type {
  EmulatedAppOptions,
  EmulatedFault,
  EmulatedQuota,
  EmulatedUser,
  KakaoBusinessEmulatorOptions,
} from '../../lib/emulator/index.js';
import type { KoreanAndEnglish } from '../../lib/index.js';
import type { Language } from './markdown.js';
import { type Cell, toCode, toTable } from './markdown.js';

const OPTIONS: Record<keyof KakaoBusinessEmulatorOptions, [what: KoreanAndEnglish, byDefault: Cell]> = {
  port: [
    { ko: 'TCP 포트', en: 'the TCP port' },
    { ko: '사용 가능한 임의의 포트', en: 'any free port' },
  ],
  host: [
    {
      ko: '요청을 받을 IPv4 주소. `0.0.0.0`이면 다른 컴퓨터에서도 에뮬레이터를 쓸 수 있습니다',
      en: 'the IPv4 address to listen on; with `0.0.0.0` other machines can use the emulator',
    },
    '`127.0.0.1`',
  ],
  https: [
    {
      ko: 'PEM 텍스트인 `{ cert, key }`. https로 응답합니다',
      en: '`{ cert, key }` as PEM text: serves https',
    },
    'http',
  ],
  allowedHosts: [
    {
      ko: '에뮬레이터에 접속할 때 쓰는, [점이 있는 호스트 이름](#https와-호스트-이름)',
      en: '[host names with dots](#https-and-host-names) for the emulator',
    },
    { ko: '없음', en: 'none' },
  ],
  app: [
    { ko: '등록된 [앱](#앱)', en: 'the registered [app](#apps)' },
    { ko: '모든 항목을 요청할 수 있는 앱', en: 'an app that may request everything' },
  ],
  apps: [{ ko: '`app` 대신 여러 앱', en: 'several apps, instead of `app`' }, ''],
  users: [
    { ko: '동의 화면의 [사용자](#사용자)', en: 'the [users](#users) on the consent screen' },
    {
      ko: '이메일과 광고계정이 있거나 없는 사용자 세 명',
      en: 'three users, with and without email and ad accounts',
    },
  ],
  now: [{ ko: '[시계](#시계)(밀리초)', en: 'the [clock](#the-clock), in milliseconds' }, '`Date.now`'],
  tokenIdleTimeout: [
    {
      ko: '쓰지 않은 토큰이 만료될 때까지의 시간(밀리초). 토큰은 최근에 쓴 2,000개만 유지합니다',
      en: 'milliseconds without use until a token expires; only the 2,000 most recent tokens are kept',
    },
    { ko: '180일', en: '180 days' },
  ],
  stubs: [
    {
      ko: '[광고 API](#광고-api)의 응답. `{ method, path, answer }`의 목록',
      en: 'responses of [the ad APIs](#the-ad-apis): a list of `{ method, path, answer }`',
    },
    { ko: '없음', en: 'none' },
  ],
};

/** The options of `startKakaoBusinessEmulator`. */
export const listEmulatorOptions = (language: Language): string =>
  toTable(
    language,
    [{ ko: '옵션', en: 'option' }, '', { ko: '기본값', en: 'default' }],
    Object.entries(OPTIONS).map(([name, cells]) => [toCode(name), ...cells]),
  );

/** Each limit, with the error of a request over it. */
const QUOTAS: Record<keyof EmulatedQuota, EmulatedErrorCode> = {
  tokensPerMinute: 'KOE236',
  tokenRequestsPerMinute: 'KOE237',
  apiCallsPerMinute: -10,
  momentCallsPerMinute: -813,
  keywordAdCallsPerMinute: -813,
};

/** A member, and the errors of requests that do not fit it. */
type Member = [what: KoreanAndEnglish, ...errors: EmulatedErrorCode[]];

const APP: Record<keyof EmulatedAppOptions, Member> = {
  name: [{ ko: '동의 화면에 나오는 이름', en: 'the name on the consent screen' }],
  clientID: [{ ko: 'REST API 키', en: 'the REST API key' }, 'KOE101'],
  clientSecret: [
    {
      ko: '비즈니스 인증 클라이언트 시크릿. `false`이면 기능을 끕니다(실행 중에는 `undefined`)',
      en: 'the Business Authentication client secret; `false` turns it off (`undefined` while the emulator runs)',
    },
    'KOE010',
  ],
  redirectURIs: [
    {
      ko: '비즈니스 인증 리다이렉트 URI. 정확히 일치해야 합니다',
      en: 'the redirect URIs for Business Authentication, which must match exactly',
    },
    'KOE028',
  ],
  consentItems: [
    {
      ko: '설정한 동의항목. 아직 카카오에 없는 항목도 쓸 수 있습니다',
      en: 'the configured consent items; may include items that Kakao does not have yet',
    },
    'KOE232',
  ],
  permissions: [
    {
      ko: '카카오가 승인한 앱 권한: `kakao_moment`. 없으면 빈 목록',
      en: 'the permissions that Kakao granted: `kakao_moment`, or none',
    },
    'KOE124',
    -5,
  ],
  bizApp: [{ ko: '`false`: 비즈 앱이 아님', en: '`false`: not a Biz app' }, 'KOE123'],
  testApp: [
    { ko: '`true`: 멤버만 로그인할 수 있는 테스트 앱', en: '`true`: a test app, for its members only' },
    'KOE005',
  ],
  members: [{ ko: '테스트 앱 멤버의 사용자 ID', en: 'the user IDs of the members of a test app' }, 'KOE005'],
  otherKeys: [
    { ko: 'JavaScript 키처럼 다른 종류의 키', en: 'keys of other kinds, such as the JavaScript key' },
    'KOE008',
    'KOE009',
  ],
  sanctioned: [{ ko: '`true`: 제재된 앱', en: '`true`: Kakao has sanctioned the app' }, 'KOE125'],
  strict: [
    {
      ko: '`false`: 클라이언트 시크릿을 끈 동안 빈 `client_secret`을 허용',
      en: '`false`: accepts an empty `client_secret` while the client secret is off',
    },
    'KOE010',
  ],
  allowedIPs: [
    {
      ko: '호출 허용 IP 주소. 같은 컴퓨터에서 호출하면 127.0.0.1입니다',
      en: 'the allowed IP addresses of servers; 127.0.0.1 on the same machine',
    },
    'KOE127',
    -401,
  ],
  quota: [
    {
      ko: `1분당 한도: ${toCode(...Object.keys(QUOTAS)).replaceAll(' ', ', ')}`,
      en: `limits per minute: ${toCode(...Object.keys(QUOTAS)).replaceAll(' ', ', ')}`,
    },
    ...new Set(Object.values(QUOTAS)),
  ],
};

const USER: Record<keyof EmulatedUser, Member> = {
  id: [
    {
      ko: 'tokeninfo의 사용자 ID. 십진수이며 2^53보다 커도 됩니다',
      en: 'the user ID in tokeninfo: decimal digits, also above 2^53',
    },
  ],
  name: [{ ko: '동의 화면에 나오는 이름', en: 'the name on the consent screen' }],
  email: [
    {
      ko: '카카오계정의 대표 이메일. 이메일이 없는 계정이면 생략하세요',
      en: 'the primary email of the Kakao Account, if it has one',
    },
  ],
  adAccounts: [
    {
      ko: '그룹별 광고계정. 각각 `id`, `name`, `memberType`(`MASTER` 또는 `MEMBER`), `config`(`ON`, `OFF` 또는 `DEL`)',
      en: 'the ad accounts by group, each with `id`, `name`, `memberType` (`MASTER` or `MEMBER`) and `config` (`ON`, `OFF` or `DEL`)',
    },
    'KOE027',
  ],
  businessCenter: [
    {
      ko: '`false`: 카카오비즈니스센터에 가입하지 않은 계정',
      en: '`false`: not registered at Kakao Business Center',
    },
    'KOE025',
  ],
  mayUseService: [
    { ko: '`false`: 서비스를 이용할 수 없는 계정', en: '`false`: the account may not use the service' },
    'KOE026',
  ],
};

const listMembers = (head: Cell, members: Readonly<Record<string, Member>>, language: Language): string =>
  toTable(
    language,
    [head, '', { ko: '오류', en: 'error' }],
    Object.entries(members).map(([name, [what, ...errors]]) => [toCode(name), what, toCode(...errors)]),
  );

/** The settings of an app. */
export const listAppSettings = (language: Language): string =>
  listMembers({ ko: '설정', en: 'setting' }, APP, language);

/** The members of a user. */
export const listUserMembers = (language: Language): string =>
  listMembers({ ko: '멤버', en: 'member' }, USER, language);

const FAULT: Record<keyof EmulatedFault, KoreanAndEnglish> = {
  code: {
    ko: '지정한 카카오 오류 코드로 응답합니다. `authorize`에서는 오류 화면, 다른 엔드포인트에서는 JSON입니다',
    en: 'responds with this code of Kakao: the error page at `authorize`, JSON elsewhere',
  },
  error: {
    ko: '`authorize`에서 이 OAuth 오류를 담아 앱으로 리다이렉트합니다',
    en: 'at `authorize`: redirects to the app with this OAuth error',
  },
  status: {
    ko: 'HTTP 상태 코드. `code`의 상태 코드를 대신합니다. 이것만 지정하면 본문이 비어 있습니다',
    en: 'the HTTP status, instead of that of `code`; alone, the body is empty',
  },
  headers: { ko: '응답 헤더를 추가하거나 바꿉니다', en: 'adds or replaces headers of the response' },
  retryAfter: { ko: '`Retry-After`(초)', en: '`Retry-After`, in seconds' },
  body: {
    ko: '본문. 문자열은 그대로, 나머지는 JSON으로 보냅니다',
    en: 'the body: a string is sent unchanged, anything else as JSON',
  },
  delay: {
    ko: '응답을 늦출 시간(밀리초). 이것만 지정하면 정상 응답을 늦게 보냅니다',
    en: 'milliseconds to wait; alone, the usual response is sent late',
  },
  drop: { ko: '응답 없이 연결을 끊습니다', en: 'closes the connection without a response' },
  hang: { ko: '끝까지 응답하지 않습니다', en: 'never responds' },
};

/** The members of a fault. */
export const listFaultMembers = (language: Language): string =>
  toTable(
    language,
    [{ ko: '멤버', en: 'member' }, ''],
    Object.entries(FAULT).map(([name, what]) => [toCode(name), what]),
  );
