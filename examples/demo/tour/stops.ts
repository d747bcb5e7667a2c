import type { KoreanAndEnglish } from 'passport-kakao-business';
import type { EmulatedEndpoint, EmulatedFault } from 'passport-kakao-business/emulator';
import { say } from '../language.js';
import type { User } from '../users.js';
import type { Trip } from './trip.js';

/** A problem to look at: a row of the table of outcomes, or one of its cases. */
export interface Stop {
  id: string;
  /** The name of the problem. */
  name: KoreanAndEnglish;
  /** How the tour causes it. */
  how: KoreanAndEnglish;
  /** The call that Passport receives, or what the client throws. */
  outcome: string;
  /** Whether the problem requires a signed-in user. */
  needsUser?: boolean;
  /** Whether it requires a user who has connected Kakao Business. */
  needsConnection?: boolean;
  /** Prepares the problem. @returns the URL at which it happens. */
  arrange(trip: Trip): URL | Promise<URL>;
}

/** Failed logins: by users, by strangers, and by the app. */
export const refusals: readonly Stop[] = [
  {
    id: 'access_denied',
    name: say('사용자가 동의하지 않음', 'The user declines'),
    how: say('동의 화면에서 취소합니다.', 'Cancels on the consent screen.'),
    outcome: "fail({ code: 'access_denied' }, 401)",
    arrange: async trip => trip.scene.emulator.cancel(await trip.start()),
  },
  {
    id: 'missing',
    name: say('state가 없음', 'No state'),
    how: say('state 없이 인가 코드만 가지고 돌아옵니다.', 'Comes back with a code and no state.'),
    outcome: "fail({ code: 'invalid_state', reason: 'missing' }, 403)",
    arrange: trip => trip.returnWith({ code: 'a-code-of-the-tour' }),
  },
  {
    id: 'no_pending_login',
    name: say('진행 중인 로그인이 없음', 'No pending login'),
    how: say(
      '시작한 로그인을 세션에서 지웁니다. 브라우저가 쿠키를 보내지 않았을 때와 같습니다. 카카오 비즈니스를 연결한 사용자에게는 프로필이 나옵니다.',
      'Removes the login from the session, as if the browser had not sent its cookie. Connected users get to their profile.',
    ),
    outcome: "fail({ code: 'invalid_state', reason: 'no_pending_login' }, 403)",
    arrange: async trip => {
      const callback = await trip.agree();
      await trip.changePendingLogins(() => undefined);
      return callback;
    },
  },
  {
    id: 'unknown',
    name: say('state가 위조됨', 'A forged state'),
    how: say(
      '이 브라우저가 시작하지 않은 state로 돌아옵니다. 카카오 비즈니스를 연결한 사용자에게는 프로필이 나옵니다.',
      'Comes back with a state that this browser did not start with. Connected users get to their profile.',
    ),
    outcome: "fail({ code: 'invalid_state', reason: 'unknown' }, 403)",
    arrange: async trip => {
      const callback = await trip.agree();
      callback.searchParams.set('state', 'forged');
      return callback;
    },
  },
  {
    id: 'expired',
    name: say('동의 화면에서 10분이 지남', 'More than ten minutes on the consent screen'),
    how: say(
      '로그인을 11분 전에 시작한 것으로 바꿉니다.',
      'Sets the start of the login to eleven minutes ago.',
    ),
    outcome: "fail({ code: 'invalid_state', reason: 'expired' }, 403)",
    arrange: async trip => {
      const callback = await trip.agree();
      await trip.changePendingLogins(elevenMinutesOlder);
      return callback;
    },
  },
  {
    id: 'invalid_grant',
    name: say('이미 사용한 인가 코드 (뒤로 가기)', 'A code that was used (the back button)'),
    how: say(
      '인가 코드로 토큰을 받은 뒤 같은 코드로 다시 돌아옵니다.',
      'Exchanges the code for a token, then comes back with it.',
    ),
    outcome: "fail({ code: 'invalid_grant' }, 401)",
    arrange: async trip => {
      const callback = await trip.agree();
      const code = callback.searchParams.get('code') ?? '';
      await trip.scene.kakao.exchangeCode({ code, redirectURI: trip.redirectURI });
      return callback;
    },
  },
  {
    id: 'invalid_request',
    name: say('형식이 깨진 응답', 'A malformed response'),
    how: say('인가 코드를 두 개 가지고 돌아옵니다.', 'Comes back with two codes.'),
    outcome: "fail({ code: 'invalid_request' }, 400)",
    arrange: async trip => {
      const callback = await trip.agree();
      callback.searchParams.append('code', 'a-code-of-the-tour');
      return callback;
    },
  },
  {
    id: 'account_in_use',
    name: say('verify가 거부함', 'verify rejects the user'),
    how: say(
      '연결하려는 카카오 비즈니스 계정을 다른 사용자가 이미 연결한 상황을 만듭니다.',
      'Treats the Kakao Business account as one that another user has connected.',
    ),
    outcome: 'fail(info)',
    needsUser: true,
    arrange: trip => trip.meet('account-in-use'),
  },
];

/** Failures of Kakao. */
export const failures: readonly Stop[] = [
  {
    id: 'error-redirect',
    name: say('카카오가 오류와 함께 리다이렉트함', 'Kakao redirects with an error'),
    how: say('error=server_error로 돌아옵니다.', 'Comes back with error=server_error.'),
    outcome: 'error(KakaoBusinessApiError)',
    arrange: trip => trip.callbackWith({ error: 'server_error' }),
  },
  {
    id: 'wrong-secret',
    name: say('설정이 잘못됨 (KOE010)', 'A wrong setting (KOE010)'),
    how: say('카카오가 클라이언트 시크릿을 거부합니다.', 'Kakao refuses the client secret.'),
    outcome: 'error(KakaoBusinessApiError)',
    arrange: kakaoAnswers('token', { code: 'KOE010' }),
  },
  {
    id: 'no-permission',
    name: say('권한이 없음 (-5)', 'No permission (-5)'),
    how: say('카카오가 앱에 권한이 없다고 응답합니다.', 'Kakao says that the app has no permission.'),
    outcome: 'error(KakaoBusinessApiError)',
    arrange: kakaoAnswers('tokeninfo', { code: -5 }),
  },
  {
    id: 'lapsed-token',
    name: say('토큰이 더는 유효하지 않음 (-401)', 'A token that is no longer valid (-401)'),
    how: say('카카오가 토큰을 거부합니다.', 'Kakao does not accept the token.'),
    outcome: 'error(KakaoBusinessApiError)',
    arrange: kakaoAnswers('tokeninfo', { code: -401 }),
  },
  {
    id: 'quota',
    name: say('요청이 너무 많음 (KOE237)', 'Too many requests (KOE237)'),
    how: say('카카오가 30초 뒤에 다시 요청하라고 응답합니다.', 'Kakao asks to wait for 30 seconds.'),
    outcome: 'error(KakaoBusinessApiError)',
    arrange: kakaoAnswers('token', { code: 'KOE237', retryAfter: 30 }),
  },
  {
    id: 'maintenance',
    name: say('카카오 점검 중 (-9798)', 'Kakao under maintenance (-9798)'),
    how: say('카카오가 재시도에도 503으로 응답합니다.', 'Kakao answers 503, to the second attempt too.'),
    outcome: 'error(KakaoBusinessApiError)',
    arrange: kakaoAnswers('tokeninfo', { code: -9798 }),
  },
  {
    id: 'unreadable',
    name: say('읽을 수 없는 응답', 'An unreadable response'),
    how: say('카카오 앞의 프록시가 HTML로 응답합니다.', 'A proxy in front of Kakao answers with HTML.'),
    outcome: 'error(KakaoBusinessResponseError)',
    arrange: kakaoAnswers('token', {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<p>Welcome</p>',
    }),
  },
  {
    id: 'no-id',
    name: say('사용자 ID가 없는 응답', 'A response without the user ID'),
    how: say('응답에 사용자가 누구인지 나와 있지 않습니다.', 'The response does not say who the user is.'),
    outcome: 'error(KakaoBusinessResponseError)',
    arrange: kakaoAnswers('tokeninfo', { body: { biz_agreements: [] } }),
  },
  {
    id: 'timeout',
    name: say('카카오가 응답하지 않음', 'Kakao does not answer'),
    how: say('제한 시간인 10초가 지나야 화면이 나옵니다.', 'Takes ten seconds, until the timeout.'),
    outcome: 'error(KakaoBusinessNetworkError)',
    arrange: kakaoAnswers('token', { hang: true }),
  },
  {
    id: 'unreachable',
    name: say('연결이 끊어짐', 'The connection breaks'),
    how: say(
      '카카오가 재시도에도 응답하지 않고 연결을 끊습니다.',
      'Kakao ends the connection without an answer, to the second attempt too.',
    ),
    outcome: 'error(KakaoBusinessNetworkError)',
    arrange: kakaoAnswers('tokeninfo', { drop: true }),
  },
];

/** Refusals of the ad APIs, after the login. */
export const adRefusals: readonly Stop[] = [
  {
    id: 'ads-lapsed-token',
    name: say('토큰이 더는 유효하지 않음 (-401)', 'A token that was revoked since (-401)'),
    how: say(
      '사용자가 연결을 해제한 뒤 광고계정을 읽습니다.',
      'Reads the ad accounts after the user disconnected the app at Kakao.',
    ),
    outcome: 'KakaoBusinessApiError: needsConsent',
    needsConnection: true,
    arrange: adAPIsAnswer(['moment', 'keywordAd'], { code: -401 }),
  },
  {
    id: 'ads-missing-consent',
    name: say('동의항목이 빠짐 (-402)', 'A missing consent item (-402)'),
    how: say(
      '카카오모먼트가 동의를 요구합니다. 키워드광고는 그대로 보입니다.',
      'Kakao Moment asks for a consent; Keyword Ad still answers.',
    ),
    outcome: 'KakaoBusinessApiError: needsConsent, requiredScopes',
    needsConnection: true,
    arrange: adAPIsAnswer(['moment'], { code: -402 }),
  },
  {
    id: 'ads-no-permission',
    name: say('앱에 권한이 없음 (-5)', 'An app without the permission (-5)'),
    how: say(
      '카카오가 앱의 카카오모먼트 권한을 회수합니다.',
      'Kakao withdraws the permission for Kakao Moment from the app.',
    ),
    outcome: "KakaoBusinessApiError: errorCode '-5'",
    needsConnection: true,
    arrange: adAPIsAnswer(['moment'], { code: -5 }),
  },
  {
    id: 'ads-no-right',
    name: say('남의 광고계정 (9004)', 'Somebody else’s ad account (9004)'),
    how: say(
      '사용자에게 권한이 없는 광고계정을 엽니다.',
      'Opens an ad account that the user has no right to.',
    ),
    outcome: "KakaoBusinessApiError: detailCode '9004'",
    needsConnection: true,
    // The ID of nobody's ad account, which the emulator refuses like Kakao.
    arrange: ({ scene }) => new URL('/ad-accounts/moment/1', scene.origin),
  },
  {
    id: 'ads-quota',
    name: say('광고 요청이 너무 많음 (429)', 'Too many ad requests (429)'),
    how: say('카카오모먼트의 쿼터를 초과한 상황을 만듭니다.', 'Treats the quota of Kakao Moment as used up.'),
    outcome: 'KakaoBusinessApiError: retryable',
    needsConnection: true,
    arrange: adAPIsAnswer(['moment'], { code: -813, status: 429 }),
  },
];

/** Failures of the app. */
export const ownFaults: readonly Stop[] = [
  {
    id: 'verify-threw',
    name: say('verify가 예외를 던짐', 'verify throws'),
    how: say('앱의 데이터베이스에 연결할 수 없습니다.', 'The database of the app cannot be reached.'),
    outcome: 'error(error)',
    arrange: trip => trip.meet('database-unreachable'),
  },
  {
    id: 'no-session',
    name: say('세션이 없음', 'No session'),
    how: say(
      'express-session 앞에 둔 경로에서 로그인을 시작합니다.',
      'Starts a login on a route before express-session.',
    ),
    outcome: 'error(Error)',
    arrange: ({ scene }) => new URL(pathWithoutSession, scene.origin),
  },
];

export const pathWithoutSession = '/problems/no-session';

function kakaoAnswers(endpoint: EmulatedEndpoint, fault: EmulatedFault): Stop['arrange'] {
  return trip => trip.meet({ endpoints: [endpoint], fault });
}

function adAPIsAnswer(endpoints: readonly EmulatedEndpoint[], fault: EmulatedFault): Stop['arrange'] {
  return trip => trip.listAdAccounts({ endpoints, fault });
}

/** What a visitor has to do before a stop, if anything. */
export function firstStep(
  { needsUser = false, needsConnection = false }: Stop,
  user: User | undefined,
): { path: string; label: KoreanAndEnglish } | undefined {
  if (!user && (needsUser || needsConnection))
    return { path: '/?returnTo=%2Fproblems', label: say('먼저 로그인하기', 'Sign in first') };
  if (!user?.kakaoBusiness && needsConnection)
    return { path: '/profile', label: say('먼저 연결하기', 'Connect first') };
  return undefined;
}

// Independent of the names of members: every number is a time.
const elevenMinutesOlder = (pending: unknown): unknown =>
  JSON.parse(JSON.stringify(pending), (_name, value: unknown) =>
    typeof value === 'number' ? value - 11 * 60_000 : value,
  );
