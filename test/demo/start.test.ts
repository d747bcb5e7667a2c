import crypto from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { type DemoSettings, main } from '../../examples/demo/start.js';
import { demoUser } from '../../examples/demo/users.js';
import { Browser } from '../support/browser.js';
import { type Program, runHere } from '../support/program.js';
import { agree, cheapPasswordCost } from './demo.js';

describe('demo: npm start', () => {
  const closing: (() => unknown)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const takePort = async (): Promise<number> => {
    const server = createServer();
    server.listen(0, 'localhost');
    await once(server, 'listening');
    closing.push(() => server.close());
    return portOf(server);
  };

  const freePort = async (): Promise<number> => {
    const port = await takePort();
    await closing.pop()?.();
    return port;
  };

  // No test may reach Kakao: with a custom fetch, the app does not preconnect either.
  const fetch = async (): Promise<never> => {
    throw new Error('A request to Kakao');
  };

  const start = (
    env: NodeJS.ProcessEnv = {},
    settings: DemoSettings = { passwordCost: cheapPasswordCost, ...(env['KAKAO_REST_API_KEY'] && { fetch }) },
  ): Program => {
    const demo = runHere(io => main(env, io, settings));
    closing.push(() => demo.end('SIGTERM'));
    return demo;
  };

  /** Records the cost of each hash, and makes it a cheap one once it may begin. */
  const recordHashes = (mayBegin: Promise<unknown> = Promise.resolve()): crypto.ScryptOptions[] => {
    const costs: crypto.ScryptOptions[] = [];
    const { scrypt } = crypto;
    const cheap = async (...[password, salt, length, cost, done]: Parameters<ScryptWithCost>) => {
      costs.push(cost);
      await mayBegin;
      scrypt(password, salt, length, cheapPasswordCost, done);
    };
    Object.assign(crypto, { scrypt: cheap });
    closing.push(() => Object.assign(crypto, { scrypt }));
    return costs;
  };

  it('prints the addresses of a working app and emulator', async () => {
    const demo = start({ PORT: String(await freePort()) });
    await demo.prints(/Ctrl\+C/);
    const browser = new Browser();

    const consentScreen = await browser.open(`${addressIn(demo, 'App')}/auth/kakao-business`);
    const page = await agree(browser, consentScreen);

    expect(consentScreen.url.origin).to.equal(addressIn(demo, 'Emulator'));
    expect(page.text).to.include('haneul.kim@example.com');
    expect(demo.stdout)
      .to.include('카카오 비즈니스로 로그인')
      .and.include('Sign in with Kakao Business')
      .and.include('demo / open-sesame')
      .and.include(`개발자 패널 (Panel)    ${addressIn(demo, 'Emulator')}/emulator\n`)
      .and.include(`오류 화면 (Problems)   ${addressIn(demo, 'App')}/problems\n`)
      .and.include(`내 앱 키 (Own keys)    ${addressIn(demo, 'App')}/own-keys\n`)
      .and.not.match(/[\w-]{32}/, 'a token, a code or a secret');
  });

  it('serves requests that arrive before it is ready', async () => {
    const port = await freePort();
    recordHashes(nextRequest());
    const demo = start({ PORT: String(port) });

    const page = await untilOpen(() => new Browser().open(`http://localhost:${port}`));

    expect(page.status).to.equal(200);
    await demo.prints(/Ctrl\+C/);
  });

  it('hashes passwords with the strong cost', async () => {
    const costs = recordHashes();
    const demo = start({ PORT: String(await freePort()) }, {});
    await demo.prints(/Ctrl\+C/);
    const browser = new Browser();

    const profile = await browser.submit(await browser.open(addressIn(demo, 'App')), '/login', demoUser);

    expect(profile.url.pathname).to.equal('/profile');
    const strong = { N: 16_384, r: 8, p: 5 };
    expect(costs).to.deep.equal([strong, strong]);
  });

  for (const PORT of [' ', '0x10', '3e3', '-1', '65536', 'http']) {
    it(`rejects "${PORT}" as a port`, async () => {
      const demo = start({ PORT });

      const { code, stderr } = await demo.ended();

      expect(code).to.equal(1);
      expect(stderr).to.equal(
        'PORT는 0부터 65535까지의 숫자여야 합니다. PORT has to be a number from 0 to 65535.\n',
      );
    });
  }

  for (const env of [{}, { KAKAO_REST_API_KEY: 'rest-api-key' }]) {
    const mode = 'KAKAO_REST_API_KEY' in env ? 'Kakao' : 'the emulator';

    it(`says that a port is forbidden, with ${mode}`, async () => {
      closing.push(forbidListening());
      const demo = start({ ...env, PORT: '80' });

      const { code, stderr } = await demo.ended();

      expect(code).to.equal(1);
      expect(stderr).to.equal(
        '80번 포트를 쓸 권한이 없습니다. PORT에 다른 포트를 지정하세요.\nThere is no permission to use port 80. Set PORT to another one.\n',
      );
    });
  }

  it('uses another port when its own is taken, and says so', async () => {
    const taken = await takePort();

    const demo = start({ PORT: String(taken) });
    await demo.prints(/Ctrl\+C/);

    expect(demo.stdout).to.include(`Port ${taken} is taken; using another one.`);
    expect(addressIn(demo, 'App')).not.to.equal(`http://localhost:${taken}`);
    expect((await new Browser().open(addressIn(demo, 'App'))).status).to.equal(200);
  });

  it('uses ports 3000 and 3001 if they are free', async () => {
    const demo = start();
    await demo.prints(/Ctrl\+C/);

    // Another program may use them while the tests run.
    expect(demo.stdout)
      .to.match(/\(App\) +http:\/\/localhost:3000\n|Port 3000 is taken; using another one\./)
      .and.match(/\(Emulator\) +http:\/\/127\.0\.0\.1:3001\n|Port 3001 is taken; using another one\./);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`exits cleanly on ${signal} with open connections`, async () => {
      const demo = start({ PORT: String(await freePort()) });
      await demo.prints(/Ctrl\+C/);
      const browser = new Browser();
      await agree(browser, await browser.open(`${addressIn(demo, 'App')}/auth/kakao-business`));

      const { code, stderr } = await demo.end(signal);

      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      for (const name of ['App', 'Emulator'])
        expect(await browser.open(addressIn(demo, name)).catch(() => 'refused')).to.equal('refused');
    });
  }

  describe('with KAKAO_REST_API_KEY', () => {
    const kakao = { KAKAO_REST_API_KEY: 'rest-api-key', KAKAO_CLIENT_SECRET: 'S3cret-of-ours' };

    it('uses Kakao, without emulator and tour', async () => {
      const port = await freePort();
      const demo = start({ ...kakao, PORT: String(port) });
      await demo.prints(/Ctrl\+C/);
      const origin = `http://localhost:${port}`;

      const redirect = await new Browser().visit(`${origin}/auth/kakao-business`);
      const startPage = await new Browser().open(origin);
      const tour = await new Browser().open(`${origin}/problems`);

      const { host, searchParams } = new URL(redirect.headers.get('location') ?? '');
      expect(host).to.equal('kauth.kakao.com');
      expect(searchParams.get('client_id')).to.equal('rest-api-key');
      expect(searchParams.get('redirect_uri')).to.equal(`${origin}/auth/kakao-business/callback`);
      expect(startPage.html).not.to.match(/\/problems|\/own-keys|\/emulator/);
      expect(tour.status).to.equal(404);
    });

    it('lists what to set up at Kakao, in both languages', async () => {
      const demo = start({
        ...kakao,
        PORT: String(await freePort()),
        KAKAO_CALLBACK_URL: 'https://ads.example.com/auth/kakao-business/callback',
      });
      await demo.prints(/Ctrl\+C/);

      const steps = demo.stdout.match(/^\d\. .*(?:\n {3}.*)*/gm) ?? [];
      expect(steps.map(step => /\(([^()]*)\)\n/.exec(step)?.[1])).to.deep.equal([
        'KOE123',
        'KOE124, -5',
        'KOE028',
        'KOE010',
        'KOE232',
        'KOE025, KOE027, KOE005',
      ]);
      for (const step of steps) expect(step).to.match(/^\d\. .*[가-힣].*\n {3}[A-Z][^가-힣]*\.$/m);
      expect(steps[2])
        .to.include('     https://ads.example.com/auth/kakao-business/callback\n')
        .and.include('     https://ads.example.com/connect/kakao-business/callback')
        .and.include('앱 > 플랫폼 키 > REST API 키 (App > Platform key > REST API key)');
      expect(steps[4]).to.include('biz_account_email').and.include('moment_management');
      expect(demo.stdout)
        .to.not.include('Emulator')
        .and.not.include('S3cret-of-ours')
        .and.not.include('rest-api-key')
        .and.not.include('KAKAO_CLIENT_SECRET is not set');
    });

    it('says so if there is no secret', async () => {
      const demo = start({ KAKAO_REST_API_KEY: 'rest-api-key', PORT: String(await freePort()) });
      await demo.prints(/Ctrl\+C/);

      expect(demo.stdout).to.include('KAKAO_CLIENT_SECRET is not set.');
    });

    for (const [name, value] of [
      ['KAKAO_REST_API_KEY', 'rest api key'],
      ['KAKAO_REST_API_KEY', 'rest-api-key\n'],
      ['KAKAO_REST_API_KEY', '…'],
      ['KAKAO_CLIENT_SECRET', ' S3cret-of-ours'],
    ] as const) {
      it(`rejects ${JSON.stringify(value)} as ${name}, with a sentence`, async () => {
        const demo = start({ ...kakao, [name]: value });

        const { code, stderr } = await demo.ended();

        expect(code).to.equal(1);
        expect(stderr).to.equal(
          `${name}에 공백이나 줄바꿈, 또는 키에 쓰지 않는 글자가 있습니다. 카카오디벨로퍼스에서 다시 복사하세요.\n${name} has white space or a character that is in no key. Copy it from Kakao Developers again.\n`,
        );
      });
    }

    it('sends Kakao the given callback URL', async () => {
      const port = await freePort();
      const callbackURL = 'https://ads.example.com/auth/kakao-business/callback';
      const demo = start({ ...kakao, PORT: String(port), KAKAO_CALLBACK_URL: callbackURL });
      await demo.prints(/Ctrl\+C/);

      const redirect = await new Browser().visit(`http://localhost:${port}/auth/kakao-business`);

      const { searchParams } = new URL(redirect.headers.get('location') ?? '');
      expect(searchParams.get('redirect_uri')).to.equal(callbackURL);
      expect(demo.stdout).to.include('https://ads.example.com/connect/kakao-business/callback');
    });

    it('does not switch to another port, which is not registered', async () => {
      const taken = await takePort();

      const demo = start({ ...kakao, PORT: String(taken) });

      const { code, stderr } = await demo.ended();

      expect(code).to.equal(1);
      expect(stderr).to.include(`Port ${taken} is taken.`).and.not.include('    at ');
    });

    it('requires a port that can be registered', async () => {
      const demo = start({ ...kakao, PORT: '0' });

      const { code, stderr } = await demo.ended();

      expect(code).to.equal(1);
      expect(stderr).to.equal(
        'PORT는 1부터 65535까지의 숫자여야 합니다. PORT has to be a number from 1 to 65535.\n',
      );
    });

    for (const KAKAO_CALLBACK_URL of [
      'https://ads.example.com/callback',
      'ftp://ads.example.com/auth/kakao-business/callback',
      '/auth/kakao-business/callback',
    ]) {
      it(`rejects the callback URL ${KAKAO_CALLBACK_URL}`, async () => {
        const demo = start({ ...kakao, KAKAO_CALLBACK_URL });

        const { code, stderr } = await demo.ended();

        expect(code).to.equal(1);
        expect(stderr).to.equal(
          'KAKAO_CALLBACK_URL은 다음과 같은 형식이어야 합니다. KAKAO_CALLBACK_URL has to look like this:\nhttps://example.com/auth/kakao-business/callback\n',
        );
      });
    }
  });
});

type ScryptWithCost = (
  password: crypto.BinaryLike,
  salt: crypto.BinaryLike,
  length: number,
  cost: crypto.ScryptOptions,
  done: (error: Error | null, hash: Buffer) => void,
) => void;

/**
 * Forbids every port: whether ports below 1024 are allowed depends on the machine and the user.
 *
 * @returns a function that undoes it.
 */
function forbidListening(): () => void {
  const { listen } = Server.prototype;
  Object.assign(Server.prototype, {
    listen(this: Server) {
      process.nextTick(() =>
        this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })),
      );
      return this;
    },
  });
  return () => Object.assign(Server.prototype, { listen });
}

/** Waits until a server of this process gets a request. */
function nextRequest(): Promise<void> {
  const requests = channel('http.server.request.start');
  return new Promise(resolve => {
    const hear = (): void => {
      requests.unsubscribe(hear);
      resolve();
    };
    requests.subscribe(hear);
  });
}

/** Repeats a request until the server listens. */
async function untilOpen<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await wait(5);
    }
  }
}

/** The address that the demo printed next to a name. */
const addressIn = ({ stdout }: Program, name: string): string =>
  new RegExp(`\\(${name}\\) +(\\S+)`).exec(stdout)?.[1] ?? '';

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
