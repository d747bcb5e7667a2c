import { expect } from 'chai';
import { Browser, type Page } from '../support/browser.js';
import { Example } from './example.js';

/** The apps in examples/, which all behave the same; `cookie` is the name of the session cookie. */
const frameworks = [
  { name: 'express-5', cookie: 'connect.sid' },
  { name: 'express-4', cookie: 'connect.sid' },
  { name: 'fastify-session', cookie: 'sessionId' },
  { name: 'fastify-secure-session', cookie: 'session' },
  { name: 'koa', cookie: 'koa.sess' },
];

/** A store like Redis: asynchronous, and with copies of the data. */
const SLOW_STORE = `store: (sessions => ({
    get: (id, done) => setTimeout(() => done(null, JSON.parse(sessions.get(id) ?? 'null')), 20),
    set: (id, value, done) => setTimeout(() => { sessions.set(id, JSON.stringify(value)); done(); }, 20),
    destroy: (id, done) => setTimeout(() => { sessions.delete(id); done(); }, 20),
  }))(new Map()),`;

const OWNER = '9007199254740993';
const owner = {
  id: OWNER,
  email: 'haneul.kim@example.com',
  agreements: [{ group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['482913', '482914'] }],
};

describe('The example', function () {
  this.timeout(120_000);

  let examples = new Map<string, Example>();
  before(async () => {
    examples = await Example.installAll(frameworks.map(({ name }) => name));
  });
  after(() => Promise.all([...examples.values()].map(example => example.remove())));

  for (const { name, cookie } of frameworks) {
    describe(name, () => {
      let browser: Browser;
      before(() => app().start());
      beforeEach(() => {
        browser = new Browser();
      });

      const app = (): Example => {
        const example = examples.get(name);
        if (!example) throw new Error(`${name} is not installed`);
        return example;
      };
      const start = (returnTo = '/') =>
        browser.open(`${app().origin}/auth/kakao-business?${new URLSearchParams({ returnTo })}`);
      const agree = (consent: Page, choice: Record<string, string | string[]> = {}) =>
        browser.submit(consent, '/emulator/consent', { ...choice, decision: 'agree' });
      const openCallback = (query: Record<string, string> | [string, string][]) =>
        browser.open(`${app().origin}/auth/kakao-business/callback?${new URLSearchParams(query)}`);
      const home = () => browser.open(app().origin);
      const expectOwner = async () => expect(json(await home())).to.deep.equal(owner);

      it('signs in and shows ID, email and ad accounts', async () => {
        const consent = await browser.click(await home(), '/auth/kakao-business');
        const signedIn = await agree(consent, { [`moment-${OWNER}`]: '482914' });

        expect(signedIn.url.href).to.equal(`${app().origin}/`);
        expect(json(signedIn)).to.deep.equal({
          ...owner,
          agreements: [{ group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['482914'] }],
        });
      });

      it('shows no email for a user without one', async () => {
        const signedIn = await agree(await start(), { user: '3120457786' });

        expect(json(signedIn)).to.deep.equal({
          id: '3120457786',
          agreements: [
            { group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['9223372036854775807'] },
          ],
        });
      });

      it('responds with 401 when the user cancels', async () => {
        const refused = await browser.submit(await start(), '/emulator/consent', { decision: 'cancel' });

        expect(refused.status).to.equal(401);
        expect(json(refused)).to.deep.equal({
          code: 'access_denied',
          message: 'The user did not agree.',
        });
        expect((await home()).text).to.contain('카카오 비즈니스로 로그인');
      });

      for (const { what, query, reason } of [
        { what: 'forged', query: { code: 'code', state: 'forged' }, reason: 'unknown' },
        { what: 'missing', query: { code: 'code' }, reason: 'missing' },
        {
          what: 'forged, on an error',
          query: { error: 'access_denied', state: 'forged' },
          reason: 'unknown',
        },
      ]) {
        it(`rejects a state that is ${what}, and keeps the pending login`, async () => {
          const consent = await start();

          const refused = await openCallback(query);

          expect(refused.status).to.equal(403);
          expect(json(refused)).to.include({ code: 'invalid_state', reason });
          await agree(consent);
          await expectOwner();
        });
      }

      it('rejects a callback without a pending login', async () => {
        const refused = await openCallback({ code: 'code', state: 'state' });

        expect(refused.status).to.equal(403);
        expect(json(refused)).to.include({ code: 'invalid_state', reason: 'no_pending_login' });
      });

      it('responds with 400 to a malformed callback', async () => {
        const refused = await openCallback([
          ['code', 'a'],
          ['code', 'b'],
          ['state', 'state'],
        ]);

        expect(refused.status).to.equal(400);
        expect(json(refused)).to.include({ code: 'invalid_request' });
      });

      it('responds with 401 when Kakao rejects the code', async () => {
        const state = stateOf(await start());

        const refused = await openCallback({ code: 'no-such-code', state });

        expect(refused.status).to.equal(401);
        expect(json(refused)).to.include({ code: 'invalid_grant' });
      });

      it('passes an error of Kakao to the error handler', async () => {
        const state = stateOf(await start());

        const failed = await openCallback({ error: 'server_error', state });

        expect(failed.status).to.equal(502);
        expect(json(failed)).to.have.property('code', 'KAKAO_API_ERROR');
        expect(json(failed)).to.have.property('hint').that.is.a('string');
      });

      it('signs in after an abandoned login', async () => {
        await start();
        await agree(await start());
        await expectOwner();
      });

      for (const [first, second] of [
        ['older', 'newer'],
        ['newer', 'older'],
      ] as const) {
        it(`signs in in two tabs, the ${first} one first`, async () => {
          const tabs = { older: await start('/older'), newer: await start('/newer') };

          expect((await agree(tabs[first])).url.pathname).to.equal(`/${first}`);
          await expectOwner();
          expect((await agree(tabs[second])).url.pathname).to.equal(`/${second}`);
          await expectOwner();
        });
      }

      it('returns to the URL that started the login, with its query', async () => {
        const { url } = await agree(await start('/ads?page=2&sort=name'));

        expect(url.href).to.equal(`${app().origin}/ads?page=2&sort=name`);
      });

      for (const elsewhere of [
        '//example.com',
        '/\\example.com',
        'https://example.com/',
        '/\t/example.com',
        'ads',
      ]) {
        it(`returns to / instead of ${JSON.stringify(elsewhere)}`, async () => {
          const { url } = await agree(await start(elsewhere));

          expect(url.href).to.equal(`${app().origin}/`);
        });
      }

      it('rejects a repeated callback, and keeps the user signed in', async () => {
        await agree(await start());
        const callback = browser.history.findLast(({ url }) => url.searchParams.has('code'));

        const again = await browser.open(callback?.url ?? '');

        expect(again.status).to.equal(403);
        expect(json(again)).to.include({ code: 'invalid_state', reason: 'no_pending_login' });
        await expectOwner();
      });

      it('renews the session cookie at login, and rejects the old one', async () => {
        const consent = await start();
        const before = cookies(browser);
        await agree(consent);
        const after = cookies(browser);

        expect(before.get(cookie))
          .to.be.a('string')
          .that.is.not.oneOf(['', after.get(cookie)]);
        expect(await as(before)).to.contain('카카오 비즈니스로 로그인');
        expect(JSON.parse(await as(after))).to.deep.equal(owner);
      });

      const as = async (jar: Map<string, string>): Promise<string> => {
        const header = [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
        return (await fetch(app().origin, { headers: { cookie: header } })).text();
      };

      it('sets an HttpOnly session cookie with SameSite=Lax', async () => {
        const { headers } = await browser.visit(`${app().origin}/auth/kakao-business`);
        const written = headers.getSetCookie().find(line => line.startsWith(`${cookie}=`));

        expect(written).to.match(/; *samesite=lax/i);
        expect(written).to.match(/; *httponly/i);
        expect(written).to.match(/; *path=\/(;|$)/i);
      });

      it('keeps the session cookie below 4 KB with eight pending logins', async () => {
        for (let login = 0; login < 9; login++) await start(`/${'a'.repeat(150)}`);

        for (const [key, value] of cookies(browser)) expect(key.length + value.length).to.be.below(4096);
        await agree(await start());
        await expectOwner();
      });

      if (name === 'fastify-session') {
        it('works with a slow store, for which @fastify/passport alone responds twice', async () => {
          await app().stop();
          await app().edit('saveUninitialized: false,', `saveUninitialized: false, ${SLOW_STORE}`);
          await app().start();

          const tabs = [await start('/first'), await start('/last')];
          for (const consent of tabs) await agree(consent);
          await expectOwner();
          expect((await openCallback({ code: 'code', state: 'forged' })).status).to.equal(403);
        });
      }

      it('prints only its address, and exits on SIGTERM', async () => {
        expect(app().output).to.equal(`${app().origin}\n`);
        expect(await app().stop()).to.equal('SIGTERM');
      });
    });
  }
});

const json = (page: Page): unknown => JSON.parse(page.html);

const stateOf = (consent: Page): string => consent.url.searchParams.get('state') ?? '';

/** The cookies of the app, as name and value. */
const cookies = ({ history }: Browser): Map<string, string> =>
  new Map(
    history.flatMap(({ headers }) =>
      headers.getSetCookie().map((line): [string, string] => {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        return [name, value];
      }),
    ),
  );
