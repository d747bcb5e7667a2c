import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from './language.js';

/** The texts for a user when something fails. */
export interface ProblemTexts {
  title: KoreanAndEnglish;
  text: KoreanAndEnglish;
  /** The label of the button that starts again; missing if that cannot help. */
  again?: KoreanAndEnglish;
}

const startAgain = say('다시 시작하기', 'Start again');
const tryAgain = say('다시 시도하기', 'Try again');

/** Texts for `fail()`, by the reason or the code of the challenge. */
export const refusalTexts = {
  access_denied: {
    title: say('동의하지 않으셨습니다', 'You did not agree'),
    text: say(
      '카카오 비즈니스 정보는 전달되지 않았습니다. 원하시면 언제든 다시 시작할 수 있습니다.',
      'No information was shared. You can start again at any time.',
    ),
    again: say('동의 화면 다시 열기', 'Open the consent screen again'),
  },
  invalid_grant: {
    title: say('로그인 시간이 지났습니다', 'The sign-in has expired'),
    text: say(
      '인가 코드는 짧은 시간 동안 한 번만 사용할 수 있습니다. 다시 시작해 주세요.',
      'An authorization code works only once, and only for a short time. Please start again.',
    ),
    again: startAgain,
  },
  invalid_request: {
    title: say('카카오에서 온 응답을 읽을 수 없습니다', 'The response could not be read'),
    text: say(
      '돌아오는 URL이 중간에 바뀌었을 수 있습니다. 다시 시작해 주세요.',
      'The URL may have been changed on the way. Please start again.',
    ),
    again: startAgain,
  },
  missing: {
    title: say('카카오에서 온 응답이 완전하지 않습니다', 'The response is incomplete'),
    text: say(
      '어느 로그인의 응답인지 알 수 없습니다. 다시 시작해 주세요.',
      'It does not say which sign-in it belongs to. Please start again.',
    ),
    again: startAgain,
  },
  no_pending_login: {
    title: say('진행 중인 로그인이 없습니다', 'No sign-in is in progress'),
    text: say(
      '이미 끝난 로그인이거나, 브라우저가 쿠키를 보내지 않았습니다. 시작할 때와 같은 주소인지 확인하고 다시 시작해 주세요.',
      'It has already finished, or your browser did not send its cookie. Check that you are at the same address as before, and start again.',
    ),
    again: startAgain,
  },
  unknown: {
    title: say('이 브라우저에서 시작한 로그인이 아닙니다', 'This sign-in was not started in this browser'),
    text: say(
      '안전을 위해 로그인을 중단했습니다. 직접 시작하셨다면 다시 시도해 주세요.',
      'It was stopped for your safety. If you started it yourself, please try again.',
    ),
    again: startAgain,
  },
  expired: {
    title: say('로그인 시간이 지났습니다', 'The sign-in has expired'),
    text: say(
      '로그인을 시작한 지 10분이 넘었습니다. 다시 시작해 주세요.',
      'It took more than 10 minutes. Please start again.',
    ),
    again: startAgain,
  },
  account_in_use: {
    title: say(
      '다른 사용자가 이미 연결한 카카오 비즈니스입니다',
      'This Kakao Business account belongs to another user',
    ),
    text: say(
      '다른 카카오 비즈니스 계정을 선택하거나, 로그아웃한 뒤 이 카카오 비즈니스로 로그인해 주세요.',
      'Choose another Kakao Business account, or sign out and sign in with this one.',
    ),
    again: say('다른 계정으로 연결하기', 'Connect another account'),
  },
} satisfies Record<string, ProblemTexts>;

export const refusedSomehow: ProblemTexts = {
  title: say('로그인하지 못했습니다', 'You could not be signed in'),
  text: say('다시 시도해 주세요.', 'Please try again.'),
  again: tryAgain,
};

/** Texts for failures of Kakao. */
export const kakaoTexts = {
  needsConsent: {
    title: say('다시 동의해 주세요', 'Your consent is needed again'),
    text: say(
      '카카오 비즈니스 연결이 만료되었거나 해제되었습니다. 다시 동의하면 이어서 사용할 수 있습니다.',
      'The connection has expired, or was disconnected at Kakao. Agree again to continue.',
    ),
    again: say('다시 동의하기', 'Agree again'),
  },
  missingConsent: {
    title: say('추가 동의가 필요합니다', 'One more consent is needed'),
    text: say(
      '이 기능에 필요한 항목에 아직 동의하지 않으셨습니다. 동의하면 이어서 사용할 수 있습니다.',
      'You have not agreed to a consent item that is needed here. Agree to it to continue.',
    ),
    again: say('추가로 동의하기', 'Agree to it'),
  },
  noPermission: {
    title: say('아직 이 앱에서 쓸 수 없는 광고 서비스입니다', 'This app cannot use this ad service yet'),
    text: say(
      '회원님의 잘못이 아니며, 운영자가 카카오에서 권한을 먼저 받아야 합니다.',
      'This is not your fault: the operator needs a permission from Kakao first.',
    ),
  },
  noRight: {
    title: say('이 광고계정을 쓸 권한이 없습니다', 'You may not use this ad account'),
    text: say(
      '다시 동의하면서 이 광고계정을 고르거나, 광고계정의 마스터에게 초대를 요청해 주세요. 목록에 보이는 광고계정이라도 권한이 없을 수 있습니다.',
      'Agree again and choose it, or ask its master to invite you. Being on the list is not enough.',
    ),
    again: say('다른 광고계정 보기', 'See the other ad accounts'),
  },
  tooManyRequests: {
    title: say('요청이 너무 많습니다', 'There are too many requests just now'),
    text: say(
      '카카오에 보낼 수 있는 요청 수를 초과했습니다. 잠시 후 다시 시도해 주세요.',
      'Kakao asks to wait. Please try again in a moment.',
    ),
    again: tryAgain,
  },
  unavailable: {
    title: say('지금은 카카오를 이용할 수 없습니다', 'Kakao is not available right now'),
    text: say(
      '카카오에 일시적인 문제가 있습니다. 잠시 후 다시 시도해 주세요.',
      'Kakao has a temporary problem. Please try again in a moment.',
    ),
    again: tryAgain,
  },
  misconfigured: {
    title: say('카카오 비즈니스 연동에 문제가 있습니다', 'The Kakao Business integration has a problem'),
    text: say(
      '회원님의 잘못이 아니며, 운영자가 설정을 고쳐야 합니다. 계속되면 아래 문의 번호를 알려 주세요.',
      'This is not your fault: the operator has to change a setting. If it happens again, tell them the reference below.',
    ),
  },
  unreadable: {
    title: say('카카오의 응답을 읽지 못했습니다', 'Kakao’s response could not be read'),
    text: say(
      '회원님의 잘못이 아닙니다. 다시 시도해 보시고, 계속되면 아래 문의 번호를 알려 주세요.',
      'This is not your fault. Please try again; if it happens again, tell the operator the reference below.',
    ),
    again: tryAgain,
  },
  silent: {
    title: say('카카오가 제때 응답하지 않았습니다', 'Kakao did not answer in time'),
    text: say('잠시 후 다시 시도해 주세요.', 'Please try again in a moment.'),
    again: tryAgain,
  },
  unreachable: {
    title: say('카카오에 연결할 수 없습니다', 'Kakao cannot be reached right now'),
    text: say('잠시 후 다시 시도해 주세요.', 'Please try again in a moment.'),
    again: tryAgain,
  },
} satisfies Record<string, ProblemTexts>;

/** Texts for failures of the app. */
export const ownTexts = {
  noSession: {
    title: say('지금은 로그인할 수 없습니다', 'Sign-in is not available right now'),
    text: say(
      '저희 쪽 문제입니다. 잠시 후 다시 시도해 주세요.',
      'This is a problem on our side. Please try again in a moment.',
    ),
  },
  unexpected: {
    title: say('문제가 생겼습니다', 'Something went wrong'),
    text: say(
      '저희 쪽 문제입니다. 잠시 후 다시 시도해 주세요.',
      'This is a problem on our side. Please try again in a moment.',
    ),
    again: tryAgain,
  },
  foreignForm: {
    title: say('오래된 페이지에서 보낸 요청입니다', 'This form is from an old page'),
    text: say(
      '아무것도 바뀌지 않았습니다. 페이지를 새로 열고 다시 시도해 주세요.',
      'Nothing was changed. Please reload the page and try again.',
    ),
  },
  badRequest: {
    title: say('읽을 수 없는 요청입니다', 'The request could not be read'),
    text: say('처음부터 다시 시도해 주세요.', 'Please start from the first page.'),
  },
  notFound: {
    title: say('없는 페이지입니다', 'There is no such page'),
    text: say('주소를 다시 확인해 주세요.', 'Please check the address.'),
  },
} satisfies Record<string, ProblemTexts>;
