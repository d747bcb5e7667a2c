import { expect } from 'chai';
import express from 'express';
import passport from 'passport';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { type KakaoBusinessStateStore, KakaoBusinessStrategy, SignedCookieStore } from '../../lib/index.js';
import { Browser, type Page } from '../support/browser.js';
import { agree, bodyOf, decline, type RunningApp, serve, showError } from './app-server.js';

const SECRET = 'the first secret, of 32 characters or more';
const NEW_SECRET = 'the second secret, of 32 characters or more';
const USER = { id: '9007199254740993' };

describe('SignedCookieStore', () => {
  let kakao: KakaoBusinessEmulator;
  let app: RunningApp;
  let browser: Browser;
  /** The store in use; a test may replace it, like a restart of the app. */
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

  /** Starts a login without a browser. @returns the cookie and the callback URL. */
  async function startByHand(
    cookies = '',
  ): Promise<{ cookie: string; name: string; value: string; callback: string; deleted: string[] }> {
    const response = await fetch(`${app.origin}/login`, { redirect: 'manual', headers: { cookie: cookies } });
    const { set, deleted } = cookiesIn(response.headers);
    const [cookie = ''] = set;
    const [name = '', value = ''] = cookie.split('=');
    const state = new URL(response.headers.get('location') ?? '').searchParams.get('state');
    return { cookie, name, value, callback: `${app.origin}/callback?code=a&state=${state}`, deleted };
  }

  /** Sends a callback with these cookies. */
  async function finishByHand(callback: string, cookie: string) {
    const response = await fetch(callback, { headers: { cookie } });
    return { status: response.status, body: await response.json(), ...cookiesIn(response.headers) };
  }

  it('signs in, and deletes the cookie', async () => {
    const page = await agree(browser, await open('/login'));

    expect(bodyOf(page)).to.deep.equal({ user: USER, info: { state: { returnTo: '/ads' } } });
    expect(cookiesIn(page.headers)).to.deep.equal({
      set: [],
      deleted: [`kakao-business.${page.url.searchParams.get('state')}`],
    });
  });

  it('sets one HttpOnly cookie with SameSite=Lax for ten minutes', async () => {
    const response = await browser.visit(`${app.origin}/login`);

    const [cookie = '', ...others] = response.headers.getSetCookie();
    expect(others).to.deep.equal([]);
    expect(cookie).to.match(
      /^kakao-business\.[\w-]{32}=[\w-]+\.[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('sets a Secure __Host- cookie for an https callbackURL', async () => {
    const secure = await serve(() => sessionlessApp('https://app.example.com', kakao, store));
    const response = await browser.visit(`${secure.origin}/login`);
    await secure.close();

    expect(response.headers.getSetCookie()).to.have.lengthOf(1);
    expect(response.headers.getSetCookie()[0]).to.match(
      /^__Host-kakao-business\.[\w-]{32}=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  for (const [name, first, second] of [
    ['older', 0, 1],
    ['newer', 1, 0],
  ] as const) {
    it(`completes the logins of two tabs, the ${name} one first`, async () => {
      const tabs = [await open('/login'), await open('/login')] as const;

      const pages = [await agree(browser, tabs[first]), await agree(browser, tabs[second])];

      expect(pages.map(page => bodyOf(page)['user'])).to.deep.equal([USER, USER]);
    });
  }

  it('completes the logins of tabs opened at the same time', async () => {
    const tabs = await Promise.all([open('/login'), open('/login'), open('/login')]);

    for (const tab of tabs) expect(bodyOf(await agree(browser, tab))['user']).to.deep.equal(USER);
  });

  it('ends the login when the user cancels', async () => {
    const consent = await open('/login');

    const page = await decline(browser, consent);

    expect(bodyOf(page)).to.deep.include({ code: 'access_denied' });
    expect(cookiesIn(page.headers).deleted).to.have.lengthOf(1);
    expect((await browser.visit(page.url)).status).to.equal(403);
  });

  it('rejects a repeated callback', async () => {
    const page = await agree(browser, await open('/login'));

    const again = await browser.visit(page.url);

    expect(again.status).to.equal(403);
    expect(bodyOf(again)).to.deep.include({ code: 'invalid_state', reason: 'no_pending_login' });
  });

  it('refuses a repeated callback with a copied cookie', async () => {
    const login = await browser.visit(`${app.origin}/login`);
    const [copy = ''] = cookiesIn(login.headers).set;
    const page = await agree(browser, await browser.open(login.headers.get('location') ?? ''));

    const { status, body } = await finishByHand(page.url.href, copy);

    expect(status).to.equal(403);
    expect(body).to.deep.include({ code: 'invalid_state', reason: 'unknown' });
  });

  it('leaves a copied cookie in another process to Kakao', async () => {
    const login = await browser.visit(`${app.origin}/login`);
    const [copy = ''] = cookiesIn(login.headers).set;
    const page = await agree(browser, await browser.open(login.headers.get('location') ?? ''));
    store = new SignedCookieStore({ secret: SECRET });

    const { status, body } = await finishByHand(page.url.href, copy);

    expect(status).to.equal(401);
    expect(body).to.deep.include({ code: 'invalid_grant' });
  });

  it('rejects the callback of another browser, and keeps its login', async () => {
    const consent = await open('/login');
    const other = new Browser();
    const callback = `${app.origin}/callback?code=a&state=${consent.url.searchParams.get('state')}`;

    const withNone = await other.visit(callback);
    await open('/login', other);
    const withItsOwn = await other.visit(callback);

    expect(bodyOf(withNone)).to.deep.include({ code: 'invalid_state', reason: 'no_pending_login' });
    expect(bodyOf(withItsOwn)).to.deep.include({ code: 'invalid_state', reason: 'unknown' });
    expect(cookiesIn(withItsOwn.headers)).to.deep.equal({ set: [], deleted: [] });
    expect(bodyOf(await agree(browser, consent))['user']).to.deep.equal(USER);
  });

  describe('rejects, before any request to Kakao,', () => {
    type Started = Awaited<ReturnType<typeof startByHand>>;

    const forge = (change: (login: Record<string, unknown>) => unknown) => (value: string) => {
      const [payload = '', signature] = value.split('.');
      const login = JSON.parse(Buffer.from(payload, 'base64url').toString());
      return `${Buffer.from(JSON.stringify(change(login))).toString('base64url')}.${signature}`;
    };
    const tampered: [what: string, value: (value: string) => string][] = [
      ['another redirect URI', forge(login => ({ ...login, redirectURI: 'https://evil.example' }))],
      ['other data', forge(login => ({ ...login, state: { returnTo: 'https://evil.example' } }))],
      ['a later expiry', forge(login => ({ ...login, expiresAt: Number.MAX_SAFE_INTEGER }))],
      ['null as its login', forge(() => null)],
      ['a truncated signature', value => value.slice(0, -1)],
      ['a longer signature', value => `${value}AAAA`],
      ['another signature', value => value.replace(/[^.]+$/, 'A'.repeat(43))],
      ['no signature', value => value.replace(/\..*/, '')],
      ['an empty signature', value => value.replace(/\..*/, '.')],
      ['a dot only', () => '.'],
      ['a malformed value', () => '%%%'],
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
      ['a cookie with another name', ({ cookie }) => `x${cookie}`, 'no_pending_login'],
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

    it('a cookie signed with another secret', async () => {
      const { cookie, callback } = await startByHand();
      store = new SignedCookieStore({ secret: NEW_SECRET });

      expect((await finishByHand(callback, cookie)).body).to.deep.include({ reason: 'unknown' });
      expect(tokenRequests()).to.deep.equal([]);
    });

    it('a login older than ten minutes, even if the browser kept its cookie', async () => {
      const { cookie, callback } = await startByHand();
      const now = realNow();

      Date.now = () => now + 601_000;
      const { status, body } = await finishByHand(callback, cookie);

      expect(status).to.equal(403);
      expect(body).to.deep.include({ code: 'invalid_state', reason: 'expired' });
      expect(tokenRequests()).to.deep.equal([]);
    });

    it('malformed states, without setting a cookie', async () => {
      const { cookie } = await startByHand();
      for (const state of ['__proto__', 'a%3Db', 'a%3B+Path%3D/', '']) {
        const refused = await finishByHand(`${app.origin}/callback?code=a&state=${state}`, cookie);
        expect(refused).to.deep.include({ status: 403, set: [], deleted: [] });
      }
    });
  });

  it('keeps eight logins per browser, and deletes the oldest and invalid ones', async () => {
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

  it('accepts a login signed with an old secret while it is listed', async () => {
    const consent = await open('/login');

    store = new SignedCookieStore({ secret: [NEW_SECRET, SECRET] });
    const newer = await open('/login');
    const older = await agree(browser, consent);
    store = new SignedCookieStore({ secret: NEW_SECRET });

    expect(bodyOf(older)['user']).to.deep.equal(USER);
    expect(bodyOf(await agree(browser, newer))['user']).to.deep.equal(USER);
  });

  it('rejects data too large for a cookie', async () => {
    const response = await browser.visit(`${app.origin}/login?returnTo=${'x'.repeat(500)}`);

    expect(response.status).to.equal(500);
    expect(bodyOf(response)).to.deep.equal({
      message: 'SignedCookieStore: the state option is too large for a cookie',
    });
    expect(response.headers.getSetCookie()).to.deep.equal([]);
  });

  it('keeps Korean data', async () => {
    const page = await agree(browser, await open('/login?returnTo=/광고계정'));

    expect(bodyOf(page)['info']).to.deep.equal({ state: { returnTo: '/광고계정' } });
  });

  for (const [what, secret] of [
    ['an empty secret', ''],
    ['a short secret', 'short'],
    ['an empty list of secrets', []],
    ['a list with a short secret', ['short', SECRET]],
  ] as const) {
    it(`rejects ${what}`, () => {
      expect(() => new SignedCookieStore({ secret })).to.throw(TypeError, /at least 32 random characters/);
    });
  }
});

/** Responds with Passport's outcome, like an app that issues its own tokens. */
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

/** The cookies that a response sets, as `name=value`, and the names of those that it deletes. */
function cookiesIn(headers: Headers): { set: string[]; deleted: string[] } {
  const cookies = headers.getSetCookie();
  const isDeleted = (cookie: string): boolean => cookie.includes('; Max-Age=0;');
  return {
    set: cookies.filter(cookie => !isDeleted(cookie)).map(cookie => cookie.replace(/;.*/, '')),
    deleted: cookies.filter(isDeleted).map(cookie => cookie.replace(/=.*/, '')),
  };
}
