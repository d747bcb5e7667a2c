import type { KakaoBusinessStrategyOptions } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

export const port = Number(process.env.PORT || 3000);

// Registered at Kakao as redirect URI for Business Authentication, letter by letter.
export const callbackURL = `http://localhost:${port}/auth/kakao-business/callback`;

/** The token that Nest injects the options by, so that a test can put its own in their place. */
export const KAKAO_OPTIONS = Symbol('KAKAO_OPTIONS');

/** Your app at Kakao; without a key, one at a Kakao on this machine. */
export async function kakaoOptions(): Promise<KakaoBusinessStrategyOptions> {
  const { KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET } = process.env;
  if (KAKAO_REST_API_KEY) {
    return { clientID: KAKAO_REST_API_KEY, clientSecret: KAKAO_CLIENT_SECRET, callbackURL };
  }
  const { app, endpoints } = await startKakaoBusinessEmulator({ app: { redirectURIs: [callbackURL] } });
  return { clientID: app.clientID, clientSecret: app.clientSecret, callbackURL, ...endpoints };
}
