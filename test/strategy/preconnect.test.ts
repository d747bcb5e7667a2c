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
import { TOKEN_ANSWER, TOKEN_INFO, USER_INFO } from '../support/kakao.js';
import { type KakaoOverTLS, startKakaoOverTLS } from '../support/kakao-over-tls.js';
import { useLookups } from '../support/lookups.js';
import { CODE } from '../support/secrets.js';
import { freePort } from '../support/server.js';
import { createStrategy, USER } from '../support/strategy.js';
import type { TLSServer } from '../support/tls-server.js';

describe('the connections of a login', () => {
  before(() => nock.restore());
  after(() => nock.activate());

  let kakao: KakaoOverTLS;
  let kauth: TLSServer;
  let kapi: TLSServer;
  let answerToken: RequestListener;
  beforeEach(async () => {
    answerToken = (_request, response) => response.end(JSON.stringify(TOKEN_ANSWER));
    kakao = await startKakaoOverTLS({
      kauth: (req, res) => answerToken(req, res),
      kapi: ({ url }, res) => res.end(JSON.stringify(url === '/tokeninfo' ? TOKEN_INFO : USER_INFO)),
    });
    ({ kauth, kapi } = kakao);
    for (const { options } of ourAgents()) options.ca = kauth.ca; // what NODE_EXTRA_CA_CERTS does for a process
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
    createStrategy({ ...kakao.endpoints, preconnect: true, ...options });
  const opened = () => kakao.opened();
  const asked = () => kakao.asked();

  it('are there before the user comes back, without a request to Kakao', async () => {
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

  it('are three, however many logins follow one another', async () => {
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

  it('are three at most, however many users read the consent screen', async () => {
    const strategy = strategyWith();

    await Promise.all(Array.from({ length: 20 }, () => startLogin(strategy, {})));

    await eventually(() => `${opened()}` === '1,2');
  });

  it('are opened for the profile while the token is asked for, where they were closed meanwhile', async () => {
    const strategy = strategyWith();
    const session = {};
    const state = await startLogin(strategy, session);
    await eventually(() => `${opened()}` === '1,2');
    for (const server of [kauth, kapi]) server.hangUp();
    await eventually(async () => (await kauth.open()) + (await kapi.open()) === 0);

    answerToken = async (_request, response) => {
      await eventually(() => `${opened()}` === '2,4'); // both of the profile's are there before the token is
      response.end(JSON.stringify(TOKEN_ANSWER));
    };

    expect(await authenticate(strategy, request({ code: CODE, state }, session))).to.include({ user: USER });
    expect(opened()).to.deep.equal([2, 4]);
  });

  it('cost no login when they break at their first request', async () => {
    const strategy = strategyWith();
    const session = {};
    const state = await startLogin(strategy, session);
    await eventually(() => `${opened()}` === '1,2');

    answerToken = (req, res) => {
      if (kauth.requests === 1) req.socket.destroy();
      else res.end(JSON.stringify(TOKEN_ANSWER));
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

    kauth.connections[0]?.write('HTTP/1.1 200 OK\r\n'); // the rest of it would follow the next request
    await wait(100);

    expect(await login()).to.include({ user: USER });
    expect(kauth.connections).to.have.lengthOf(2);
    await eventually(async () => (await kauth.open()) <= 1);
  });

  it('are only that of the token where the profile is skipped', async () => {
    await startLogin(strategyWith({ skipUserProfile: true }), {});

    await eventually(() => `${opened()}` === '1,0');
  });

  const off: [what: string, start: () => Promise<unknown>][] = [
    ['turned off', () => startLogin(strategyWith({ preconnect: false }), {})],
    ['an agent is given', () => startLogin(strategyWith({ agent: new Agent({ ca: kauth.ca }) }), {})],
    ['a fetch is given', () => startLogin(strategyWith({ fetch }), {})],
    ['Bun runs the app', () => startLogin(pretendBun(strategyWith), {})],
    ['nock intercepts requests', () => whileIntercepted(() => startLogin(strategyWith(), {}))],
  ];
  for (const [what, start] of off) {
    it(`are not opened ahead where ${what}`, async () => {
      await start();
      await startLogin(strategyWith({ skipUserProfile: true }), {}); // opens one: what came before it would be there as well

      await eventually(() => kauth.connections.length > 0);
      expect(opened()).to.deep.equal([1, 0]);
    });
  }

  it('are not opened to a Kakao on plain http', async () => {
    const plain = createStrategy({
      preconnect: true,
      tokenURL: 'http://127.0.0.1:9/',
      skipUserProfile: true,
    });
    await startLogin(plain, {});
    await startLogin(strategyWith({ skipUserProfile: true }), {});

    await eventually(() => kauth.connections.length > 0);
  });

  describe('that Kakao does not keep open', () => {
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

    const unfit: [what: string, start: () => Promise<number | string>][] = [
      ['refuses connections', freePort],
      ['drops them', () => onConnection(socket => socket.resetAndDestroy())],
      ['closes them', () => onConnection(socket => socket.end())],
      [
        'closes them after the handshake',
        async () => {
          kauth.onConnection(socket => socket.end());
          return kauth.url.port;
        },
      ],
    ];
    for (const [what, start] of unfit) {
      it(`are 30 at most for 300 started logins where Kakao ${what}`, async () => {
        const strategy = at(await start());
        const counted = countConnections();

        await start300(strategy);

        expect(counted()).to.be.within(3, 30);
      });
    }

    it('need one lookup for 300 started logins while DNS does not answer', async () => {
      let lookups = 0;
      lookUp(() => {
        lookups += 1;
      });

      await start300(at(9));

      expect(lookups).to.equal(1);
    });

    it('do not hold back the requests of a login where Kakao refuses connections', async () => {
      const strategy = at(await freePort());
      await start300(strategy);
      const session = {};
      const state = await startLogin(strategy, session);
      const started = performance.now();

      const outcome = await authenticate(strategy, request({ code: CODE, state }, session));

      expect(performance.now() - started).to.be.below(1000);
      expect(outcome).to.have.property('error').that.is.instanceOf(KakaoBusinessNetworkError);
    });

    it('do not hold back the requests of a login where Kakao closes idle connections', async () => {
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
