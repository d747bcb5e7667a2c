import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { authorizationURL } from './kakao-for-tests.js';

describe('emulator, close', () => {
  it('ends connections that hang, wait or are kept alive, and may be called again', async () => {
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

  it('leaves nothing that keeps a process alive', async () => {
    const program = join(__dirname, 'close-then-end.ts');

    const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
      timeout: 8000,
    });

    expect(stderr).to.equal('');
  });
});
