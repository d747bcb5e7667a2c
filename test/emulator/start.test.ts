import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type KakaoBusinessEmulatorOptions, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { authorizationURL, decide, emulatorForEachTest, openConsentScreen } from './kakao-for-tests.js';

describe('startKakaoBusinessEmulator', () => {
  const emulator = emulatorForEachTest();

  it('answers at Kakao’s own paths on loopback', () => {
    const { authorizationURL: authorize } = emulator().endpoints;
    const { origin } = new URL(authorize);

    expect(origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator().endpoints).to.deep.equal({
      authorizationURL: `${origin}/oauth/business/authorize`,
      tokenURL: `${origin}/oauth/business/token`,
      userInfoURL: `${origin}/v1/business/userinfo`,
      tokenInfoURL: `${origin}/v1/business/tokeninfo`,
      revokeURL: `${origin}/v1/business/revoke`,
    });
  });

  it('has an app and users when none are given', () => {
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

  it('takes an app and users, and changes nothing of what it was given', async () => {
    const options: KakaoBusinessEmulatorOptions = {
      app: {
        name: 'Mine',
        clientID: 'key',
        clientSecret: false,
        redirectURIs: [],
        consentItems: ['new_item'],
        permissions: [],
      },
      users: [{ id: '1', name: 'One', adAccounts: { moment: [{ id: '2', name: 'Two' }], keyword: [] } }],
    };
    const before = structuredClone(options);
    const mine = await startKakaoBusinessEmulator(options);
    mine.app.redirectURIs.push('http://localhost/');
    mine.users[0]?.adAccounts.moment.pop();
    await mine.close();

    expect(options).to.deep.equal(before);
    expect(mine.app).to.deep.equal({
      name: 'Mine',
      clientID: 'key',
      clientSecret: undefined,
      redirectURIs: ['http://localhost/'],
      consentItems: ['new_item'],
      permissions: [],
    });
  });

  it('shares nothing between two of them', async () => {
    const other = await startKakaoBusinessEmulator();
    other.app.consentItems.pop();
    other.users.pop();
    await other.close();

    expect(emulator().app.consentItems).to.have.length(8);
    expect(emulator().users).to.have.length(3);
  });

  it('listens at the port it was given', async () => {
    const port = await freePort();
    const mine = await startKakaoBusinessEmulator({ port });
    await mine.close();

    expect(new URL(mine.endpoints.tokenURL).port).to.equal(`${port}`);
  });

  it('rejects when the port is taken', async () => {
    const port = Number(new URL(emulator().endpoints.tokenURL).port);

    expect(await startKakaoBusinessEmulator({ port }).catch(reason => reason)).to.include({
      code: 'EADDRINUSE',
    });
  });

  describe('names the option that cannot be used', () => {
    const user = { id: '1', name: 'One', adAccounts: { moment: [], keyword: [] } };
    const account = (more: object): object => ({
      users: [user, { ...user, adAccounts: { moment: [], keyword: [{ id: '2', name: 'Two', ...more }] } }],
    });
    const digits = 'a string of 1 to 19 decimal digits';
    const text = 'a string that is not empty';
    const mistakes: { options: unknown; message: string }[] = [
      { options: null, message: 'startKakaoBusinessEmulator takes an object of options' },
      {
        options: { ports: 1 },
        message: 'startKakaoBusinessEmulator has no ports option; it has port, app, users, now',
      },
      {
        options: { port: '80' },
        message: 'startKakaoBusinessEmulator: the port option must be a whole number from 0 to 65535',
      },
      { options: { port: 65_536 }, message: 'the port option must be' },
      { options: { port: -1 }, message: 'the port option must be' },
      { options: { now: 5 }, message: 'the now option must be a function' },
      { options: { app: 'mine' }, message: 'the app option must be an object' },
      {
        options: { app: { clientId: 'x' } },
        message: 'startKakaoBusinessEmulator has no app.clientId option',
      },
      { options: { app: { name: '' } }, message: `the app.name option must be ${text}` },
      { options: { app: { clientID: 5 } }, message: `the app.clientID option must be ${text}` },
      { options: { app: { clientSecret: '' } }, message: `the app.clientSecret option must be ${text}` },
      { options: { app: { clientSecret: true } }, message: `the app.clientSecret option must be ${text}` },
      {
        options: { app: { redirectURIs: 'http://localhost/' } },
        message: 'the app.redirectURIs option must be an array',
      },
      {
        options: { app: { redirectURIs: ['/callback'] } },
        message: 'the app.redirectURIs[0] option must be an absolute http or https URL',
      },
      {
        options: { app: { redirectURIs: ['http://a/#b'] } },
        message: 'the app.redirectURIs[0] option must be',
      },
      {
        options: { app: { redirectURIs: ['http://:x'] } },
        message: 'the app.redirectURIs[0] option must be',
      },
      {
        options: { app: { consentItems: ['a', 5] } },
        message: `the app.consentItems[1] option must be ${text}`,
      },
      { options: { app: { permissions: {} } }, message: 'the app.permissions option must be an array' },
      { options: { users: {} }, message: 'the users option must be an array' },
      { options: { users: [undefined] }, message: 'the users[0] option must be an object' },
      {
        options: { users: [{ id: '1', name: 'One' }] },
        message: 'the users[0].adAccounts option must be an object',
      },
      { options: { users: [{ ...user, mail: 'x' }] }, message: 'has no users[0].mail option' },
      { options: { users: [{ ...user, id: 1 }] }, message: `the users[0].id option must be ${digits}` },
      { options: { users: [{ ...user, id: '01' }] }, message: `the users[0].id option must be ${digits}` },
      {
        options: { users: [{ ...user, id: '12345678901234567890' }] },
        message: `the users[0].id option must be ${digits}`,
      },
      {
        options: { users: [user, { ...user, name: 5 }] },
        message: `the users[1].name option must be ${text}`,
      },
      {
        options: { users: [user, user] },
        message: 'the users[1].id option must be another than that of users[0]',
      },
      { options: { users: [{ ...user, email: '' }] }, message: `the users[0].email option must be ${text}` },
      {
        options: { users: [{ ...user, businessCenter: 'no' }] },
        message: 'the users[0].businessCenter option must be a boolean',
      },
      {
        options: { users: [{ ...user, adAccounts: { moment: [] } }] },
        message: 'the users[0].adAccounts.keyword option must be an array',
      },
      {
        options: account({ id: '*' }),
        message: `the users[1].adAccounts.keyword[0].id option must be ${digits}`,
      },
      {
        options: { users: [{ ...user, adAccounts: { moment: [null], keyword: [] } }] },
        message: 'the users[0].adAccounts.moment[0] option must be an object',
      },
      {
        options: account({ name: '' }),
        message: `the users[1].adAccounts.keyword[0].name option must be ${text}`,
      },
    ];

    for (const { options, message } of mistakes) {
      it(`${JSON.stringify(options)}`, async () => {
        const start: (...misuse: unknown[]) => unknown = (...misuse) =>
          Reflect.apply(startKakaoBusinessEmulator, undefined, misuse);

        const error = await Promise.resolve(start(options)).catch(reason => reason);

        expect(error).to.be.an.instanceOf(TypeError).with.property('message').that.includes(message);
      });
    }
  });

  it('answers 404 at any other path', async () => {
    const { origin } = new URL(emulator().endpoints.tokenURL);

    for (const path of [
      '/',
      '/oauth/authorize',
      '/v2/user/me',
      '/oauth/business/token/',
      '//',
      '/toString',
    ]) {
      expect((await fetch(origin + path)).status).to.equal(404);
    }
    expect(emulator().requests).to.deep.equal([]);
  });

  it('answers 405 to another method, and says which it takes', async () => {
    const {
      authorizationURL: authorize,
      tokenURL,
      userInfoURL,
      tokenInfoURL,
      revokeURL,
    } = emulator().endpoints;

    for (const [url, method, allowed] of [
      [authorize, 'POST', 'GET'],
      [tokenURL, 'GET', 'POST'],
      [userInfoURL, 'POST', 'GET'],
      [tokenInfoURL, 'DELETE', 'GET'],
      [revokeURL, 'GET', 'POST'],
    ] as const) {
      const response = await fetch(url, { method });
      expect([response.status, response.headers.get('allow')]).to.deep.equal([405, allowed]);
    }
  });

  it('answers 413 to a body over 64 KiB', async () => {
    const body = new URLSearchParams({ code: 'x'.repeat(65_536) });

    const response = await fetch(emulator().endpoints.tokenURL, { method: 'POST', body });

    expect(response.status).to.equal(413);
  });

  it('outlives a client that leaves in the middle of its request', async () => {
    const socket = connect(Number(new URL(emulator().endpoints.tokenURL).port), '127.0.0.1');
    socket.end('POST /oauth/business/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npart');
    socket.resume();
    await once(socket, 'close');

    expect((await fetch(authorizationURL(emulator()))).status).to.equal(200);
  });

  it('says so when what it was set to cannot be answered', async () => {
    emulator().app.redirectURIs.unshift('nowhere');

    const response = await decide(await openConsentScreen(emulator()), 'agree');

    expect(response.status).to.equal(500);
    expect(await response.text())
      .to.include('The emulator failed')
      .and.to.include('Invalid URL');
  });
});

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

describe('emulator, its sources', () => {
  it('import nothing but Node and one another, so that no idea about Kakao stands on both sides', () => {
    const folder = join(__dirname, '../../lib/emulator');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.ts'),
    );

    const imported = sources.flatMap(name =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /(?:from|import) '([^']+)'|import\('([^']+)'\)/g,
        ),
      ].map(([, module = '']) => ({ name, module })),
    );

    expect(imported.length).to.be.greaterThan(50);
    for (const { name, module } of imported) {
      const allowed = name.startsWith('pages')
        ? /^node:|^\.{1,2}\/[a-z-]+\.js$/
        : /^node:|^\.\/(?:pages\/)?[a-z-]+\.js$/;
      expect(module, name).to.match(allowed);
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: Partial<AddressInfo> = Object(server.address());
  server.close();
  await once(server, 'close');
  return port ?? 0;
}
