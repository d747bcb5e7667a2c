import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { Browser } from '../support/browser.js';
import { agree } from './demo.js';

describe('demo: npm start', function () {
  this.timeout(60_000);

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

  const start = (env: Record<string, string> = {}) => {
    const { KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET, KAKAO_CALLBACK_URL, PORT, ...inherited } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', 'examples/demo/start.ts'], {
      cwd: path.join(__dirname, '../..'),
      env: { ...inherited, ...env },
    });
    closing.push(() => child.kill('SIGKILL'));
    return new Running(child);
  };

  it('prints both addresses and what to do, and a whole sign-in works there', async () => {
    const demo = start({ PORT: String(await freePort()) });
    await demo.prints(/Ctrl\+C/);
    const browser = new Browser();

    const consentScreen = await browser.open(`${demo.address('App')}/auth/kakao-business`);
    const page = await agree(browser, consentScreen);

    expect(consentScreen.url.origin).to.equal(demo.address('Emulator'));
    expect(page.text).to.include('haneul.kim@example.com');
    expect(demo.output)
      .to.include('카카오 비즈니스로 로그인')
      .and.include('Sign in with Kakao Business')
      .and.include('demo / open-sesame')
      .and.include(`오류 화면 (Problems)   ${demo.address('App')}/problems\n`)
      .and.not.match(/[\w-]{32}/, 'a token, a code or a secret');
  });

  it('answers also who comes before it is ready', async () => {
    const port = await freePort();
    start({ PORT: String(port) });

    const page = await untilOpen(() => new Browser().open(`http://localhost:${port}`));

    expect(page.status).to.equal(200);
  });

  for (const PORT of [' ', '0x10', '3e3', '-1', '65536', 'http']) {
    it(`takes digits for a port and nothing else: not "${PORT}"`, async () => {
      const demo = start({ PORT });

      expect(await demo.ended).to.deep.equal({ code: 1, signal: null });
      expect(demo.errors).to.equal(
        'PORT는 0부터 65535까지의 숫자여야 합니다. PORT has to be a number from 0 to 65535.\n',
      );
    });
  }

  for (const env of [{}, { KAKAO_REST_API_KEY: 'rest-api-key' }]) {
    const mode = 'KAKAO_REST_API_KEY' in env ? 'Kakao' : 'the emulator';

    it(`says that it may not have a port, with ${mode}`, async () => {
      const demo = start({ ...env, PORT: '80', NODE_OPTIONS: `--import=${listeningForbidden}` });

      expect(await demo.ended).to.deep.equal({ code: 1, signal: null });
      expect(demo.errors).to.equal(
        '80번 포트를 쓸 권한이 없습니다. PORT로 다른 포트를 정하세요.\nThere is no permission to use port 80. Set PORT to another one.\n',
      );
    });
  }

  it('takes another port when its own is taken, and says so', async () => {
    const taken = await takePort();

    const demo = start({ PORT: String(taken) });
    await demo.prints(/Ctrl\+C/);

    expect(demo.output).to.include(`Port ${taken} is taken; using another one.`);
    expect(demo.address('App')).not.to.equal(`http://localhost:${taken}`);
    expect((await new Browser().open(demo.address('App'))).status).to.equal(200);
  });

  it('has ports 3000 and 3001 where they are free', async () => {
    const demo = start();
    await demo.prints(/Ctrl\+C/);

    // Another program on this machine may have them while the tests run.
    expect(demo.output)
      .to.match(/\(App\) +http:\/\/localhost:3000\n|Port 3000 is taken; using another one\./)
      .and.match(/\(Emulator\) +http:\/\/127\.0\.0\.1:3001\n|Port 3001 is taken; using another one\./);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends cleanly at ${signal}, also with connections that are kept open`, async () => {
      const demo = start({ PORT: String(await freePort()) });
      await demo.prints(/Ctrl\+C/);
      const browser = new Browser();
      await agree(browser, await browser.open(`${demo.address('App')}/auth/kakao-business`));

      const exit = await demo.end(signal);

      expect(exit).to.deep.equal({ code: 0, signal: null });
      expect(demo.errors).to.equal('');
    });
  }

  describe('with KAKAO_REST_API_KEY', () => {
    const kakao = { KAKAO_REST_API_KEY: 'rest-api-key', KAKAO_CLIENT_SECRET: 'S3cret-of-ours' };

    it('talks to Kakao, starts no emulator and no tour, and says which redirect URIs to register', async () => {
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
      expect(startPage.html).not.to.include('/problems');
      expect(tour.status).to.equal(404);
      expect(demo.output)
        .to.include(`${origin}/auth/kakao-business/callback`)
        .and.include(`${origin}/connect/kakao-business/callback`)
        .and.not.include('Emulator')
        .and.not.include('S3cret-of-ours');
    });

    it('sends Kakao the callback URL it is given', async () => {
      const port = await freePort();
      const callbackURL = 'https://ads.example.com/auth/kakao-business/callback';
      const demo = start({ ...kakao, PORT: String(port), KAKAO_CALLBACK_URL: callbackURL });
      await demo.prints(/Ctrl\+C/);

      const redirect = await new Browser().visit(`http://localhost:${port}/auth/kakao-business`);

      const { searchParams } = new URL(redirect.headers.get('location') ?? '');
      expect(searchParams.get('redirect_uri')).to.equal(callbackURL);
      expect(demo.output).to.include('https://ads.example.com/connect/kakao-business/callback');
    });

    it('does not move to another port, which Kakao would not know', async () => {
      const taken = await takePort();

      const demo = start({ ...kakao, PORT: String(taken) });

      expect(await demo.ended).to.deep.equal({ code: 1, signal: null });
      expect(demo.errors).to.include(`Port ${taken} is taken.`).and.not.include('    at ');
    });

    it('wants a port that can be registered', async () => {
      const demo = start({ ...kakao, PORT: '0' });

      expect(await demo.ended).to.deep.equal({ code: 1, signal: null });
      expect(demo.errors).to.equal(
        'PORT는 1부터 65535까지의 숫자여야 합니다. PORT has to be a number from 1 to 65535.\n',
      );
    });

    for (const KAKAO_CALLBACK_URL of [
      'https://ads.example.com/callback',
      'ftp://ads.example.com/auth/kakao-business/callback',
      '/auth/kakao-business/callback',
    ]) {
      it(`says what a callback URL looks like: not like ${KAKAO_CALLBACK_URL}`, async () => {
        const demo = start({ ...kakao, KAKAO_CALLBACK_URL });

        expect(await demo.ended).to.deep.equal({ code: 1, signal: null });
        expect(demo.errors).to.equal(
          'KAKAO_CALLBACK_URL은 이런 주소여야 합니다. KAKAO_CALLBACK_URL has to look like this:\nhttps://example.com/auth/kakao-business/callback\n',
        );
      });
    }
  });
});

// Whether a port below 1024 may be had depends on the machine and the user: here, none may.
const listeningForbidden = `data:text/javascript,${encodeURIComponent(`
  import { Server } from 'node:net';
  Server.prototype.listen = function () {
    process.nextTick(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
    return this;
  };
`)}`;

/** Asks over and over, as long as nobody listens. */
async function untilOpen<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await wait(5);
    }
  }
}

/** The demo as a process of its own. */
class Running {
  output = '';
  errors = '';
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    this.ended = new Promise(resolve => {
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  /** Waits until the output matches. */
  prints(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => pattern.test(this.output) && resolve();
      this.#child.stdout?.on('data', look);
      look();
      this.ended.then(() => reject(new Error(`It ended before. ${this.output}${this.errors}`)));
    });
  }

  /** The address it printed beside a name. */
  address(name: string): string {
    return new RegExp(`\\(${name}\\) +(\\S+)`).exec(this.output)?.[1] ?? '';
  }

  end(signal: NodeJS.Signals): typeof this.ended {
    this.#child.kill(signal);
    return this.ended;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
