import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect } from 'chai';
import { KakaoBusinessClient, type KakaoBusinessRequestMessage } from '../../../lib/index.js';
import { useRealSockets } from '../../support/real-sockets.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE } from '../../support/secrets.js';
import { type LoopbackServer, startHttpServer } from '../../support/server.js';

const CHANNEL = 'passport-kakao-business:request';

describe(`The diagnostics channel ${CHANNEL}`, () => {
  useRealSockets();

  let server: LoopbackServer;
  const messages: unknown[] = [];
  const listen = (message: unknown) => messages.push(message);
  beforeEach(() => {
    messages.length = 0;
    subscribe(CHANNEL, listen);
  });
  afterEach(async () => {
    unsubscribe(CHANNEL, listen);
    await server.close();
  });

  type Act = (client: KakaoBusinessClient) => Promise<unknown>;
  const tokenInfo: Act = client => client.tokenInfo(ACCESS_TOKEN);
  const exchange: Act = client => client.exchangeCode({ code: CODE, redirectURI: 'https://example.com/cb' });
  const revoke: Act = client => client.revoke(ACCESS_TOKEN);
  const token = JSON.stringify({ access_token: ACCESS_TOKEN });

  type Message = Partial<KakaoBusinessRequestMessage>;
  const get: Message = { endpoint: 'tokeninfo', method: 'GET', attempt: 1, errorCode: undefined };
  const post: Message = { endpoint: 'token', method: 'POST', attempt: 1, errorCode: undefined };
  const table: [
    what: string,
    act: Act,
    respond: Parameters<typeof startHttpServer>[0],
    expected: Message[],
  ][] = [
    ['a success', exchange, (_, res) => res.end(token), [{ ...post, httpStatus: 200, outcome: 'ok' }]],
    [
      'a revocation',
      revoke,
      (_, res) => res.writeHead(204).end(),
      [
        {
          endpoint: 'revoke',
          method: 'POST',
          attempt: 1,
          httpStatus: 204,
          errorCode: undefined,
          outcome: 'ok',
        },
      ],
    ],
    [
      'an API error',
      exchange,
      (_, res) => res.writeHead(401).end('{"error":"invalid_client","error_code":"KOE010"}'),
      [{ ...post, httpStatus: 401, errorCode: 'KOE010', outcome: 'KAKAO_API_ERROR' }],
    ],
    [
      'an invalid response',
      tokenInfo,
      (_, res) => res.end('<html>'),
      [{ ...get, httpStatus: 200, outcome: 'KAKAO_INVALID_RESPONSE' }],
    ],
    ['a timeout', tokenInfo, () => {}, [{ ...get, httpStatus: undefined, outcome: 'KAKAO_TIMEOUT' }]],
    [
      'both attempts of a retried request',
      tokenInfo,
      (_, res, count) => (count === 1 ? res.writeHead(503).end() : res.end('{}')),
      [
        { ...get, httpStatus: 503, outcome: 'KAKAO_INVALID_RESPONSE' },
        { ...get, attempt: 2, httpStatus: 200, outcome: 'ok' },
      ],
    ],
    [
      'a dropped attempt and a timeout',
      tokenInfo,
      (req, _, count) => count === 1 && req.socket.destroy(),
      [
        { ...get, httpStatus: undefined, outcome: 'KAKAO_UNREACHABLE' },
        { ...get, attempt: 2, httpStatus: undefined, outcome: 'KAKAO_TIMEOUT' },
      ],
    ],
  ];
  for (const [what, act, respond, expected] of table) {
    it(`publishes ${what}`, async () => {
      server = await startHttpServer(respond);
      const timesOut = expected.some(({ outcome }) => outcome === 'KAKAO_TIMEOUT');
      const client = new KakaoBusinessClient({
        clientID: 'key',
        clientSecret: CLIENT_SECRET,
        ...(timesOut && { timeout: 500 }),
        ...server.endpoints,
      });

      await act(client).catch(() => {});
      await new Promise(resolve => setTimeout(resolve, 20));

      const durations = messages.map(message => Object(message).durationMs);
      for (const duration of durations) expect(duration).to.be.a('number').within(0, 5000);
      expect(messages.map(message => ({ ...Object(message), durationMs: undefined }))).to.deep.equal(
        expected.map(message => ({ ...message, durationMs: undefined })),
      );
    });
  }

  it('publishes no secrets', async () => {
    server = await startHttpServer((_, res) => res.end(token));
    const client = new KakaoBusinessClient({
      clientID: 'key',
      clientSecret: CLIENT_SECRET,
      ...server.endpoints,
    });
    await exchange(client);
    await tokenInfo(client);

    expect(messages).to.have.lengthOf(2);
    for (const secret of [CODE, ACCESS_TOKEN, CLIENT_SECRET, server.url])
      expect(JSON.stringify(messages)).not.to.include(secret);
  });
});
