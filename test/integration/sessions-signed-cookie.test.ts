import { expect } from 'chai';
import express from 'express';
import passport from 'passport';
import { SignedCookieStore } from '../../examples/stores/signed-cookie-store.js';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { type KakaoBusinessStateStore, KakaoBusinessStrategy } from '../../lib/index.js';
import { Browser, type Page } from '../support/browser.js';
import { agree, answerOf, decline, type RunningApp, serve, showError } from './app-server.js';

const SECRET = 'the first secret, of 32 characters or more';
const NEW_SECRET = 'the second secret, of 32 characters or more';
const USER = { id: '9007199254740993' };

describe('An app without sessions, with the store of signed cookies', () => {
  let kakao: KakaoBusinessEmulator;
  let app: RunningApp;
  let browser: Browser;
  /** The store in use; a test may put another in its place, as a new start of the app would. */
  let store: SignedCookieStore;
  const realNow = Date.now;

  before(async () => {
    kakao = await startKakaoBusinessEmulator();
    const current: KakaoBusinessStateStore = {
      store: (...args) => store.store(...args),
      verify: (...args) => store.verify(...args),
    };
    app = await serve(origin => sessionlessApp(origin, kakao, current));
  });
  after(() => Promise.all([app.close(), kakao.close()]));
  beforeEach(() => {
    browser = new Browser();
    store = new SignedCookieStore({ secret: SECRET });
    kakao.requests.length = 0;
  });
  afterEach(() => {
    Date.now = realNow;
  });

  const open = (path: string, by = browser): Promise<Page> => by.open(app.origin + path);
  const tokenRequests = () => kakao.requests.filter(({ endpoint }) => endpoint === 'token');

  /** Starts a login by hand. @returns the cookie, and the address where Kakao would send the browser. */
  async function startByHand(
    cookies = '',
  ): Promise<{ cookie: string; name: string; value: string; callback: string; deleted: string[] }> {
    const answer = await fetch(`${app.origin}/login`, { redirect: 'manual', headers: { cookie: cookies } });
    const { set, deleted } = cookiesIn(answer.headers);
    const [cookie = ''] = set;
    const [name = '', value = ''] = cookie.split('=');
    const state = new URL(answer.headers.get('location') ?? '').searchParams.get('state');
    return { cookie, name, value, callback: `${app.origin}/callback?code=a&state=${state}`, deleted };
  }

  /** What the app makes of a callback that brings these cookies. */
  async function finishByHand(callback: string, cookie: string) {
    const answer = await fetch(callback, { headers: { cookie } });
    return { status: answer.status, body: await answer.json(), ...cookiesIn(answer.headers) };
  }

  it('signs in, and deletes the cookie', async () => {
    const page = await agree(browser, await open('/login'));

    expect(answerOf(page)).to.deep.equal({ user: USER, info: { state: { returnTo: '/ads' } } });
    expect(cookiesIn(page.headers)).to.deep.equal({
      set: [],
      deleted: [`kakao-business.${page.url.searchParams.get('state')}`],
    });
  });

  it('sets one cookie, which scripts and other sites cannot use, for ten minutes', async () => {
    const answer = await browser.visit(`${app.origin}/login`);

    const [cookie = '', ...others] = answer.headers.getSetCookie();
    expect(others).to.deep.equal([]);
    expect(cookie).to.match(
      /^kakao-business\.[\w-]{32}=[\w-]+\.[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('sets it for https only, and for this host only, where the callbackURL is https', async () => {
    const secure = await serve(() => sessionlessApp('https://app.example.com', kakao, store));
    const answer = await browser.visit(`${secure.origin}/login`);
    await secure.close();

    expect(answer.headers.getSetCookie()).to.have.lengthOf(1);
    expect(answer.headers.getSetCookie()[0]).to.match(
      /^__Host-kakao-business\.[\w-]{32}=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  for (const [name, first, second] of [
    ['older', 0, 1],
    ['newer', 1, 0],
  ] as const) {
    it(`lets two tabs finish, the ${name} one first`, async () => {
      const tabs = [await open('/login'), await open('/login')] as const;

      const pages = [await agree(browser, tabs[first]), await agree(browser, tabs[second])];

      expect(pages.map(page => answerOf(page)['user'])).to.deep.equal([USER, USER]);
    });
  }

  it('lets tabs finish that were opened in the same instant', async () => {
    const tabs = await Promise.all([open('/login'), open('/login'), open('/login')]);

    for (const tab of tabs) expect(answerOf(await agree(browser, tab))['user']).to.deep.equal(USER);
  });

  it('ends the login of a user who declines', async () => {
    const consent = await open('/login');

    const page = await decline(browser, consent);

    expect(answerOf(page)).to.deep.include({ code: 'access_denied' });
    expect(cookiesIn(page.headers).deleted).to.have.lengthOf(1);
    expect((await browser.visit(page.url)).status).to.equal(403);
  });

  it('takes a callback once', async () => {
    const page = await agree(browser, await open('/login'));

    const again = await browser.visit(page.url);

    expect(again.status).to.equal(403);
    expect(answerOf(again)).to.deep.include({ code: 'invalid_state', reason: 'no_pending_login' });
  });

  it('leaves a second use to Kakao where somebody made a copy of the cookie', async () => {
    const login = await browser.visit(`${app.origin}/login`);
    const [copy = ''] = cookiesIn(login.headers).set;
    const page = await agree(browser, await browser.open(login.headers.get('location') ?? ''));

    const { status, body } = await finishByHand(page.url.href, copy);

    expect(status).to.equal(401);
    expect(body).to.deep.include({ code: 'invalid_grant' });
  });

  it('does not take the callback of another browser, and the login goes on in its own', async () => {
    const consent = await open('/login');
    const other = new Browser();
    const callback = `${app.origin}/callback?code=a&state=${consent.url.searchParams.get('state')}`;

    const withNone = await other.visit(callback);
    await open('/login', other);
    const withItsOwn = await other.visit(callback);

    expect(answerOf(withNone)).to.deep.include({ code: 'invalid_state', reason: 'no_pending_login' });
    expect(answerOf(withItsOwn)).to.deep.include({ code: 'invalid_state', reason: 'unknown' });
    expect(cookiesIn(withItsOwn.headers)).to.deep.equal({ set: [], deleted: [] });
    expect(answerOf(await agree(browser, consent))['user']).to.deep.equal(USER);
  });

  describe('refuses, and does not ask Kakao about,', () => {
    type Started = Awaited<ReturnType<typeof startByHand>>;

    const forge = (change: (login: Record<string, unknown>) => unknown) => (value: string) => {
      const [payload = '', signature] = value.split('.');
      const login = JSON.parse(Buffer.from(payload, 'base64url').toString());
      return `${Buffer.from(JSON.stringify(change(login))).toString('base64url')}.${signature}`;
    };
    const tampered: [what: string, value: (value: string) => string][] = [
      ['another redirect URI', forge(login => ({ ...login, redirectURI: 'https://evil.example' }))],
      ['other data', forge(login => ({ ...login, state: { returnTo: 'https://evil.example' } }))],
      ['a longer life', forge(login => ({ ...login, expiresAt: Number.MAX_SAFE_INTEGER }))],
      ['null for a login', forge(() => null)],
      ['a signature that is cut', value => value.slice(0, -1)],
      ['a signature that is longer', value => `${value}AAAA`],
      ['another signature', value => value.replace(/[^.]+$/, 'A'.repeat(43))],
      ['no signature', value => value.replace(/\..*/, '')],
      ['an empty signature', value => value.replace(/\..*/, '.')],
      ['no more than a dot', () => '.'],
      ['nonsense', () => '%%%'],
    ];
    for (const [what, change] of tampered) {
      it(`a cookie with ${what}`, async () => {
        const { name, value, callback } = await startByHand();

        const { status, body, deleted } = await finishByHand(callback, `${name}=${change(value)}`);

        expect(status).to.equal(403);
        expect(body).to.deep.include({ code: 'invalid_state', reason: 'unknown' });
        expect(deleted).to.deep.equal([name]);
        expect(tokenRequests()).to.deep.equal([]);
      });
    }

    const others: [what: string, cookie: (mine: Started, other: Started) => string, reason: string][] = [
      [
        'the cookie of another login under the name of this one',
        ({ name }, { value }) => `${name}=${value}`,
        'unknown',
      ],
      ['no cookie', () => '', 'no_pending_login'],
      ['an empty cookie', ({ name }) => `${name}=`, 'no_pending_login'],
      ['another login’s cookie', (_mine, { cookie }) => cookie, 'unknown'],
      ['a cookie of another name', ({ cookie }) => `x${cookie}`, 'no_pending_login'],
    ];
    for (const [what, cookie, reason] of others) {
      it(what, async () => {
        const [mine, other] = [await startByHand(), await startByHand()];

        const { status, body } = await finishByHand(mine.callback, cookie(mine, other));

        expect(status).to.equal(403);
        expect(body).to.deep.include({ code: 'invalid_state', reason });
        expect(tokenRequests()).to.deep.equal([]);
      });
    }

    it('a cookie that another secret signed', async () => {
      const { cookie, callback } = await startByHand();
      store = new SignedCookieStore({ secret: NEW_SECRET });

      expect((await finishByHand(callback, cookie)).body).to.deep.include({ reason: 'unknown' });
      expect(tokenRequests()).to.deep.equal([]);
    });

    it('a login older than ten minutes, whatever the browser thinks', async () => {
      const { cookie, callback } = await startByHand();
      const now = realNow();

      Date.now = () => now + 601_000;
      const { status, body } = await finishByHand(callback, cookie);

      expect(status).to.equal(403);
      expect(body).to.deep.include({ code: 'invalid_state', reason: 'expired' });
      expect(tokenRequests()).to.deep.equal([]);
    });

    it('odd states, without setting a cookie', async () => {
      const { cookie } = await startByHand();
      for (const state of ['__proto__', 'a%3Db', 'a%3B+Path%3D/', '']) {
        const refused = await finishByHand(`${app.origin}/callback?code=a&state=${state}`, cookie);
        expect(refused).to.deep.include({ status: 403, set: [], deleted: [] });
      }
    });
  });

  it('keeps eight logins in a browser: the oldest goes, with what is of no use any more', async () => {
    const logins = [];
    let cookies: string[] = ['kakao-business.stale=nonsense', 'theirs=1'];
    for (let times = 0; times < 12; times++) {
      const now = realNow() + times;
      Date.now = () => now;
      const { deleted, ...login } = await startByHand(cookies.join('; '));
      cookies = [...cookies.filter(cookie => !deleted.includes(cookie.replace(/=.*/, ''))), login.cookie];
      logins.push(login);
    }

    expect(cookies).to.deep.equal(['theirs=1', ...logins.slice(4).map(({ cookie }) => cookie)]);
    expect(cookies.join('; ').length).to.be.below(8 * 768);
  });

  it('goes on with a login from before the secret was replaced, as long as the old one is accepted', async () => {
    const consent = await open('/login');

    store = new SignedCookieStore({ secret: [NEW_SECRET, SECRET] });
    const newer = await open('/login');
    const older = await agree(browser, consent);
    store = new SignedCookieStore({ secret: NEW_SECRET });

    expect(answerOf(older)['user']).to.deep.equal(USER);
    expect(answerOf(await agree(browser, newer))['user']).to.deep.equal(USER);
  });

  it('refuses data that no cookie has room for', async () => {
    const answer = await browser.visit(`${app.origin}/login?returnTo=${'x'.repeat(500)}`);

    expect(answer.status).to.equal(500);
    expect(answerOf(answer)).to.deep.equal({
      message: 'SignedCookieStore: the state option is too large for a cookie',
    });
    expect(answer.headers.getSetCookie()).to.deep.equal([]);
  });

  it('keeps Korean data', async () => {
    const page = await agree(browser, await open('/login?returnTo=/광고계정'));

    expect(answerOf(page)['info']).to.deep.equal({ state: { returnTo: '/광고계정' } });
  });

  for (const secret of ['', 'short', [], ['short', SECRET]]) {
    it(`cannot be made with ${JSON.stringify(secret)} as its secret`, () => {
      expect(() => new SignedCookieStore({ secret })).to.throw(TypeError, /at least 32 random characters/);
    });
  }
});

/** Tells what Passport said, as an app does that issues tokens of its own. */
function sessionlessApp(origin: string, kakao: KakaoBusinessEmulator, store: KakaoBusinessStateStore) {
  const callbackURL = `${origin}/callback`;
  kakao.app.redirectURIs.push(callbackURL);
  const { clientID, clientSecret } = kakao.app;
  const authenticator = new passport.Passport();
  authenticator.use(
    new KakaoBusinessStrategy(
      { clientID, clientSecret, callbackURL, store, ...kakao.endpoints },
      async (_accessToken, _refreshToken, { id }) => ({ id }),
    ),
  );

  const app = express();
  app.get('/login', (req, res, next) => {
    const state = { returnTo: String(req.query['returnTo'] ?? '/ads') };
    authenticator.authenticate('kakao-business', { session: false, state })(req, res, next);
  });
  app.get('/callback', (req, res, next) => {
    const finish: passport.AuthenticateCallback = (error, user, info, status) => {
      if (error) next(error);
      else if (user) res.json({ user, info });
      else res.status(Number(status)).json(info);
    };
    authenticator.authenticate('kakao-business', { session: false }, finish)(req, res, next);
  });
  app.use(showError);
  return app;
}

/** The cookies that an answer sets, as `name=value`, and the names of those that it deletes. */
function cookiesIn(headers: Headers): { set: string[]; deleted: string[] } {
  const cookies = headers.getSetCookie();
  const isDeleted = (cookie: string): boolean => cookie.includes('; Max-Age=0;');
  return {
    set: cookies.filter(cookie => !isDeleted(cookie)).map(cookie => cookie.replace(/;.*/, '')),
    deleted: cookies.filter(isDeleted).map(cookie => cookie.replace(/=.*/, '')),
  };
}
