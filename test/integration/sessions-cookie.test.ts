import { expect } from 'chai';
import cookieSession from 'cookie-session';
import express, { type Express, type Handler, type Request } from 'express';
import passport from 'passport';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { KakaoBusinessStrategy } from '../../lib/index.js';
import { Browser, type Page } from '../support/browser.js';
import { agree, bodyOf, keepUserInSession, type RunningApp, serve, showError } from './app-server.js';

const USER = { id: '9007199254740993' };

const orders = [
  ['older', 0, 1],
  ['newer', 1, 0],
] as const;

describe('cookie-session', () => {
  let kakao: KakaoBusinessEmulator;
  let app: RunningApp;
  let browser: Browser;

  before(async () => {
    kakao = await startKakaoBusinessEmulator();
  });
  after(() => kakao.close());
  beforeEach(() => {
    browser = new Browser();
    kakao.requests.length = 0;
  });
  afterEach(() => app.close());

  const open = (path: string): Promise<Page> => browser.open(app.origin + path);
  const me = async () => bodyOf(await open('/me'));
  /** Serves an app with cookie sessions and these routes. */
  const start = async (
    routes: (app: Express, authenticator: passport.Authenticator, origin: string) => void,
  ): Promise<void> => {
    app = await serve(origin => cookieApp(origin, kakao, routes));
  };

  it('is rejected at the start of a login, without a request to Kakao', async () => {
    await start(routesOf({}));

    const page = await open('/login');

    expect(page.status).to.equal(500);
    expect(bodyOf(page)).to.deep.equal({
      message:
        'KakaoBusinessStrategy: Passport renews the session at login, and this session has no regenerate() and save(): instead of cookie-session use express-session (Koa: koa-session from 6.4 on), or authenticate with session: false',
    });
    expect(kakao.requests).to.deep.equal([]);
  });

  describe('with session: false, and a user stored by the app', () => {
    beforeEach(() => start(routesOf({ session: false }, keepUser)));

    it('signs in', async () => {
      const page = await agree(browser, await open('/login'));

      expect(page.status).to.equal(200);
      expect((await me())['session']).to.deep.include({ user: USER });
    });

    for (const [name, first, second] of orders) {
      it(`completes the logins of two tabs, the ${name} one first`, async () => {
        const tabs = [await open('/login'), await open('/login')] as const;

        const pages = [await agree(browser, tabs[first]), await agree(browser, tabs[second])];

        expect(pages.map(({ status }) => status)).to.deep.equal([200, 200]);
      });
    }
  });

  describe('with regenerate() and save() added', () => {
    beforeEach(() =>
      start((app, authenticator, origin) => {
        app.use(renewable);
        app.use(authenticator.session());
        routesOf({})(app, authenticator, origin);
        routesOf({ keepSessionInfo: true }, undefined, '/keeping')(app, authenticator, origin);
      }),
    );

    it('signs in, and drops other data of the session', async () => {
      await open('/basket');

      const page = await agree(browser, await open('/login'));

      expect(page.status).to.equal(200);
      expect(await me()).to.deep.equal({ user: USER, session: { passport: { user: USER } } });
    });

    it('keeps other data with keepSessionInfo', async () => {
      await open('/basket');

      await agree(browser, await open('/keeping/login'));

      expect(await me()).to.deep.equal({
        user: USER,
        session: { passport: { user: USER }, basket: ['a poster'], 'kakao-business': { pending: [] } },
      });
    });

    for (const [name, first, second] of orders) {
      it(`completes two tabs with keepSessionInfo, the ${name} one first`, async () => {
        const tabs = [await open('/keeping/login'), await open('/keeping/login')] as const;

        const pages = [await agree(browser, tabs[first]), await agree(browser, tabs[second])];

        expect(pages.map(({ status }) => status)).to.deep.equal([200, 200]);
      });
    }

    it('rejects a repeated callback, from a copied cookie too', async () => {
      const login = await browser.visit(`${app.origin}/login`);
      const copied = login.headers
        .getSetCookie()
        .map(cookie => cookie.replace(/;.*/, ''))
        .join('; ');
      await agree(browser, await browser.open(login.headers.get('location') ?? ''));
      const callback = browser.history.findLast(({ url }) => url.pathname === '/callback')?.url ?? '';

      const again = await browser.visit(callback);
      const replayed = await fetch(callback, { headers: { cookie: copied } });

      expect(again.status).to.equal(403);
      expect(replayed.status).to.equal(403);
    });
  });

  it('connects an account with passport.authorize unchanged', async () => {
    await start((app, authenticator, origin) => {
      const connect = authenticator.authorize('kakao-business', { failWithError: true });
      app.get('/login', connect);
      app.get(
        '/callback',
        connect,
        (req, res) => void res.json({ account: Reflect.get(req, 'account'), origin }),
      );
    });

    const page = await agree(browser, await open('/login'));

    expect(bodyOf(page)['account']).to.deep.equal(USER);
  });
});

function cookieApp(
  origin: string,
  kakao: KakaoBusinessEmulator,
  routes: (app: Express, authenticator: passport.Authenticator, origin: string) => void,
): Express {
  const callbackURL = `${origin}/callback`;
  kakao.app.redirectURIs.push(callbackURL, `${origin}/keeping/callback`);
  const { clientID, clientSecret } = kakao.app;
  const authenticator = new passport.Passport();
  authenticator.use(
    new KakaoBusinessStrategy(
      { clientID, clientSecret, callbackURL, ...kakao.endpoints },
      async (_accessToken, _refreshToken, { id }) => ({ id }),
    ),
  );
  keepUserInSession(authenticator);

  const app = express();
  app.use(cookieSession({ secret: 'test' }));
  routes(app, authenticator, origin);
  app.get('/me', (req, res) => void res.json({ user: req.user, session: req.session }));
  app.get('/basket', (req, res) => {
    Object.assign(req.session, { basket: ['a poster'] });
    res.end();
  });
  app.use(showError);
  return app;
}

const routesOf =
  (options: object, afterwards: Handler = (_req, _res, next) => next(), at = '') =>
  (app: Express, authenticator: passport.Authenticator, origin: string): void => {
    const login = authenticator.authenticate('kakao-business', {
      callbackURL: `${origin}${at}/callback`,
      failWithError: true,
      ...options,
    });
    app.get(`${at}/login`, login);
    app.get(`${at}/callback`, login, afterwards, (req, res) => void res.json(req.user));
  };

const keepUser: Handler = (req, _res, next) => {
  Object.assign(req.session, { user: req.user });
  next();
};

// A workaround for cookie-session. The cookie is the session, so only its content is renewed.
const renewable: Handler = (req, _res, next) => {
  addRenewal(req);
  next();
};

function addRenewal(req: Request): void {
  Object.defineProperties(req.session, {
    save: { value: (done: () => void) => done() },
    regenerate: {
      value: (done: () => void) => {
        Object.assign(req, { session: {} });
        addRenewal(req);
        done();
      },
    },
  });
}
