import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';

/** A program of its own: it ends by itself only if a closed emulator leaves neither timer nor connection. */
async function closeThenEnd(): Promise<void> {
  const emulator = await startKakaoBusinessEmulator();
  emulator.failNext('userinfo', { delay: 3_600_000 });
  emulator.failNext('tokeninfo', { hang: true });
  const { userInfoURL, tokenInfoURL } = emulator.endpoints;
  const waiting = [userInfoURL, tokenInfoURL].map(url => fetch(url).catch(() => 'ended'));
  while (emulator.requests.length < waiting.length) await new Promise(resolve => setTimeout(resolve, 5));
  await emulator.close();
  await Promise.all(waiting);
}

closeThenEnd();
