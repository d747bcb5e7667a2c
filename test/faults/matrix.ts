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

/** Timeout (ms) of a request that is expected to time out. */
const TIMEOUT = 400;

/** Timeout (ms) of any other request: other tests may be using the processors. */
export const LONG_TIMEOUT = 4000;

/** The result of one fault at one endpoint. */
export interface Result {
  ending: Ending;
  /** How long it took, in milliseconds. */
  milliseconds: number;
  /** The secrets that appear anywhere in the outcome. */
  shown: string[];
  /** How the next one ends, without the fault. */
  next: Ending;
  /** The most bytes that the faulty endpoint sent on one connection. */
  bytesSent: number;
}

/** Runs a login, a revocation or an ad request with a fault, over real sockets, and then another one without it. */
export async function runFault(fault: Fault, endpoint: Endpoint): Promise<Result> {
  const kakao = await startKakao(fault, endpoint);
  try {
    const started = performance.now();
    const timesOut = cellsOf(fault).some(([name, expected]) => name === endpoint && expected === 'timeout');
    const timeout = timesOut ? TIMEOUT : LONG_TIMEOUT;
    const { ending, shown } = await attempt(endpoint, kakao.options, timeout);
    const milliseconds = performance.now() - started;
    kakao.repair();
    const { ending: next } = await attempt(endpoint, kakao.options, LONG_TIMEOUT);
    return { ending, milliseconds, shown, next, bytesSent: kakao.bytesSent() };
  } finally {
    kakao.close();
  }
}

async function startKakao(fault: Fault, faulty: Endpoint) {
  let repaired = false;
  let bytesSent = 0;
  const sockets = new Set<Socket>();
  const server = createServer((req, res) => {
    const endpoint = ENDPOINTS.find(name => req.url?.split('/')[1] === name) ?? 'token';
    if (repaired || endpoint !== faulty) return res.end(GOOD[endpoint]);
    req.socket.on('close', () => {
      bytesSent = Math.max(bytesSent, req.socket.bytesWritten);
    });
    return fault.respond(req.socket);
  });
  server.on('connection', socket => sockets.add(socket.on('error', () => {})));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = (endpoint: Endpoint) => `http://127.0.0.1:${port}/${endpoint}`;
  const elsewhere = await fault.elsewhere?.();
  const faultyURL = elsewhere?.url;
  const at = (endpoint: Endpoint) =>
    !repaired && endpoint === faulty && faultyURL ? faultyURL : url(endpoint);
  return {
    options: () => ({
      tokenURL: at('token'),
      tokenInfoURL: at('tokeninfo'),
      userInfoURL: at('userinfo'),
      revokeURL: at('revoke'),
      momentURL: at('moment'),
      keywordAdURL: at('keywordAd'),
      ...(!repaired && elsewhere?.agent && { agent: elsewhere.agent }),
    }),
    repair: () => {
      repaired = true;
    },
    bytesSent: () => bytesSent,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      elsewhere?.close();
    },
  };
}

async function attempt(
  endpoint: Endpoint,
  urls: () => object,
  timeout: number,
): Promise<{ ending: Ending; shown: string[] }> {
  const strategy = new KakaoBusinessStrategy(
    {
      clientID: 'rest-api-key',
      clientSecret: CLIENT_SECRET,
      callbackURL: 'https://app.example.com/callback',
      timeout,
      ...urls(),
    },
    async (_accessToken, _refreshToken, profile) => ({ id: profile.id }),
  );
  const { client } = strategy;
  if (endpoint === 'revoke') return toEnding(await outcomeOf(client.revoke(ACCESS_TOKEN)));
  if (endpoint === 'moment' || endpoint === 'keywordAd')
    return toEnding(await outcomeOf(client[endpoint](ACCESS_TOKEN, '/campaigns', { adAccountID: '11' })));
  const session = {};
  const state = await startLogin(strategy, session);
  return toEnding(await authenticate(strategy, request({ code: CODE, state }, session)));
}

const outcomeOf = (request: Promise<unknown>): Promise<Outcome> =>
  request.then(
    (): Outcome => ({ kind: 'success', user: {}, info: undefined }),
    (error: unknown): Outcome => ({ kind: 'error', error }),
  );

function toEnding(outcome: Outcome): { ending: Ending; shown: string[] } {
  const shown = inspect(outcome, { depth: 12, showHidden: true }) + JSON.stringify(outcome);
  return {
    ending: endingOf(outcome),
    shown: [CODE, ACCESS_TOKEN, CLIENT_SECRET].filter(secret => shown.includes(secret)),
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
  throw new Error('Unexpected outcome', { cause: outcome });
}

/** The endpoints that a fault is tested at, each with its expected ending. */
export const cellsOf = ({ ending }: Fault): [Endpoint, Ending][] =>
  ENDPOINTS.flatMap((endpoint): [Endpoint, Ending][] => {
    const expected = typeof ending === 'string' ? ending : ending[endpoint];
    return expected ? [[endpoint, expected]] : [];
  });
