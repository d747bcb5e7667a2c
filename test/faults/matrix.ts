import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';
import {
  KakaoBusinessApiError,
  KakaoBusinessNetworkError,
  KakaoBusinessResponseError,
  KakaoBusinessStrategy,
} from '../../lib/index.js';
import { authenticate, type Outcome, request, startLogin } from '../support/authenticate.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE } from '../support/secrets.js';
import { ENDPOINTS, type Ending, type Endpoint, type Fault, GOOD } from './faults.js';

/** Milliseconds for a request in the matrix. */
export const TIMEOUT = 400;

/** What one fault at one endpoint came to. */
export interface Result {
  ending: Ending;
  /** How long it took, in milliseconds. */
  milliseconds: number;
  /** Secrets that the outcome shows, anywhere. */
  shown: string[];
  /** What a login comes to after it, with the fault gone. */
  next: Ending;
  /** The most bytes that the faulty endpoint got rid of on one connection. */
  bytesTaken: number;
}

/** Lets a fault happen to a login, or to a revocation, over real sockets; then tries again without it. */
export async function suffer(fault: Fault, endpoint: Endpoint): Promise<Result> {
  const kakao = await startKakao(fault, endpoint);
  try {
    const started = performance.now();
    const { ending, shown } = await attempt(endpoint, kakao.options);
    const milliseconds = performance.now() - started;
    kakao.mend();
    const { ending: next } = await attempt(endpoint, kakao.options);
    return { ending, milliseconds, shown, next, bytesTaken: kakao.bytesTaken() };
  } finally {
    kakao.close();
  }
}

async function startKakao(fault: Fault, faulty: Endpoint) {
  let mended = false;
  let bytesTaken = 0;
  const sockets = new Set<Socket>();
  const server = createServer((req, res) => {
    const endpoint = ENDPOINTS.find(name => req.url === `/${name}`) ?? 'token';
    if (mended || endpoint !== faulty) return res.end(GOOD[endpoint]);
    req.socket.on('close', () => {
      bytesTaken = Math.max(bytesTaken, req.socket.bytesWritten);
    });
    return fault.answer(req.socket);
  });
  server.on('connection', socket => sockets.add(socket.on('error', () => {})));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = (endpoint: Endpoint) => `http://127.0.0.1:${port}/${endpoint}`;
  const elsewhere = await fault.elsewhere?.();
  const faultyURL = elsewhere?.url;
  const at = (endpoint: Endpoint) =>
    !mended && endpoint === faulty && faultyURL ? faultyURL : url(endpoint);
  return {
    options: () => ({
      tokenURL: at('token'),
      tokenInfoURL: at('tokeninfo'),
      userInfoURL: at('userinfo'),
      revokeURL: at('revoke'),
      ...(!mended && elsewhere?.agent && { agent: elsewhere.agent }),
    }),
    mend: () => {
      mended = true;
    },
    bytesTaken: () => bytesTaken,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      elsewhere?.close();
    },
  };
}

async function attempt(endpoint: Endpoint, urls: () => object): Promise<{ ending: Ending; shown: string[] }> {
  const strategy = new KakaoBusinessStrategy(
    {
      clientID: 'rest-api-key',
      clientSecret: CLIENT_SECRET,
      callbackURL: 'https://app.example.com/callback',
      timeout: TIMEOUT,
      ...urls(),
    },
    async (_accessToken, _refreshToken, profile) => ({ id: profile.id }),
  );
  if (endpoint === 'revoke') return revoke(strategy);
  const session = {};
  const state = await startLogin(strategy, session);
  return toEnding(await authenticate(strategy, request({ code: CODE, state }, session)));
}

const revoke = async ({ client }: KakaoBusinessStrategy) =>
  toEnding(
    await client.revoke(ACCESS_TOKEN).then(
      (): Outcome => ({ kind: 'success', user: {}, info: undefined }),
      (error: unknown): Outcome => ({ kind: 'error', error }),
    ),
  );

function toEnding(outcome: Outcome): { ending: Ending; shown: string[] } {
  const told = inspect(outcome, { depth: 12, showHidden: true }) + JSON.stringify(outcome);
  return {
    ending: endingOf(outcome),
    shown: [CODE, ACCESS_TOKEN, CLIENT_SECRET].filter(secret => told.includes(secret)),
  };
}

function endingOf(outcome: Outcome): Ending {
  if (outcome.kind === 'success') return 'ok';
  if (outcome.kind === 'fail') return 'fail';
  const { error } = outcome.kind === 'error' ? outcome : { error: undefined };
  if (error instanceof KakaoBusinessApiError) return 'refused';
  if (error instanceof KakaoBusinessResponseError) return 'unreadable';
  if (error instanceof KakaoBusinessNetworkError)
    return error.code === 'KAKAO_TIMEOUT' ? 'timeout' : 'unreachable';
  throw new Error('An ending that nobody foresaw', { cause: outcome });
}

/** The endpoints that a fault can happen at, each with the ending it has to come to. */
export const cellsOf = ({ ending }: Fault): [Endpoint, Ending][] =>
  ENDPOINTS.flatMap((endpoint): [Endpoint, Ending][] => {
    const expected = typeof ending === 'string' ? ending : ending[endpoint];
    return expected ? [[endpoint, expected]] : [];
  });

/** The faults and their endings as a table in Markdown, for people to read. */
export function toTable(faults: readonly Fault[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = faults.map(fault => {
    const endings = new Map(cellsOf(fault));
    return row([fault.name, ...ENDPOINTS.map(endpoint => endings.get(endpoint) ?? '')]);
  });
  return [row(['Kakao …', ...ENDPOINTS]), row(['---', ...ENDPOINTS.map(() => '---')]), ...rows].join('\n');
}
