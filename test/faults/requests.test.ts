import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import session from 'express-session';
import { Passport } from 'passport';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { KakaoBusinessStrategy } from '../../lib/index.js';
import { Browser, type Page } from '../support/browser.js';

/** A typical Express app, which responds with the outcome of Passport. */
async function startApp(kakao: KakaoBusinessEmulator, queryParser: 'simple' | 'extended') {
  const app = express();
  const server: Server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const callbackURL = `${origin}/callback`;
  kakao.app.redirectURIs.push(callbackURL, `${origin}/other`);

  const passport = new Passport();
  const { clientID, clientSecret } = kakao.app;
  passport.use(
    new KakaoBusinessStrategy(
      { clientID, clientSecret, callbackURL, scope: 'biz_account_email', ...kakao.endpoints },
      async (_accessToken, _refreshToken, { id }) => ({ id }),
    ),
  );
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser((user: object, done: (error: null, user: object) => void) => done(null, user));

  app.set('query parser', queryParser);
  app.use(session({ secret: 'test', resave: false, saveUninitialized: false }));
  app.use(express.urlencoded({ extended: true, limit: '1mb' }));
  const kakaoBusiness = (options: object) =>
    [
      passport.authenticate('kakao-business', { failWithError: true, keepSessionInfo: true, ...options }),
      (req: express.Request, res: express.Response) => void res.json({ user: req.user }),
    ] as const;
  app.all('/login', ...kakaoBusiness({}));
  app.all('/login/other', ...kakaoBusiness({ callbackURL: `${origin}/other` }));
  app.all('/callback', ...kakaoBusiness({}));
  app.all('/other', ...kakaoBusiness({}));
  app.get(
    '/pending',
    (req, res) =>
      void res.json(JSON.parse(JSON.stringify(req.session))['kakao-business']?.pending.length ?? 0),
  );
  app.use(
    (
      error: { status?: number; message?: string },
      _req: express.Request,
      res: express.Response,
      _next: express.NextFunction,
    ) => {
      res.status(error.status ?? 500).json({ message: error.message });
    },
  );
  return {
    origin,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

for (const queryParser of ['simple', 'extended'] as const) {
  describe(`A request (${queryParser} query parser)`, () => {
    let kakao: KakaoBusinessEmulator;
    let app: Awaited<ReturnType<typeof startApp>>;
    let browser: Browser;
    before(async () => {
      kakao = await startKakaoBusinessEmulator();
      app = await startApp(kakao, queryParser);
    });
    after(() => Promise.all([app.close(), kakao.close()]));
    beforeEach(() => {
      browser = new Browser();
      kakao.requests.length = 0;
    });

    const start = (path = '/login', by = browser): Promise<Page> => by.open(app.origin + path);
    const agree = (consent: Page, by = browser): Promise<Page> =>
      by.submit(consent, '/emulator/consent', { decision: 'agree' });
    const stateOf = ({ url }: Page): string => url.searchParams.get('state') ?? '';
    const pending = async (by = browser): Promise<unknown> =>
      JSON.parse((await by.open(`${app.origin}/pending`)).html);
    const kakaoRequests = () =>
      kakao.requests.map(({ endpoint }) => endpoint).filter(endpoint => endpoint !== 'authorize');

    const hostile: [what: string, query: (state: string) => string, status: number][] = [
      ['two codes', state => `code=a&code=b&state=${state}`, 400],
      ['a code in brackets', state => `code[]=a&state=${state}`, queryParser === 'extended' ? 400 : 200],
      ['a code with a member', state => `code[x]=1&state=${state}`, queryParser === 'extended' ? 400 : 200],
      ['two states', state => `code=a&state=${state}&state=${state}`, 400],
      ['two errors', state => `error=access_denied&error=x&state=${state}`, 400],
      ['both a code and an error', state => `code=a&error=access_denied&state=${state}`, 400],
      ['a code with NUL', state => `code=a%00&state=${state}`, 400],
      ['a code with CR LF', state => `code=a%0d%0aset-cookie:x&state=${state}`, 400],
      ['an empty code', state => `code=&state=${state}`, 400],
      ['a code of 10 KB', state => `code=${'a'.repeat(10_000)}&state=${state}`, 400],
      ['a forged state', () => 'code=a&state=forged', 403],
      ['no state', () => 'code=a', 403],
      ['an error with a forged state', () => 'error=access_denied&state=forged', 403],
      ['an error without a state', () => 'error=server_error', 403],
      ['__proto__ as state', () => 'code=a&state=__proto__', 403],
    ];
    for (const [what, query, status] of hostile) {
      it(`with ${what} does not reach Kakao or end the pending login`, async () => {
        const consent = await start();

        const response = await browser.visit(`${app.origin}/callback?${query(stateOf(consent))}`);

        // For the simple parser `code[x]` is another parameter: not a callback, so a login starts.
        expect(response.status).to.equal(status === 200 ? 302 : status);
        expect(kakaoRequests()).to.deep.equal([]);
        expect((await agree(consent)).status).to.equal(200);
      });
    }

    it('of 100 KB is rejected by Node', async () => {
      expect((await browser.visit(`${app.origin}/callback?code=${'a'.repeat(100_000)}`)).status).to.equal(
        431,
      );
    });

    it('that posts a code starts a login', async () => {
      const response = await browser.post(`${app.origin}/login`, {
        code: 'a',
        state: 'b',
        error: 'c',
        more: 'x'.repeat(100_000),
      });

      expect(response.url.pathname).to.equal('/oauth/business/authorize');
      expect(kakaoRequests()).to.deep.equal([]);
    });

    it('with the state of another session fails, and leaves that login pending', async () => {
      const victim = new Browser();
      const consent = await start('/login', victim);
      await start();

      const stolen = await browser.visit(`${app.origin}/callback?code=a&state=${stateOf(consent)}`);

      expect(stolen.status).to.equal(403);
      expect((await agree(consent, victim)).status).to.equal(200);
    });

    it('that is repeated fails', async () => {
      const done = await agree(await start());
      const callback = browser.history.find(({ url }) => url.pathname === '/callback')?.url ?? '';

      expect(done.status).to.equal(200);
      expect((await browser.visit(callback)).status).to.equal(403);
    });

    it('that is sent twice at once signs in at most once', async () => {
      const callback = await callbackOf(await start());

      const responses = await Promise.all([browser.visit(callback), browser.visit(callback)]);

      const [first, second] = responses.map(({ status }) => status).sort();
      expect(first).to.equal(200);
      expect(second).to.be.oneOf([401, 403]);
    });

    /** The URL that Kakao redirects to after consent, without following it. */
    async function callbackOf(consent: Page): Promise<string> {
      const form = new URLSearchParams({ decision: 'agree' });
      for (const [input] of consent.html.matchAll(/<input [^>]*>/g)) {
        const [, name = '', value = ''] = / name="([^"]*)".* value="([^"]*)"/.exec(input) ?? [];
        if (/ type="hidden"| checked/.test(input)) form.append(name, value);
      }
      const action = new URL('/emulator/consent', consent.url);
      const response = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
      return response.headers.get('location') ?? '';
    }

    it('that starts a login leaves at most eight pending', async () => {
      for (let times = 0; times < 200; times++) await browser.visit(`${app.origin}/login`);

      expect(await pending()).to.equal(8);
      expect((await agree(await start())).status).to.equal(200);
    });

    it('from one of two tabs finishes in any order', async () => {
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        const by = new Browser();
        const tabs = [await start('/login', by), await start('/login', by)];
        for (const tab of order) {
          const consent = tabs[tab];
          if (consent) expect((await agree(consent, by)).status).to.equal(200);
        }
      }
    });

    it('that starts a login while another finishes disturbs neither', async () => {
      const first = await start();

      const second = await start();
      const [finished] = await Promise.all([agree(first)]);

      expect(finished.status).to.equal(200);
      expect((await agree(second)).status).to.equal(200);
    });

    it('to the route of another callbackURL exchanges the code with that one', async () => {
      const consent = await start('/login/other');

      expect((await agree(consent)).status).to.equal(200);
      expect(kakao.requests.find(({ endpoint }) => endpoint === 'token')?.form?.get('redirect_uri')).to.equal(
        `${app.origin}/other`,
      );
    });
  });
}
