import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';
import { consentsAskedFor, redirectURIs } from '../passport.js';
import { addIneligible, ineligibleClientID, ineligibleUsers, otherKey } from './ineligible.js';
import type { Scene } from './trip.js';

/** A link to one of Kakao's own error pages. */
export interface KakaosOwnPage {
  code: string;
  name: KoreanAndEnglish;
  /** What to do on the consent screen, for pages that come after it. */
  how?: KoreanAndEnglish;
  url: URL;
}

/** Authorization requests for which Kakao shows its own error page instead of redirecting to the app. */
export function kakaosOwnPages({ kakao, origin, emulator }: Scene): KakaosOwnPage[] {
  addIneligible(emulator);
  const request = { redirectURI: redirectURIs(origin).signIn, scope: consentsAskedFor, state: 'of-the-tour' };
  const consentScreen = kakao.authorizationURL(request);
  const but = (name: string, value: string): URL => {
    const url = new URL(consentScreen);
    url.searchParams.set(name, value);
    return url;
  };
  return [
    {
      code: 'KOE101',
      name: say('잘못된 REST API 키', 'A wrong REST API key'),
      url: but('client_id', 'not-our-key'),
    },
    {
      code: 'KOE008',
      name: say('REST API 키가 아닌 앱 키', 'An app key that is not the REST API key'),
      url: but('client_id', otherKey),
    },
    {
      code: 'KOE028',
      name: say('등록하지 않은 리다이렉트 URI', 'A redirect URI that is not registered'),
      url: but('redirect_uri', `${origin}/not-registered`),
    },
    {
      code: 'KOE201',
      name: say('지원하지 않는 response_type', 'A response_type that Kakao does not support'),
      url: but('response_type', 'token'),
    },
    {
      code: 'KOE232',
      name: say('설정하지 않은 동의항목', 'A consent item that is not set up'),
      url: but('scope', 'not_set_up'),
    },
    {
      code: 'KOE233',
      name: say('카카오가 모르는 파라미터', 'A parameter that Kakao does not know'),
      url: but('prompt', 'login'),
    },
    {
      code: 'KOE123',
      name: say('비즈 앱이 아닌 앱', 'An app that is not a Biz app'),
      url: but('client_id', ineligibleClientID('KOE123')),
    },
    {
      code: 'KOE124',
      name: say('권한을 받지 못한 앱', 'An app without the permission'),
      url: but('client_id', ineligibleClientID('KOE124')),
    },
    {
      code: 'KOE125',
      name: say('카카오가 제재한 앱', 'An app that Kakao has sanctioned'),
      url: but('client_id', ineligibleClientID('KOE125')),
    },
    {
      code: 'KOE005',
      name: say('테스트 앱의 멤버가 아닌 사용자', 'A user who is not a member of the test app'),
      how: say('동의 화면에서 동의하세요.', 'Agree on the consent screen.'),
      url: but('client_id', ineligibleClientID('KOE005')),
    },
    ...ineligibleUsers.map(({ code, why, called }) => ({
      code,
      name: why,
      how: say(
        `동의 화면에서 테스트 사용자 ${called.ko} 님을 고르고 동의하세요.`,
        `Choose the test user ${called.en} on the consent screen, and agree.`,
      ),
      url: consentScreen,
    })),
  ];
}
