import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { createApp } from './app.js';
import { redirectURIs } from './passport.js';
import { demoUser } from './users.js';

const { KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET, KAKAO_CALLBACK_URL, PORT } = process.env;
const emulatorPort = 3001;

/** A reason to stop that whoever started the demo can do something about. */
class CannotStart extends Error {}

const server = createServer();

async function startWithEmulator(): Promise<void> {
  const port = await orAnother(toPort(0), listen);
  const origin = `http://localhost:${port}`;
  const starting = appWithEmulator(origin);
  // At once: the port is open, and a request that comes before the app is up waits for it.
  server.on('request', async (req, res) => (await starting).app(req, res));
  const { emulator } = await starting;
  stopOnSignal(() => emulator.close());
  console.log(`
애드데스크 데모, 로컬 카카오 에뮬레이터와 함께 (Ad Desk demo, with a local Kakao emulator)

  앱 (App)               ${origin}
  에뮬레이터 (Emulator)  ${new URL(emulator.endpoints.authorizationURL).origin}
  오류 화면 (Problems)   ${origin}/problems

1. 앱을 열고 "카카오 비즈니스로 로그인"을 누른 뒤, 동의 화면에서 테스트 사용자를 고르세요.
   Open the app, choose "Sign in with Kakao Business", and pick a test user on the consent screen.
2. 또는 ${demoUser.username} / ${demoUser.password} 로 로그인한 뒤 카카오 비즈니스를 연결하세요.
   Or sign in as ${demoUser.username} / ${demoUser.password}, and connect Kakao Business afterwards.

Ctrl+C로 끝냅니다. (Ctrl+C ends it.)
`);
}

async function appWithEmulator(origin: string) {
  const { signIn, connect } = redirectURIs(origin);
  const emulator = await orAnother(emulatorPort, port =>
    startKakaoBusinessEmulator({
      port,
      app: { name: '애드데스크 (Ad Desk)', redirectURIs: [signIn, connect] },
    }),
  );
  const { clientID, clientSecret } = emulator.app;
  const kakao = { clientID, clientSecret, ...emulator.endpoints };
  const app: RequestListener = await createApp({ origin, kakao, emulator, log: console.error });
  return { app, emulator };
}

async function startWithKakao(clientID: string): Promise<void> {
  // Not 0, which stands for any: Kakao sends browsers to a registered address.
  const port = toPort(1);
  // As browsers write it: without port 80.
  const local = new URL(`http://localhost:${port}`).origin;
  const callbackURL = KAKAO_CALLBACK_URL || redirectURIs(local).signIn;
  const origin = originOf(callbackURL);
  const { signIn, connect } = redirectURIs(origin);
  const kakao = { clientID, clientSecret: KAKAO_CLIENT_SECRET };
  server.on('request', await createApp({ origin, kakao, log: console.error }));
  await listen(port).catch(unlessTaken(port));
  stopOnSignal();
  console.log(`
애드데스크 데모, 카카오와 함께 (Ad Desk demo, with Kakao)

  앱 (App)     ${origin}
  포트 (Port)  ${port}

카카오디벨로퍼스에서 비즈니스 인증 Redirect URI로 두 주소를 모두 등록하세요.
Register both addresses at Kakao Developers as redirect URIs for Business Authentication:

  ${signIn}
  ${connect}

Ctrl+C로 끝냅니다. (Ctrl+C ends it.)
`);
}

function toPort(lowest: number): number {
  const text = PORT || '3000';
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= lowest && port <= 65_535) return port;
  throw new CannotStart(
    `PORT는 ${lowest}부터 65535까지의 숫자여야 합니다. PORT has to be a number from ${lowest} to 65535.`,
  );
}

/** Listens on this machine only: the demo tells everybody its password. */
async function listen(port: number): Promise<number> {
  server.listen(port, 'localhost');
  await once(server, 'listening').catch(unlessForbidden(port));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

async function orAnother<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE')) throw error;
    console.log(
      `${port}번 포트는 이미 쓰이고 있어서 다른 포트를 씁니다. (Port ${port} is taken; using another one.)`,
    );
    return start(0);
  }
}

// Kakao sends browsers to a registered address and to no other, so the app cannot move.
const unlessTaken = (port: number) => (error: unknown) => {
  if (!hasCode(error, 'EADDRINUSE')) throw error;
  throw new CannotStart(
    `${port}번 포트는 이미 쓰이고 있습니다. PORT로 다른 포트를 정하고 Redirect URI도 함께 바꾸세요.
Port ${port} is taken. Set PORT to another one, and change the redirect URIs along with it.`,
  );
};

const unlessForbidden = (port: number) => (error: unknown) => {
  if (!hasCode(error, 'EACCES')) throw error;
  throw new CannotStart(
    `${port}번 포트를 쓸 권한이 없습니다. PORT로 다른 포트를 정하세요.
There is no permission to use port ${port}. Set PORT to another one.`,
  );
};

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

function originOf(callbackURL: string): string {
  const { protocol, origin } = new URL(URL.canParse(callbackURL) ? callbackURL : 'about:blank');
  if (/^https?:$/.test(protocol) && redirectURIs(origin).signIn === callbackURL) return origin;
  throw new CannotStart(
    `KAKAO_CALLBACK_URL은 이런 주소여야 합니다. KAKAO_CALLBACK_URL has to look like this:
${redirectURIs('https://example.com').signIn}`,
  );
}

function stopOnSignal(stopMore?: () => Promise<void>): void {
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await stopMore?.();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

const starting = KAKAO_REST_API_KEY ? startWithKakao(KAKAO_REST_API_KEY) : startWithEmulator();
starting.catch((error: unknown) => {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
});
