import { KakaoBusinessApiError, KakaoBusinessError, type KoreanAndEnglish } from 'passport-kakao-business';
import { SignInRefused } from './sign-in.js';
import { ForeignForm } from './visitor.js';

/** What a user is told when something does not go as it should, and what the operator is. */
export interface Problem {
  /** The HTTP status to answer with. */
  status: number;
  title: KoreanAndEnglish;
  text: KoreanAndEnglish;
  /** Where to start again, if that can help. */
  tryAgain?: string | undefined;
  code?: string | undefined;
  hint?: string | undefined;
}

/** Puts an error into words. Of one that nobody foresaw it tells nothing: its message was not written for users. */
export function toProblem(error: unknown, path: string): Problem {
  if (error instanceof SignInRefused) return { ...toRefusal(error), tryAgain: startOf(path) };
  if (error instanceof KakaoBusinessError) return { ...toKakaoProblem(error), tryAgain: startOf(path) };
  if (error instanceof ForeignForm) return foreignForm;
  if (hasClientStatus(error)) return { ...badRequest, status: error.status };
  return unexpected;
}

export const notFound: Problem = {
  status: 404,
  title: { ko: '없는 페이지입니다', en: 'There is no such page' },
  text: { ko: '주소를 다시 확인해 주세요.', en: 'Please check the address.' },
};

const startOf = (path: string): string | undefined =>
  ['/auth/kakao-business', '/connect/kakao-business'].find(start => path.startsWith(start));

type Words = Pick<Problem, 'title' | 'text'> & { status?: number };

function toRefusal({ challenge, status }: SignInRefused): Problem {
  const { code, reason } = readChallenge(challenge);
  const words = refusals.get(reason) ?? refusals.get(code) ?? refusedSomehow;
  return { status, ...words, code: [code, reason].filter(Boolean).join(' · ') };
}

function readChallenge(challenge: unknown): { code: string; reason: string } {
  const members = typeof challenge === 'object' && challenge !== null ? { ...challenge } : {};
  const { code, reason }: { code?: unknown; reason?: unknown } = members;
  return {
    code: typeof code === 'string' ? code : '',
    reason: typeof reason === 'string' ? reason : '',
  };
}

/** By the challenge's code or, where it gives one, by its reason. */
const refusals: ReadonlyMap<string, Words> = new Map([
  [
    'access_denied',
    {
      title: { ko: '동의하지 않으셨습니다', en: 'You did not agree' },
      text: {
        ko: '카카오 비즈니스 정보는 전달되지 않았습니다. 원하시면 언제든 다시 시작할 수 있습니다.',
        en: 'Nothing was handed over. You can start again whenever you like.',
      },
    },
  ],
  [
    'invalid_grant',
    {
      title: { ko: '로그인 시간이 지났습니다', en: 'The sign-in has expired' },
      text: {
        ko: '카카오의 인증 코드는 잠시 동안 한 번만 쓸 수 있습니다. 다시 시작해 주세요.',
        en: 'A code from Kakao works once, and not for long. Please start again.',
      },
    },
  ],
  [
    'invalid_request',
    {
      title: { ko: '로그인 응답을 읽을 수 없습니다', en: 'The answer could not be read' },
      text: {
        ko: '주소가 중간에 바뀌었을 수 있습니다. 다시 시작해 주세요.',
        en: 'The address may have been changed on the way. Please start again.',
      },
    },
  ],
  [
    'invalid_state',
    {
      title: { ko: '이 브라우저에서 시작한 로그인이 아닙니다', en: 'This sign-in was not started here' },
      text: {
        ko: '안전을 위해 로그인을 멈췄습니다. 직접 시작하셨다면 다시 시도해 주세요.',
        en: 'It was stopped to keep you safe. If you did start it, please try again.',
      },
    },
  ],
  [
    'no_pending_login',
    {
      title: { ko: '진행 중인 로그인이 없습니다', en: 'No sign-in is under way' },
      text: {
        ko: '이미 끝난 로그인이거나, 브라우저가 쿠키를 보내지 않았습니다. 시작할 때와 같은 주소인지 확인해 주세요.',
        en: 'It was finished before, or your browser sent no cookie. Check that the address is the one you started from.',
      },
    },
  ],
  [
    'expired',
    {
      title: { ko: '로그인 시간이 지났습니다', en: 'The sign-in has expired' },
      text: {
        ko: '동의 화면에서 10분이 넘게 지났습니다. 다시 시작해 주세요.',
        en: 'It took more than 10 minutes. Please start again.',
      },
    },
  ],
  [
    'account_in_use',
    {
      status: 409,
      title: {
        ko: '다른 사용자가 이미 연결한 카카오 비즈니스입니다',
        en: 'This Kakao Business account is another user’s',
      },
      text: {
        ko: '다른 카카오 비즈니스 계정을 선택하거나, 그 계정으로 직접 로그인해 주세요.',
        en: 'Choose another Kakao Business account, or sign in with that one.',
      },
    },
  ],
]);

const refusedSomehow: Words = {
  title: { ko: '로그인하지 못했습니다', en: 'You could not be signed in' },
  text: { ko: '다시 시도해 주세요.', en: 'Please try again.' },
};

function toKakaoProblem(error: KakaoBusinessError): Problem {
  const kakao = error instanceof KakaoBusinessApiError ? error : undefined;
  return {
    ...kakaoWords(error.retryable, kakao?.needsConsent ?? false),
    status: error.status,
    hint: error.hint,
    code: [error.code, kakao?.errorCode ?? kakao?.error, error.endpoint].filter(Boolean).join(' · '),
  };
}

function kakaoWords(retryable: boolean, needsConsent: boolean): Words {
  if (needsConsent) return consentNeeded;
  return retryable ? kakaoUnavailable : kakaoMisconfigured;
}

const consentNeeded: Words = {
  title: { ko: '다시 동의가 필요합니다', en: 'Your consent is needed again' },
  text: {
    ko: '카카오 비즈니스 연결이 만료되었거나 해제되었습니다. 다시 동의하면 이어서 사용할 수 있습니다.',
    en: 'The connection has expired, or was ended at Kakao. Agree again to go on.',
  },
};

const kakaoUnavailable: Words = {
  title: { ko: '지금은 카카오와 연결할 수 없습니다', en: 'Kakao cannot be reached just now' },
  text: { ko: '잠시 후 다시 시도해 주세요.', en: 'Please try again in a moment.' },
};

const kakaoMisconfigured: Words = {
  title: { ko: '카카오 비즈니스 연동에 문제가 있습니다', en: 'Something is wrong between us and Kakao' },
  text: {
    ko: '회원님의 잘못이 아닙니다. 계속되면 운영자에게 아래 내용을 알려 주세요.',
    en: 'It is no fault of yours. If it lasts, tell the operator what is written below.',
  },
};

const foreignForm: Problem = {
  status: 403,
  title: { ko: '오래된 페이지에서 보낸 요청입니다', en: 'This came from an old page' },
  text: {
    ko: '아무것도 바뀌지 않았습니다. 페이지를 새로 열고 다시 시도해 주세요.',
    en: 'Nothing was changed. Please open the page anew and try again.',
  },
};

const badRequest = {
  title: { ko: '읽을 수 없는 요청입니다', en: 'The request could not be read' },
  text: { ko: '처음부터 다시 시도해 주세요.', en: 'Please start from the first page.' },
};

const unexpected: Problem = {
  status: 500,
  title: { ko: '문제가 생겼습니다', en: 'Something went wrong' },
  text: {
    ko: '저희 쪽 문제입니다. 잠시 후 다시 시도해 주세요.',
    en: 'The fault is ours. Please try again in a moment.',
  },
};

// Express and its body parser put a 4xx on what the browser did wrong.
const hasClientStatus = (error: unknown): error is { status: number } =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500;
