import { Console } from 'node:console';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { KakaoBusinessClientOptions, KakaoBusinessFetch } from 'passport-kakao-business';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { createApp } from './app.js';
import { redirectURIs } from './passport.js';
import { type SetupStep, setupSteps } from './setup-steps.js';
import { demoUser, type PasswordCost } from './users.js';

const emulatorPort = 3001;

/** The parts of the process that the demo uses. */
export interface DemoIO {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** Settings for tests; `npm start` uses the defaults. */
export interface DemoSettings {
  /** The cost of hashing a password; `strongPasswordCost` by default. */
  passwordCost?: PasswordCost;
  /** Replaces the network between the app and Kakao. */
  fetch?: KakaoBusinessFetch;
}

/**
 * Runs the demo until a signal ends it.
 *
 * @returns the exit code.
 */
export async function main(env: NodeJS.ProcessEnv, io: DemoIO, settings: DemoSettings = {}): Promise<number> {
  const console = new Console(io.stdout, io.stderr);
  const demo = new Demo(env, console, settings);
  try {
    const introduction = await demo.start();
    const signal = nextSignal(io);
    console.log(introduction);
    await signal;
    return 0;
  } catch (error) {
    console.error(error instanceof CannotStart ? error.message : error);
    return 1;
  } finally {
    await demo.stop();
  }
}

/** A mistake in the settings; its message is printed as it is. */
class CannotStart extends Error {}

class Demo {
  readonly #env: NodeJS.ProcessEnv;
  readonly #console: Console;
  readonly #settings: DemoSettings;
  readonly #server = createServer();
  #emulator: KakaoBusinessEmulator | undefined;

  constructor(env: NodeJS.ProcessEnv, console: Console, settings: DemoSettings) {
    this.#env = env;
    this.#console = console;
    this.#settings = settings;
  }

  /** @returns the text to print. */
  start(): Promise<string> {
    const { KAKAO_REST_API_KEY } = this.#env;
    return KAKAO_REST_API_KEY ? this.#startWithKakao(KAKAO_REST_API_KEY) : this.#startWithEmulator();
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#emulator?.close();
  }

  async #startWithEmulator(): Promise<string> {
    const port = await this.#orAnother(toPort(this.#env, 0), wanted => this.#listen(wanted));
    const origin = `http://localhost:${port}`;
    const starting = this.#appWithEmulator(origin);
    // Attach at once: the port is open, and early requests wait for the app.
    this.#server.on('request', (req, res) =>
      starting.then(
        ({ app }) => app(req, res),
        () => res.destroy(),
      ),
    );
    const { emulator } = await starting;
    return `
애드데스크 데모: 로컬 카카오 에뮬레이터 사용 (Ad Desk demo, with a local Kakao emulator)

  앱 (App)               ${origin}
  에뮬레이터 (Emulator)  ${new URL(emulator.endpoints.authorizationURL).origin}
  개발자 패널 (Panel)    ${new URL('/emulator', emulator.endpoints.authorizationURL)}
  오류 화면 (Problems)   ${origin}/problems
  내 앱 키 (Own keys)    ${origin}/own-keys

1. 앱을 열고 "카카오 비즈니스로 로그인"을 누른 뒤, 동의 화면에서 테스트 사용자를 고르세요.
   Open the app, choose "Sign in with Kakao Business", and pick a test user on the consent screen.
2. 또는 ${demoUser.username} / ${demoUser.password} 로 로그인한 뒤 카카오 비즈니스를 연결하세요.
   Or sign in as ${demoUser.username} / ${demoUser.password}, and connect Kakao Business afterwards.

Ctrl+C로 종료합니다. (Ctrl+C ends it.)
`;
  }

  async #appWithEmulator(origin: string) {
    const { signIn, connect } = redirectURIs(origin);
    const emulator = await this.#orAnother(emulatorPort, port =>
      startKakaoBusinessEmulator({
        port,
        app: { name: '애드데스크 (Ad Desk)', redirectURIs: [signIn, connect] },
      }),
    );
    this.#emulator = emulator;
    const { clientID, clientSecret } = emulator.app;
    const app = await this.#createApp(origin, { clientID, clientSecret, ...emulator.endpoints }, emulator);
    return { app, emulator };
  }

  async #startWithKakao(clientID: string): Promise<string> {
    const { KAKAO_CLIENT_SECRET: clientSecret, KAKAO_CALLBACK_URL } = this.#env;
    // Not 0, a random port: Kakao redirects to registered URIs only.
    const port = toPort(this.#env, 1);
    // As browsers write it, without port 80.
    const local = new URL(`http://localhost:${port}`).origin;
    const callbackURL = KAKAO_CALLBACK_URL || redirectURIs(local).signIn;
    const origin = originOf(callbackURL);
    requireKey('KAKAO_REST_API_KEY', clientID);
    if (clientSecret) requireKey('KAKAO_CLIENT_SECRET', clientSecret);
    this.#server.on('request', await this.#createApp(origin, { clientID, clientSecret }));
    await this.#listen(port).catch(unlessTaken(port));
    return `
애드데스크 데모: 실제 카카오 사용 (Ad Desk demo, with Kakao)

  앱 (App)     ${origin}
  포트 (Port)  ${port}

카카오디벨로퍼스에서 다음을 설정하세요. 괄호 안은 건너뛰었을 때의 오류 코드입니다.
Set these up at Kakao Developers. The codes are the errors of Kakao if you skip one.

${setupSteps(origin).map(toLines).join('\n')}
${clientSecret ? '' : withoutSecret}
Ctrl+C로 종료합니다. (Ctrl+C ends it.)
`;
  }

  #createApp(
    origin: string,
    kakao: KakaoBusinessClientOptions,
    emulator?: KakaoBusinessEmulator,
  ): Promise<RequestListener> {
    const { fetch, passwordCost } = this.#settings;
    const log = (message: string): void => this.#console.error(message);
    return createApp({ origin, kakao: { ...kakao, fetch }, emulator, log, passwordCost });
  }

  /** Listens on loopback only, because the demo shows its password. */
  async #listen(port: number): Promise<number> {
    this.#server.listen(port, 'localhost');
    await once(this.#server, 'listening').catch(unlessForbidden(port));
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async #orAnother<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
    try {
      return await start(port);
    } catch (error) {
      if (!hasCode(error, 'EADDRINUSE')) throw error;
      this.#console.log(
        `${port}번 포트는 이미 사용 중이어서 다른 포트를 사용합니다. (Port ${port} is taken; using another one.)`,
      );
      return start(0);
    }
  }
}

const toLines = ({ what, where, values = [], codes }: SetupStep, index: number): string =>
  [
    `${index + 1}. ${what.ko} (${codes.join(', ')})`,
    `   ${what.en}`,
    ...(where ? [`   ${where.ko} (${where.en})`] : []),
    ...values.map(value => `     ${value}`),
  ].join('\n');

const withoutSecret = `
KAKAO_CLIENT_SECRET이 없습니다. 클라이언트 시크릿 기능을 껐을 때만 생략할 수 있습니다.
KAKAO_CLIENT_SECRET is not set. That is right only if the Client secret feature is off.
`;

function requireKey(name: string, key: string): void {
  // Without the value: a terminal may be recorded.
  if (/^[\x21-\x7e]+$/.test(key)) return;
  throw new CannotStart(
    `${name}에 공백이나 줄바꿈, 또는 키에 쓰지 않는 글자가 있습니다. 카카오디벨로퍼스에서 다시 복사하세요.
${name} has white space or a character that is in no key. Copy it from Kakao Developers again.`,
  );
}

function toPort({ PORT }: NodeJS.ProcessEnv, lowest: number): number {
  const text = PORT || '3000';
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= lowest && port <= 65_535) return port;
  throw new CannotStart(
    `PORT는 ${lowest}부터 65535까지의 숫자여야 합니다. PORT has to be a number from ${lowest} to 65535.`,
  );
}

// Kakao redirects to registered URIs only, so the app cannot use another port.
const unlessTaken = (port: number) => (error: unknown) => {
  if (!hasCode(error, 'EADDRINUSE')) throw error;
  throw new CannotStart(
    `${port}번 포트는 이미 사용 중입니다. PORT에 다른 포트를 지정하고 리다이렉트 URI도 함께 바꾸세요.
Port ${port} is taken. Set PORT to another one, and change the redirect URIs along with it.`,
  );
};

const unlessForbidden = (port: number) => (error: unknown) => {
  if (!hasCode(error, 'EACCES')) throw error;
  throw new CannotStart(
    `${port}번 포트를 쓸 권한이 없습니다. PORT에 다른 포트를 지정하세요.
There is no permission to use port ${port}. Set PORT to another one.`,
  );
};

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

function originOf(callbackURL: string): string {
  const { protocol, origin } = new URL(URL.canParse(callbackURL) ? callbackURL : 'about:blank');
  if (/^https?:$/.test(protocol) && redirectURIs(origin).signIn === callbackURL) return origin;
  throw new CannotStart(
    `KAKAO_CALLBACK_URL은 다음과 같은 형식이어야 합니다. KAKAO_CALLBACK_URL has to look like this:
${redirectURIs('https://example.com').signIn}`,
  );
}

const nextSignal = (io: DemoIO): Promise<void> =>
  new Promise(resolve => {
    io.once('SIGINT', resolve);
    io.once('SIGTERM', resolve);
  });

// Tests call main() in their own process.
if (require.main === module) {
  main(process.env, process).then(code => {
    process.exitCode = code;
  });
}
