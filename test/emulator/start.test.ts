import { expect } from 'chai';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { freePort } from '../support/server.js';
import { emulatorForEachTest } from './emulator-for-tests.js';

describe('startKakaoBusinessEmulator', () => {
  const emulator = emulatorForEachTest();

  it('responds at Kakao’s paths on loopback', () => {
    const { authorizationURL: authorize } = emulator().endpoints;
    const { origin } = new URL(authorize);

    expect(origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator().endpoints).to.deep.equal({
      authorizationURL: `${origin}/oauth/business/authorize`,
      tokenURL: `${origin}/oauth/business/token`,
      userInfoURL: `${origin}/v1/business/userinfo`,
      tokenInfoURL: `${origin}/v1/business/tokeninfo`,
      revokeURL: `${origin}/v1/business/revoke`,
      momentURL: origin,
      keywordAdURL: origin,
    });
  });

  it('has a default app and default users', () => {
    const { app, users } = emulator();

    expect(app).to.deep.include({
      name: '샘플 광고 대행사 (Sample Agency)',
      redirectURIs: ['http://localhost:3000/auth/kakao-business/callback'],
      permissions: ['kakao_moment'],
    });
    expect(app.clientID).to.match(/^[\da-f]{32}$/);
    expect(app.clientSecret).to.have.length(32);
    expect(users).to.have.length(3);
    expect(Number.isSafeInteger(Number(users[0]?.id))).to.equal(false);
    expect(users[1]).not.to.have.property('email');
  });

  for (const { host, origin } of [
    { host: '127.0.0.2', origin: /^http:\/\/127\.0\.0\.2:\d+$/ },
    { host: '0.0.0.0', origin: /^http:\/\/127\.0\.0\.1:\d+$/ },
  ]) {
    it(`listens at ${host}, with URLs that can be reached`, async () => {
      const mine = await startKakaoBusinessEmulator({ host });
      const { status } = await fetch(mine.endpoints.tokenInfoURL);
      await mine.close();

      expect(status).to.equal(401);
      expect(new URL(mine.endpoints.tokenInfoURL).origin).to.match(origin);
    });
  }

  it('listens at the given port', async () => {
    const port = await freePort();
    const mine = await startKakaoBusinessEmulator({ port });
    await mine.close();

    expect(new URL(mine.endpoints.tokenURL).port).to.equal(`${port}`);
  });

  it('rejects when the port is in use', async () => {
    const port = Number(new URL(emulator().endpoints.tokenURL).port);

    expect(await startKakaoBusinessEmulator({ port }).catch(reason => reason)).to.include({
      code: 'EADDRINUSE',
    });
  });
});
