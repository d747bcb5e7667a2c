import {
  type KakaoBusinessEndpoints,
  type KakaoBusinessStrategyOptions,
  type KoreanAndEnglish,
  kakaoBusinessEndpoints,
} from '../../lib/index.js';
import { endpointNames, endpointOptions } from '../../lib/kakao/endpoints.js';
import { clientOptionNames } from '../../lib/kakao/options.js';
import type { Language } from './markdown.js';
import { toCode, toTable } from './markdown.js';

type Option = Exclude<keyof KakaoBusinessStrategyOptions, keyof KakaoBusinessEndpoints>;

/** The options that most apps need. */
const MAIN_OPTIONS = {
  clientID: { ko: '**필수.** 앱의 REST API 키', en: '**required.** The REST API key of the app' },
  clientSecret: {
    ko: '비즈니스 인증 클라이언트 시크릿. 클라이언트 시크릿을 껐다면 생략하세요',
    en: 'the Business Authentication client secret. Leave it out if you turned the client secret off',
  },
  callbackURL: {
    ko: '**필수.** 카카오에 등록한 값과 정확히 일치하는 절대 URL',
    en: '**required.** An absolute URL, exactly as registered at Kakao',
  },
  scope: {
    ko: '[동의항목](README.ko.md#동의항목) ID 하나 또는 목록. 기본값: `biz_account_email`',
    en: 'the ID of a [consent item](README.md#consent-items), or a list. Default: `biz_account_email`',
  },
  resourceIDs: {
    ko: '요청할 광고계정: `moment:1234`, 전체는 `moment:*`. 생략하면 사용자가 동의 화면에서 고릅니다. `moment_create`와 `keyword_create`를 요청할 때는 전체 광고계정을 지정해야 하므로 `moment:*`나 `keyword:*`가 자동으로 추가됩니다',
    en: 'the ad accounts to request: `moment:1234`, or `moment:*` for all. Without it, the user chooses on the consent screen. `moment_create` and `keyword_create` can be requested for all accounts only, so `moment:*` or `keyword:*` is added for them',
  },
  timeout: {
    ko: '카카오에 보내는 요청 하나의 제한 시간(밀리초). 응답 수신과 재시도를 포함합니다. 기본값: 10 000',
    en: 'milliseconds for one request to Kakao, including its response and its retry. Default: 10 000',
  },
  agent: {
    ko: '[프록시](docs/recipes.ko.md#프록시-뒤에서)나 사설 CA를 쓸 때 필요한 node:https 에이전트. 기본값: 연결을 유지하는 에이전트',
    en: 'an agent of node:https, for [a proxy](docs/recipes.md#behind-a-proxy) or a custom CA. Default: an agent that keeps connections open',
  },
  store: {
    ko: '진행 중인 로그인을 보관할 곳. 기본값: 세션. 세션이 없는 앱은 `new SignedCookieStore({ secret })`로 [서명된 쿠키](docs/recipes.ko.md#세션-없이)에 보관합니다',
    en: 'where pending logins are kept. Default: the session. For apps without sessions: `new SignedCookieStore({ secret })`, [a signed cookie](docs/recipes.md#without-sessions)',
  },
} satisfies Partial<Record<Option, KoreanAndEnglish>>;

const OTHER_OPTIONS = {
  fetch: {
    ko: 'node-fetch 대신 쓸 함수: Node.js 내장 `fetch` 또는 [이를 감싼 함수](docs/recipes.ko.md#node-내장-fetch)',
    en: "replaces node-fetch: Node's own `fetch`, or [a function that wraps it](docs/recipes.md#nodes-own-fetch)",
  },
  preconnect: {
    ko: '`false`를 주면 [연결을 미리 열지 않습니다](docs/options.ko.md#preconnect)',
    en: '`false`: [opens no connections early](docs/options.md#preconnect)',
  },
  sessionKey: {
    ko: '진행 중인 로그인을 담는 세션 키. 기본값: `kakao-business`',
    en: 'the key in the session for pending logins. Default: `kakao-business`',
  },
  passReqToCallback: {
    ko: '`true`를 주면 verify가 요청 객체를 [첫 인자](docs/options.ko.md#verify의-인자)로 받습니다',
    en: '`true`: verify gets the request as its [first argument](docs/options.md#the-arguments-of-verify)',
  },
  passParamsToCallback: {
    ko: '`true`를 주면 verify가 프로필 앞에 토큰 응답을 받습니다',
    en: '`true`: verify gets the token response before the profile',
  },
  skipUserProfile: {
    ko: '`true`를 주면 프로필을 불러오지 않고, verify는 프로필 자리에 `undefined`를 받습니다. passport-oauth2처럼 함수를 줄 수도 있습니다. `(accessToken, done)`을 받는 함수나, 불리언 또는 프로미스를 반환하는 함수를 주세요',
    en: '`true`: the profile is not loaded, and verify gets `undefined` in its place. Or a function that decides, as in passport-oauth2: `(accessToken, done)`, or one that returns a boolean or a promise',
  },
} satisfies Record<Exclude<Option, keyof typeof MAIN_OPTIONS>, KoreanAndEnglish>;

const list = (options: Readonly<Record<string, KoreanAndEnglish>>, language: Language): string =>
  toTable(
    language,
    [{ ko: '옵션', en: 'option' }, ''],
    Object.entries(options).map(([name, text]) => [toCode(name), text]),
  );

/** The options that most apps need. */
export const listMainOptions = (language: Language): string => list(MAIN_OPTIONS, language);

/** The other options of the strategy, without Kakao's URLs. */
export const listOtherOptions = (language: Language): string => list(OTHER_OPTIONS, language);

/** The names of the client's options, without Kakao's URLs. */
export const listClientOptions = (language: Language): string => {
  const names = Object.keys({ ...MAIN_OPTIONS, ...OTHER_OPTIONS }).filter(name =>
    clientOptionNames.includes(name),
  );
  const options = names.map(name => toCode(name)).join(', ');
  return {
    ko: `\`KakaoBusinessClient\`의 옵션: ${options}, 그리고 URL.`,
    en: `Options of \`KakaoBusinessClient\`: ${options}, and the URLs.`,
  }[language];
};

const ENDPOINTS: Record<keyof KakaoBusinessEndpoints, KoreanAndEnglish> = {
  authorizationURL: { ko: '동의 화면', en: 'the consent screen' },
  tokenURL: {
    ko: '인가 코드로 비즈니스 토큰 받기',
    en: 'exchanges an authorization code for a business token',
  },
  userInfoURL: { ko: '사용자의 이메일', en: "the user's email" },
  tokenInfoURL: { ko: '사용자의 ID와 동의 내역', en: "the user's ID, and what the user agreed to" },
  revokeURL: { ko: '비즈니스 토큰 폐기', en: 'revokes a business token' },
  momentURL: { ko: '카카오모먼트 API. 경로를 붙입니다', en: 'Kakao Moment; paths are appended' },
  keywordAdURL: { ko: '키워드광고 API. 경로를 붙입니다', en: 'Keyword Ad; paths are appended' },
};

/** The URLs of Kakao: options of the strategy and of the client, each with the name of the endpoint in errors. */
export const listEndpoints = (language: Language): string =>
  toTable(
    language,
    [{ ko: '옵션', en: 'option' }, '', { ko: '기본값', en: 'default' }, '`error.endpoint`'],
    endpointOptions.map(option => [
      toCode(option),
      ENDPOINTS[option],
      toCode(kakaoBusinessEndpoints[option]),
      toCode(endpointNames[option]),
    ]),
  );
