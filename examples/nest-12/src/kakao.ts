import type { KakaoBusinessStrategyOptions } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

export const port = Number(process.env.PORT || 3000);

// Must match a redirect URI for Business Authentication registered at Kakao exactly.
export const callbackURL = `http://localhost:${port}/auth/kakao-business/callback`;

/** The injection token of the options, so that a test can override them. */
export const KAKAO_OPTIONS = Symbol('KAKAO_OPTIONS');

/** Your app at Kakao; without a key, the app of a local emulator. */
export async function kakaoOptions(): Promise<KakaoBusinessStrategyOptions> {
  const { KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET } = process.env;
  if (KAKAO_REST_API_KEY) {
    return { clientID: KAKAO_REST_API_KEY, clientSecret: KAKAO_CLIENT_SECRET, callbackURL };
  }
  const { app, endpoints } = await startKakaoBusinessEmulator({ app: { redirectURIs: [callbackURL] } });
  return { clientID: app.clientID, clientSecret: app.clientSecret, callbackURL, ...endpoints };
}
