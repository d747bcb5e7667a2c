import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from './language.js';
import { consentsAskedFor, redirectURIs } from './passport.js';

/** A setting at Kakao that the app needs. */
export interface SetupStep {
  what: KoreanAndEnglish;
  /** The menu in Kakao Developers. */
  where?: KoreanAndEnglish;
  /** The values to enter there. */
  values?: readonly string[];
  /** Kakao's error codes if the step is skipped. */
  codes: readonly string[];
}

const restApiKey = say('앱 > 플랫폼 키 > REST API 키', 'App > Platform key > REST API key');

/** What to set up at Kakao before the app works with real keys. */
export const setupSteps = (origin: string): SetupStep[] => [
  {
    what: say('앱을 비즈 앱으로 전환합니다.', 'Make the app a Biz app.'),
    where: say('앱 > 일반 > 비즈니스 정보', 'App > General > Business information'),
    codes: ['KOE123'],
  },
  {
    what: say(
      '카카오모먼트 권한을 신청하고 승인을 받습니다. 키워드광고에는 권한이 필요 없습니다.',
      'Apply for the Kakao Moment permission and wait for the approval. Keyword Ad needs none.',
    ),
    where: say('추가 기능 신청', 'Request additional feature'),
    codes: ['KOE124', '-5'],
  },
  {
    what: say(
      '아래 두 주소를 그대로 비즈니스 인증 리다이렉트 URI로 등록합니다.',
      'Register both addresses, exactly as they are, as redirect URIs for Business Authentication.',
    ),
    where: restApiKey,
    values: Object.values(redirectURIs(origin)),
    codes: ['KOE028'],
  },
  {
    what: say(
      '비즈니스 인증 클라이언트 시크릿을 KAKAO_CLIENT_SECRET에 지정합니다. 카카오 로그인의 시크릿과 다른 값입니다.',
      'Set KAKAO_CLIENT_SECRET to the client secret of Business Authentication. Kakao Login has another one.',
    ),
    where: restApiKey,
    codes: ['KOE010'],
  },
  {
    what: say('동의항목을 설정합니다.', 'Configure the consent items.'),
    where: say('비즈니스 인증 > 동의항목', 'Business Authentication > Consent Items'),
    values: consentsAskedFor,
    codes: ['KOE232'],
  },
  {
    what: say(
      '카카오비즈니스센터에 가입되어 있고 광고계정이 있는 카카오계정으로 로그인합니다. 테스트 앱이라면 앱의 멤버여야 합니다.',
      'Sign in with a Kakao Account that is registered at Kakao Business Center and has an ad account. In a test app it must be a member of the app.',
    ),
    codes: ['KOE025', 'KOE027', 'KOE005'],
  },
];
