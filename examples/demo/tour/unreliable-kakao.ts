import type { KakaoBusinessFetch } from 'passport-kakao-business';
import { type EmulatedEndpoint, startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import type { Mishaps } from './mishaps.js';

/** A fetch that fails according to the current mishap. */
export const unreliableFetch =
  (mishaps: Mishaps, carryOut: KakaoBusinessFetch = fetch): KakaoBusinessFetch =>
  async (url, init) => {
    const mishap = mishaps.current;
    const { pathname } = new URL(url);
    if (typeof mishap !== 'object') return carryOut(url, init);
    const endpoint = mishap.endpoints.find(name => isAt(name, pathname));
    if (!endpoint) return carryOut(url, init);

    // Uses a separate emulator: a fault in the shared one would hit whichever visitor comes first.
    const emulator = await startKakaoBusinessEmulator();
    try {
      emulator.failNext(endpoint, mishap.fault);
      const response = await fetch(new URL(pathname, emulator.endpoints.tokenURL), init);
      return new Response(await response.arrayBuffer(), response);
    } finally {
      await emulator.close();
    }
  };

const isAt = (endpoint: EmulatedEndpoint, pathname: string): boolean => {
  if (endpoint === 'moment') return pathname.startsWith('/openapi/v4/');
  if (endpoint === 'keywordAd') return pathname.startsWith('/openapi/v1/');
  return pathname.endsWith(`/${endpoint}`);
};
