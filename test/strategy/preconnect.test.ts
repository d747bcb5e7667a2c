import { createHook } from 'node:async_hooks';
import type { RequestListener } from 'node:http';
import { Agent } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import nock from 'nock';
import { KakaoBusinessNetworkError, type KakaoBusinessStrategyOptions } from '../../lib/index.js';
import { keepAliveAgent, noKeepAliveAgent } from '../../lib/kakao/http/agents.js';
import { authenticate, request, startLogin } from '../support/authenticate.js';
import { pretendBun } from '../support/bun.js';
import { eventually } from '../support/eventually.js';
import { TOKEN_INFO, TOKEN_RESPONSE, USER_INFO } from '../support/kakao.js';
import { type KakaoOverTLS, startKakaoOverTLS } from '../support/kakao-over-tls.js';
import { useLookups } from '../support/lookups.js';
import { CODE } from '../support/secrets.js';
import { freePort, startRawServer } from '../support/server.js';
import { createStrategy, USER } from '../support/strategy.js';
import type { TLSServer } from '../support/tls-server.js';

describe('The connections of a login', () => {
  before(() => nock.restore());
  after(() => nock.activate());

  let kakao: KakaoOverTLS;
  let kauth: TLSServer;
  let kapi: TLSServer;
  let respondToToken: RequestListener;
  beforeEach(async () => {
    respondToToken = (_request, response) => response.end(JSON.stringify(TOKEN_RESPONSE));
    kakao = await startKakaoOverTLS({
      kauth: (req, res) => respondToToken(req, res),
      kapi: ({ url }, res) => res.end(JSON.stringify(url === '/tokeninfo' ? TOKEN_INFO : USER_INFO)),
    });
    ({ kauth, kapi } = kakao);
    for (const { options } of ourAgents()) options.ca = kauth.ca; // as NODE_EXTRA_CA_CERTS does
  });
  afterEach(async () => {
    for (const agent of ourAgents()) {
      delete agent.options.ca;
      agent.destroy();
    }
    await kakao.close();
  });

  const ourAgents = () => [keepAliveAgent, noKeepAliveAgent].map(pick => pick('https://localhost') as Agent);
  const strategyWith = (options: Partial<KakaoBusinessStrategyOptions> = {}) =>
    createStrategy({ ...kakao.endpoints, preconnect: undefined, ...options });
  const opened = () => kakao.opened();
  const asked = () => kakao.asked();

  it('are open before the user returns, without a request to Kakao', async () => {
    const strategy = strategyWith();
    const session = {};

    const state = await startLogin(strategy, session);
    await eventually(() => `${opened()}` === '1,2');
    expect(asked()).to.deep.equal([0, 0]);

    expect(await authenticate(strategy, request({ code: CODE, state }, session))).to.include({ user: USER });
    expect([opened(), asked()]).to.deep.equal([
      [1, 2],
      [1, 2],
    ]);
  });

  it('are the same three for 20 logins in a row', async () => {
    const strategy = strategyWith();

    for (let count = 0; count < 20; count++) {
      const session = {};
      const state = await startLogin(strategy, session);
      await authenticate(strategy, request({ code: CODE, state }, session));
    }

    expect([opened(), asked()]).to.deep.equal([
      [1, 2],
      [20, 40],
    ]);
  });

  it('are at most three for 20 users on the consent screen', async () => {
    const strategy = strategyWith();

    await Promise.all(Array.from({ length: 20 }, () => startLogin(strategy, {})));

    await eventually(() => `${opened()}` === '1,2');
  });

  it('are opened again for the profile during the token request', async () => {
    const strategy = strategyWith();
    const session = {};
    const state = await startLogin(strategy, session);
    await eventually(() => `${opened()}` === '1,2');
    for (const server of [kauth, kapi]) server.hangUp();
    await eventually(async () => (await kauth.open()) + (await kapi.open()) === 0);

    respondToToken = async (_request, response) => {
      await eventually(() => `${opened()}` === '2,4'); // both for the profile are open before the token response
      response.end(JSON.stringify(TOKEN_RESPONSE));
    };

    expect(await authenticate(strategy, request({ code: CODE, state }, session))).to.include({ user: USER });
    expect(opened()).to.deep.equal([2, 4]);
  });

  it('do not fail a login if they break on their first request', async () => {
    const strategy = strategyWith();
    const session = {};
    const state = await startLogin(strategy, session);
    await eventually(() => `${opened()}` === '1,2');

    respondToToken = (req, res) => {
      if (kauth.requests === 1) req.socket.destroy();
      else res.end(JSON.stringify(TOKEN_RESPONSE));
    };

    expect(await authenticate(strategy, request({ code: CODE, state }, session))).to.include({ user: USER });
    expect(kauth.requests).to.equal(2);
  });

  it('are closed when Kakao sends data between two logins', async () => {
    const strategy = strategyWith();
    const login = async () => {
      const session = {};
      const state = await startLogin(strategy, session);
      return authenticate(strategy, request({ code: CODE, state }, session));
    };
    await login();

    kauth.connections[0]?.write('HTTP/1.1 200 OK\r\n'); // the rest would follow the next request
    await wait(100);

    expect(await login()).to.include({ user: USER });
    expect(kauth.connections).to.have.lengthOf(2);
    await eventually(async () => (await kauth.open()) <= 1);
  });

  it('are for the token only if the profile is skipped', async () => {
    await startLogin(strategyWith({ skipUserProfile: true }), {});

    await eventually(() => `${opened()}` === '1,0');
  });

  const off: [what: string, start: () => Promise<unknown>][] = [
    ['preconnect is false', () => startLogin(strategyWith({ preconnect: false }), {})],
    ['the agent option is given', () => startLogin(strategyWith({ agent: new Agent({ ca: kauth.ca }) }), {})],
    ['the fetch option is given', () => startLogin(strategyWith({ fetch }), {})],
    ['Bun runs the app', () => startLogin(pretendBun(strategyWith), {})],
    ['nock intercepts requests', () => whileIntercepted(() => startLogin(strategyWith(), {}))],
  ];
  for (const [what, start] of off) {
    it(`are not preconnected if ${what}`, async () => {
      await start();
      await startLogin(strategyWith({ skipUserProfile: true }), {}); // opens one; earlier ones would be open by then

      await eventually(() => kauth.connections.length > 0);
      expect(opened()).to.deep.equal([1, 0]);
    });
  }

  it('are not preconnected on plain http', async () => {
    let connections = 0;
    const server = await startRawServer(() => {
      connections += 1;
    });
    await startLogin(strategyWith({ tokenURL: server.url, skipUserProfile: true }), {});
    await startLogin(strategyWith({ skipUserProfile: true }), {});

    await eventually(() => kauth.connections.length > 0);
    expect(connections).to.equal(0);
    await server.close();
  });

  describe('that fail', () => {
    const lookUp = useLookups();
    let stop: () => void;
    beforeEach(() => {
      stop = () => {};
    });
    afterEach(() => stop());

    /** Counts the connections that this process tries to open. */
    const countConnections = () => {
      let count = 0;
      const hook = createHook({
        init: (_id, type) => {
          if (type === 'TCPCONNECTWRAP') count += 1;
        },
      }).enable();
      return () => {
        hook.disable();
        return count;
      };
    };

    const at = (port: number | string) => {
      const url = `https://localhost:${port}/`;
      return strategyWith({ tokenURL: url, tokenInfoURL: url, userInfoURL: url });
    };
    const start300 = async (strategy: ReturnType<typeof strategyWith>) => {
      for (let times = 0; times < 60; times++) {
        await Promise.all(Array.from({ length: 5 }, () => startLogin(strategy, {})));
        await wait(3);
      }
    };
    const onConnection = async (act: (socket: Socket) => void) => {
      const sockets = new Set<Socket>();
      const server = createServer(socket => {
        sockets.add(socket.on('error', () => {}));
        act(socket);
      });
      stop = () => {
        server.close();
        for (const socket of sockets) socket.destroy();
      };
      await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
      const address = server.address();
      return address && typeof address !== 'string' ? address.port : 0;
    };

    const failing: [what: string, start: () => Promise<number | string>][] = [
      ['refuses connections', freePort],
      ['resets connections', () => onConnection(socket => socket.resetAndDestroy())],
      ['closes connections', () => onConnection(socket => socket.end())],
      [
        'closes connections after the handshake',
        async () => {
          kauth.onConnection(socket => socket.end());
          return kauth.url.port;
        },
      ],
    ];
    for (const [what, start] of failing) {
      it(`are at most 30 for 300 logins if Kakao ${what}`, async () => {
        const strategy = at(await start());
        const counted = countConnections();

        await start300(strategy);

        expect(counted()).to.be.within(3, 30);
      });
    }

    it('need one lookup for 300 logins while DNS does not respond', async () => {
      let lookups = 0;
      lookUp(() => {
        lookups += 1;
      });

      await start300(at(9));

      expect(lookups).to.equal(1);
    });

    it('do not delay a login if Kakao refuses connections', async () => {
      const strategy = at(await freePort());
      await start300(strategy);
      const session = {};
      const state = await startLogin(strategy, session);
      const started = performance.now();

      const outcome = await authenticate(strategy, request({ code: CODE, state }, session));

      expect(performance.now() - started).to.be.below(1000);
      expect(outcome).to.have.property('error').that.is.instanceOf(KakaoBusinessNetworkError);
    });

    it('do not delay a login if Kakao closes idle connections', async () => {
      const strategy = strategyWith();
      for (const server of [kauth, kapi]) server.onConnection(socket => setTimeout(() => socket.end(), 20));
      await start300(strategy);
      const session = {};
      const state = await startLogin(strategy, session);

      const outcome = await authenticate(strategy, request({ code: CODE, state }, session));

      expect(outcome).to.include({ user: USER });
    });
  });
});

async function whileIntercepted<Result>(act: () => Promise<Result>): Promise<Result> {
  nock.activate();
  try {
    return await act();
  } finally {
    nock.restore();
  }
}
