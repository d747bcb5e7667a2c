import {
  consentItems,
  KakaoBusinessApiError,
  KakaoBusinessError,
  KakaoBusinessNetworkError,
  type KoreanAndEnglish,
} from 'passport-kakao-business';
import { ForeignForm } from './form-token.js';
import { say } from './language.js';
import { kakaoTexts, ownTexts, type ProblemTexts, refusalTexts, refusedSomehow } from './problem-texts.js';
import { SignInRefused } from './sign-in.js';

/** The texts of an error page for the user and the operator: JSON, so that a session can keep it. */
export interface Problem extends ProblemTexts {
  /** The HTTP status of the page. */
  status: number;
  /** The path to start again, if that can help. */
  startAt?: string | undefined;
  /** Seconds to wait, if Kakao says so. */
  retryAfter?: number | undefined;
  /** The reference of the log entry. */
  reference?: string | undefined;
  /** Details for the operator, without secrets. */
  operator?: OperatorNote | undefined;
}

export interface OperatorNote {
  /** What is known of the error. */
  codes: readonly Code[];
  /** What to do: the library's hint; for a refused sign-in its message, which is in English only. */
  hint?: string | KoreanAndEnglish | undefined;
}

type Code = readonly [name: KoreanAndEnglish, code: string];

/** The relevant parts of the failed request. */
interface Circumstances {
  path: string;
  user?: unknown;
  session?: unknown;
}

/** The error page for an error. The message of an unexpected error stays hidden. */
export function toProblem(error: unknown, { path, user, session }: Circumstances): Problem {
  // A user who is already signed in, in another tab or after the back button, does not need to sign in again.
  const starts = user ? ['/connect/kakao-business'] : ['/auth/kakao-business', '/connect/kakao-business'];
  const startAt = starts.find(start => path.startsWith(start));
  if (error instanceof SignInRefused) return { ...toRefusal(error), startAt };
  if (error instanceof KakaoBusinessError)
    return { ...toKakaoProblem(error), startAt: startAt ?? startOfAds(error, path) };
  if (error instanceof ForeignForm) return { ...ownTexts.foreignForm, status: 403 };
  if (hasClientStatus(error)) return { ...ownTexts.badRequest, status: error.status };
  if (session === undefined) return noSession;
  return { ...unexpected, startAt };
}

export const notFound: Problem = { ...ownTexts.notFound, status: 404 };

function toRefusal({ challenge, status }: SignInRefused): Problem {
  const { code, reason, message } = readChallenge(challenge);
  return {
    ...(refusals.get(reason) ?? refusals.get(code) ?? refusedSomehow),
    // Passport has no status for a login rejected by verify.
    status: code === 'account_in_use' ? 409 : status,
    operator: {
      codes: knownCodes([
        [say('코드', 'Code'), code],
        [say('이유', 'Reason'), reason],
      ]),
      hint: message,
    },
  };
}

const refusals: ReadonlyMap<string | undefined, ProblemTexts> = new Map(Object.entries(refusalTexts));

function readChallenge(challenge: unknown) {
  const members: Record<string, unknown> = isObject(challenge) ? { ...challenge } : {};
  const textOf = (name: string) => {
    const value = members[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { code: textOf('code'), reason: textOf('reason'), message: textOf('message') };
}

function toKakaoProblem(error: KakaoBusinessError): Problem {
  const kakao = error instanceof KakaoBusinessApiError ? error : undefined;
  const kind = kindOf(error);
  return {
    ...kakaoTexts[kind],
    ...(kind === 'missingConsent' && missingConsentText(kakao?.requiredScopes)),
    // The user chose the ad account, so this is no failure of Kakao or the app.
    status: kind === 'noRight' ? 403 : error.status,
    retryAfter: kakao?.retryAfter,
    operator: {
      codes: knownCodes([
        [say('코드', 'Code'), error.code],
        [say('엔드포인트', 'Endpoint'), error.endpoint],
        [say('카카오의 코드', 'Kakao’s code'), kakao?.errorCode ?? kakao?.error],
        [say('카카오의 상세 코드', 'Kakao’s detail code'), kakao?.detailCode],
        [say('카카오의 설명', 'Kakao’s reason'), kakao?.detailMessage],
        [say('빠진 동의항목', 'Missing consent items'), kakao?.requiredScopes?.join(', ')],
        [say('카카오의 HTTP 상태', 'Kakao’s HTTP status'), kakao?.httpStatus?.toString()],
        [say('다시 시도하기까지 (초)', 'Seconds to wait'), kakao?.retryAfter?.toString()],
      ]),
      hint: error.hints,
    },
  };
}

const knownCodes = (codes: readonly (readonly [KoreanAndEnglish, string | undefined])[]): Code[] =>
  codes.flatMap(([name, code]) => (code === undefined ? [] : [[name, code] as const]));

function kindOf(error: KakaoBusinessError): keyof typeof kakaoTexts {
  if (error instanceof KakaoBusinessNetworkError)
    return error.code === 'KAKAO_TIMEOUT' ? 'silent' : 'unreachable';
  if (!(error instanceof KakaoBusinessApiError)) return error.retryable ? 'unavailable' : 'unreadable';
  const { endpoint, errorCode, detailCode, httpStatus } = error;
  if (errorCode === '-402') return 'missingConsent';
  // With -101, the user is not connected to the app.
  if (error.needsConsent || errorCode === '-101') return 'needsConsent';
  // The ad APIs answer -10 with 400.
  if (httpStatus === 429 || errorCode === '-10') return 'tooManyRequests';
  if (detailCode === '9004') return 'noRight';
  if (errorCode === '-5' && (endpoint === 'moment' || endpoint === 'keywordAd')) return 'noPermission';
  return error.retryable ? 'unavailable' : 'misconfigured';
}

function missingConsentText(scopes: readonly string[] = []): Pick<Problem, 'text'> | undefined {
  if (scopes.length === 0) return undefined;
  const names = scopes.map(scope => consentItems.find(({ id }) => id === scope)?.names ?? say(scope, scope));
  const [ko, en] = [names.map(name => name.ko).join(', '), names.map(name => name.en).join(', ')];
  return {
    text: say(
      `아직 동의하지 않으신 항목이 있습니다: ${ko}. 동의하면 이어서 사용할 수 있습니다.`,
      `You have not agreed to this: ${en}. Agree to it to continue.`,
    ),
  };
}

/** Where to go on after a failure on the pages of the ad accounts. */
function startOfAds(error: KakaoBusinessError, path: string): string | undefined {
  if (!path.startsWith('/ad-accounts')) return undefined;
  const kind = kindOf(error);
  // Asks for every consent item of the app, the missing one included.
  if (kind === 'needsConsent' || kind === 'missingConsent') return '/connect/kakao-business';
  return kind === 'noRight' ? '/ad-accounts' : path;
}

const noSession: Problem = {
  ...ownTexts.noSession,
  status: 500,
  operator: {
    codes: [],
    hint: say(
      '세션이 없습니다. express-session을 Passport보다 먼저 두었는지, 세션 저장소에 연결되어 있는지 확인하세요.',
      'There is no session: mount express-session before Passport, and check that its store can be reached.',
    ),
  },
};

const unexpected: Problem = {
  ...ownTexts.unexpected,
  status: 500,
  operator: {
    codes: [],
    hint: say(
      '앱의 코드가 예외를 던졌습니다. 내용은 서버 로그에만 있습니다.',
      'The app’s code threw an error. Only the server log has its message.',
    ),
  },
};

// Express and its body parser set a 4xx status on invalid requests.
const hasClientStatus = (error: unknown): error is { status: number } =>
  isObject(error) &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
