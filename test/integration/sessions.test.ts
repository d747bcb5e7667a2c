import { expect } from 'chai';
import session, { MemoryStore, type SessionData } from 'express-session';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { Browser, type Page } from '../support/browser.js';
import { type Cluster, startCluster, startRedis } from './app-processes.js';
import { agree, bodyOf, type RunningApp, serve } from './app-server.js';
import { callbackURLs, sessionApp } from './app-sessions.js';

const USER = { id: '9007199254740993' };

let kakao: KakaoBusinessEmulator;

/** Registers the redirect URIs of the app at `origin`. @returns its strategy options. */
const registered = (origin: string) => {
  kakao.app.redirectURIs.push(...Object.values(callbackURLs(origin)));
  const { clientID, clientSecret } = kakao.app;
  return { clientID, clientSecret, ...kakao.endpoints };
};

describe('express-session', () => {
  before(async () => {
    kakao = await startKakaoBusinessEmulator();
  });
  after(() => kakao.close());

  describe('in memory', () => {
    describeSessions(() => serve(origin => sessionApp({ origin, kakao: registered(origin) })));
  });

  describe('on Redis, with two processes', () => {
    let redis: Awaited<ReturnType<typeof startRedis>>;
    let cluster: Cluster;
    before(async () => {
      redis = await startRedis();
      cluster = await startCluster(redis.url, registered);
    });
    after(async () => {
      await cluster?.close();
      await redis?.close();
    });

    describeSessions(async () => ({ origin: cluster.origin, close: async () => {} }));

    const processOf = async (browser: Browser) =>
      bodyOf(await browser.open(`${cluster.origin}/me`))['process'];

    it('starts a login in one process and finishes it in the other', async () => {
      const browser = new Browser();
      cluster.goTo(0);
      const started = await processOf(browser);
      const consent = await browser.open(`${cluster.origin}/login`);

      cluster.goTo(1);
      const body = bodyOf(await agree(browser, consent));

      expect(body['user']).to.deep.equal(USER);
      expect(body['process']).not.to.equal(started);
    });

    it('finishes a login after a restart of the process', async () => {
      const browser = new Browser();
      cluster.goTo(0);
      const started = await processOf(browser);
      const consent = await browser.open(`${cluster.origin}/login`);

      await cluster.restart(0);
      const body = bodyOf(await agree(browser, consent));

      expect(body['user']).to.deep.equal(USER);
      expect(body['process']).not.to.equal(started);
    });
  });

  describe('with a store that takes 200 ms to save', () => {
    let app: RunningApp;
    let store: SlowStore;
    beforeEach(async () => {
      store = new SlowStore();
      app = await serve(origin => sessionApp({ origin, kakao: registered(origin), store }));
    });
    afterEach(() => app.close());

    it('redirects to Kakao only after the login is saved', async () => {
      const response = await fetch(`${app.origin}/login`, { redirect: 'manual' }); // resolves with the headers

      expect(response.status).to.equal(302);
      expect(store.saved.map(saved => Object.keys(saved))).to.deep.equal([['cookie', 'kakao-business']]);
    });

    it('signs in', async () => {
      const browser = new Browser();
      const page = await agree(browser, await browser.open(`${app.origin}/login`));

      expect(bodyOf(page)['user']).to.deep.equal(USER);
    });
  });

  it('passes an error of the store to the app, without a redirect to Kakao', async () => {
    const app = await serve(origin =>
      sessionApp({ origin, kakao: registered(origin), store: new FullStore() }),
    );
    const response = await new Browser().visit(`${app.origin}/login`);
    await app.close();

    expect(response.status).to.equal(500);
    expect(bodyOf(response)).to.deep.equal({ message: 'The store is full' });
    expect(response.headers.has('location')).to.equal(false);
  });
});

/** Tests for every kind of store. */
function describeSessions(start: () => Promise<RunningApp>): void {
  let app: RunningApp;
  let browser: Browser;
  before(async () => {
    app = await start();
  });
  after(() => app?.close());
  beforeEach(() => {
    browser = new Browser();
  });

  const open = (path: string, by = browser): Promise<Page> => by.open(app.origin + path);
  const me = async (by = browser) => bodyOf(await open('/me', by));

  it('renews the session ID at login, and drops other data', async () => {
    const { sessionID } = bodyOf(await open('/basket'));
    const consent = await open('/login');
    expect((await me())['sessionID']).to.equal(sessionID);

    const body = bodyOf(await agree(browser, consent));

    expect(body['user']).to.deep.equal(USER);
    expect(body['sessionID']).not.to.equal(sessionID);
    expect(await me()).to.deep.include({
      user: USER,
      sessionID: body['sessionID'],
      kept: ['cookie', 'passport'],
    });
  });

  it('renews the session ID with keepSessionInfo, and keeps other data', async () => {
    const { sessionID } = bodyOf(await open('/basket'));

    const body = bodyOf(await agree(browser, await open('/login/keeping')));

    expect(body['sessionID']).not.to.equal(sessionID);
    const { user, kept } = await me();
    expect(user).to.deep.equal(USER);
    expect(kept).to.have.members(['cookie', 'basket', 'kakao-business', 'passport']);
  });

  it('rejects the session ID from before the login', async () => {
    const login = await browser.visit(`${app.origin}/login`);
    const [cookie = ''] = login.headers.getSetCookie();
    await agree(browser, await browser.open(login.headers.get('location') ?? ''));

    const stale = await fetch(`${app.origin}/me`, { headers: { cookie: cookie.replace(/;.*/, '') } });

    expect(await stale.json()).not.to.have.property('user');
    expect((await me())['user']).to.deep.equal(USER);
  });

  for (const [name, first, second] of [
    ['older', 0, 1],
    ['newer', 1, 0],
  ] as const) {
    it(`completes two tabs with keepSessionInfo, the ${name} one first`, async () => {
      const tabs = [await open('/login/keeping'), await open('/login/keeping')] as const;

      const pages = [await agree(browser, tabs[first]), await agree(browser, tabs[second])];

      expect(pages.map(({ status }) => status)).to.deep.equal([200, 200]);
    });

    it(`completes only the ${name} of two tabs without keepSessionInfo`, async () => {
      const tabs = [await open('/login'), await open('/login')] as const;

      const pages = [await agree(browser, tabs[first]), await agree(browser, tabs[second])];

      expect(pages.map(({ status }) => status)).to.deep.equal([200, 403]);
      expect((await me())['user']).to.deep.equal(USER);
    });
  }

  it('rejects a repeated callback', async () => {
    await agree(browser, await open('/login/keeping'));
    const callback = browser.history.findLast(({ url }) => url.pathname === '/callback/keeping');

    const again = await browser.visit(callback?.url ?? '');

    expect(again.status).to.equal(403);
    expect((await me())['user']).to.deep.equal(USER);
  });

  it('rejects the callback of another browser', async () => {
    const consent = await open('/login');
    const other = new Browser();
    await open('/login', other);

    const stolen = await other.visit(
      `${app.origin}/callback?code=a&state=${consent.url.searchParams.get('state')}`,
    );

    expect(stolen.status).to.equal(403);
    expect((await agree(browser, consent)).status).to.equal(200);
  });
}

class SlowStore extends MemoryStore {
  readonly saved: SessionData[] = [];

  override set(id: string, data: SessionData, done?: (error?: unknown) => void): void {
    setTimeout(() => {
      this.saved.push(data);
      super.set(id, data, done);
    }, 200);
  }
}

class FullStore extends session.Store {
  override get(_id: string, done: (error: unknown) => void): void {
    done(null);
  }

  override set(_id: string, _data: SessionData, done?: (error?: unknown) => void): void {
    setImmediate(() => done?.(new Error('The store is full')));
  }

  override destroy(_id: string, done?: (error?: unknown) => void): void {
    done?.();
  }
}
