import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';
import { consentsAskedFor, redirectURIs } from '../passport.js';
import type { Scene } from './trip.js';

/** A link to one of Kakao's own error pages. */
export interface KakaosOwnPage {
  code: string;
  name: KoreanAndEnglish;
  url: URL;
}

/** Authorization requests for which Kakao shows its own error page instead of redirecting to the app. */
export function kakaosOwnPages({ kakao, origin }: Scene): KakaosOwnPage[] {
  const request = { redirectURI: redirectURIs(origin).signIn, scope: consentsAskedFor, state: 'of-the-tour' };
  const wrongKey = kakao.authorizationURL(request);
  wrongKey.searchParams.set('client_id', 'not-our-key');
  const strangeParameter = kakao.authorizationURL(request);
  strangeParameter.searchParams.set('prompt', 'login');
  return [
    {
      code: 'KOE028',
      name: say('등록하지 않은 Redirect URI', 'A redirect URI that is not registered'),
      url: kakao.authorizationURL({ ...request, redirectURI: `${origin}/not-registered` }),
    },
    { code: 'KOE101', name: say('잘못된 REST API 키', 'A wrong REST API key'), url: wrongKey },
    {
      code: 'KOE232',
      name: say('설정하지 않은 동의항목', 'A consent item that is not set up'),
      url: kakao.authorizationURL({ ...request, scope: 'not_set_up' }),
    },
    {
      code: 'KOE233',
      name: say('카카오가 모르는 매개변수', 'A parameter that Kakao does not know'),
      url: strangeParameter,
    },
  ];
}
