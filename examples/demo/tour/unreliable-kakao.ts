import type { KakaoBusinessFetch } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import type { Mishaps } from './mishaps.js';

/** A fetch to which Kakao fails where a mishap says so. */
export const unreliableFetch =
  (mishaps: Mishaps, carryOut: KakaoBusinessFetch = fetch): KakaoBusinessFetch =>
  async (url, init) => {
    const mishap = mishaps.current;
    const { pathname } = new URL(url);
    if (typeof mishap !== 'object' || !pathname.endsWith(`/${mishap.endpoint}`)) return carryOut(url, init);

    // From an emulator of its own: the faults of the one that all visitors share would go to whoever asks first.
    const emulator = await startKakaoBusinessEmulator();
    try {
      emulator.failNext(mishap.endpoint, mishap.fault);
      const answer = await fetch(new URL(pathname, emulator.endpoints.tokenURL), init);
      return new Response(await answer.arrayBuffer(), answer);
    } finally {
      await emulator.close();
    }
  };
