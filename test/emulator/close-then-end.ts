import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';

/** A program that ends only if a closed emulator leaves no timer and no connection. */
async function closeThenEnd(): Promise<void> {
  const emulator = await startKakaoBusinessEmulator();
  const { authorizationURL, userInfoURL, tokenInfoURL } = emulator.endpoints;
  const url = `${authorizationURL}?${new URLSearchParams({
    client_id: emulator.app.clientID,
    redirect_uri: emulator.app.redirectURIs[0] ?? '',
    response_type: 'code',
    scope: 'biz_account_email',
  })}`;
  await (await fetch(url)).text();
  await emulator.approve(url);
  emulator.advance(60_000);

  emulator.failNext('userinfo', { delay: 3_600_000 });
  emulator.failNext('tokeninfo', { hang: true });
  emulator.failNext('authorize', { delay: 3_600_000 });
  emulator.failNext('authorize', { hang: true });
  emulator.requests.length = 0;
  const calls = [fetch(userInfoURL), fetch(tokenInfoURL), emulator.approve(url), emulator.cancel(url)];
  const waiting = calls.map(call => call.catch(() => 'ended'));
  while (emulator.requests.length < waiting.length) await new Promise(resolve => setTimeout(resolve, 5));
  await emulator.close();
  await Promise.all(waiting);
}

closeThenEnd();
