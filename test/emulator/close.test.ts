import { expect } from 'chai';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { authorizationURL } from './emulator-for-tests.js';

describe('emulator: close', () => {
  it('ends connections that hang, wait or are kept alive, and can be called again', async () => {
    const emulator = await startKakaoBusinessEmulator();
    emulator.failNext('userinfo', { hang: true });
    emulator.failNext('tokeninfo', { delay: 3_600_000 });
    await (await fetch(authorizationURL(emulator))).text();
    const waiting = [emulator.endpoints.userInfoURL, emulator.endpoints.tokenInfoURL].map(url =>
      fetch(url).then(
        () => 'answered',
        () => 'ended',
      ),
    );
    while (emulator.requests.length < 3) await new Promise(resolve => setTimeout(resolve, 5));

    await Promise.all([emulator.close(), emulator.close()]);
    await emulator.close();

    expect(await Promise.all(waiting)).to.deep.equal(['ended', 'ended']);
    expect(await fetch(authorizationURL(emulator)).catch(() => 'refused')).to.equal('refused');
  });
});
