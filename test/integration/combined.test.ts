import { expect } from 'chai';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { Browser, type Page } from '../support/browser.js';
import { combinedApp, OWNER } from './app-combined.js';
import { agree, bodyOf, decline, type RunningApp, serve } from './app-server.js';
import { type StandIn, startStandIn } from './stand-in-provider.js';

const USERS = {
  'kakao-business': { id: 'kakao-business:9007199254740993' },
  kakao: { id: 'kakao:77' },
  google: { id: 'google:1076' },
  local: { id: 'local:owner' },
} as const;

type Way = Exclude<keyof typeof USERS, 'local'>;

describe('Kakao Business in one app with', () => {
  let business: KakaoBusinessEmulator;
  let kakao: StandIn;
  let google: StandIn;
  /** Logs in with keepSessionInfo, so that the rest of the session survives. */
  let app: RunningApp;
  /** Logs in without keepSessionInfo, Passport's default. */
  let forgetfulApp: RunningApp;
  let browser: Browser;

  before(async () => {
    [business, kakao, google] = await Promise.all([
      startKakaoBusinessEmulator(),
      startStandIn({ id: 77, properties: { nickname: '하늘' } }),
      startStandIn({ sub: '1076', name: 'Haneul' }),
    ]);
    const providers = { business, kakao, google };
    app = await serve(origin => combinedApp(origin, providers, { keepSessionInfo: true }));
    forgetfulApp = await serve(origin => combinedApp(origin, providers, { keepSessionInfo: false }));
  });
  after(() => Promise.all([app, forgetfulApp, business, kakao, google].map(each => each.close())));
  beforeEach(() => {
    browser = new Browser();
  });

  const start = (way: Way, at = app): Promise<Page> => browser.open(`${at.origin}/login/${way}`);
  const connect = (way: Way): Promise<Page> => browser.open(`${app.origin}/connect/${way}`);
  const signInWithPassword = (at = app): Promise<Page> => browser.post(`${at.origin}/login/local`, OWNER);
  const me = async () => bodyOf(await browser.open(`${app.origin}/me`));

  describe('passport-local', () => {
    it('allows a password login, then a Kakao Business login', async () => {
      expect(bodyOf(await signInWithPassword())['user']).to.deep.equal(USERS.local);

      const page = await agree(browser, await start('kakao-business'));

      expect(bodyOf(page)['user']).to.deep.equal(USERS['kakao-business']);
      expect((await me())['user']).to.deep.equal(USERS['kakao-business']);
    });

    it('allows a Kakao Business login, then a password login', async () => {
      await agree(browser, await start('kakao-business'));

      await signInWithPassword();

      expect((await me())['user']).to.deep.equal(USERS.local);
    });

    it('keeps a pending login after a wrong password', async () => {
      const consent = await start('kakao-business', forgetfulApp);
      const refused = await browser.post(`${forgetfulApp.origin}/login/local`, {
        ...OWNER,
        password: 'wrong',
      });

      const page = await agree(browser, consent);

      expect(refused.status).to.equal(401);
      expect(page.status).to.equal(200);
    });

    it('redirects to Kakao after a wrong password in a list of strategies', async () => {
      const right = await browser.post(`${app.origin}/login/any`, OWNER);
      const wrong = await browser.post(`${app.origin}/login/any`, { ...OWNER, password: 'wrong' });

      expect(bodyOf(right)['user']).to.deep.equal(USERS.local);
      expect(wrong.url.href).to.include(business.endpoints.authorizationURL);
      expect((await agree(browser, wrong)).status).to.equal(200);
    });
  });

  const peers = [
    { peer: 'kakao', product: 'passport-kakao' },
    { peer: 'google', product: 'passport-google-oauth20' },
  ] as const;
  for (const { peer, product } of peers) {
    describe(product, () => {
      const orders: [Way, Way][] = [
        ['kakao-business', peer],
        [peer, 'kakao-business'],
      ];
      for (const starts of orders) {
        for (const finishes of orders) {
          it(`completes both logins, started ${starts.join(', ')}, finished ${finishes.join(', ')}`, async () => {
            const consents = new Map<Way, Page>();
            for (const way of starts) consents.set(way, await start(way));

            for (const way of finishes) {
              const consent = consents.get(way);
              const page = consent && (await agree(browser, consent));
              expect(page && bodyOf(page)['user']).to.deep.equal(USERS[way]);
            }

            const { user, kept } = await me();
            expect(user).to.deep.equal(USERS[finishes[1]]);
            expect(kept).to.have.members(['cookie', 'passport', 'kakao-business']);
          });
        }
      }

      it('keeps each pending login under its own session key', async () => {
        await start('kakao-business');
        await start(peer);

        const { kept } = await me();

        expect(kept).to.have.members(['cookie', 'kakao-business', 'oauth2:127.0.0.1']);
      });

      it('succeeds after a cancelled Kakao Business login', async () => {
        const [consent, other] = [await start('kakao-business'), await start(peer)];

        const declined = await decline(browser, consent);
        const page = await agree(browser, other);

        expect(declined.status).to.equal(401);
        expect(bodyOf(page)['user']).to.deep.equal(USERS[peer]);
      });

      it('can be cancelled without ending the Kakao Business login', async () => {
        const [consent, other] = [await start('kakao-business'), await start(peer)];

        const declined = await decline(browser, other);
        const page = await agree(browser, consent);

        expect(declined.status).to.equal(401);
        expect(bodyOf(page)['user']).to.deep.equal(USERS['kakao-business']);
      });

      it('does not mix up its callback with one of Kakao Business', async () => {
        const [consent, other] = [await start('kakao-business'), await start(peer)];
        const state = other.url.searchParams.get('state');

        const strayed = await browser.visit(`${app.origin}/callback/kakao-business?code=a&state=${state}`);

        expect(strayed.status).to.equal(403);
        expect((await agree(browser, other)).status).to.equal(200);
        expect((await agree(browser, consent)).status).to.equal(200);
      });

      it('ends the pending Kakao Business login without keepSessionInfo', async () => {
        const consent = await start('kakao-business', forgetfulApp);
        const other = await start(peer, forgetfulApp);

        const first = await agree(browser, other);
        const second = await agree(browser, consent);

        expect(bodyOf(first)['user']).to.deep.equal(USERS[peer]);
        expect(second.status).to.equal(403);
        expect(bodyOf(await browser.open(`${forgetfulApp.origin}/me`))['user']).to.deep.equal(USERS[peer]);
      });

      it('fails if both use the same session key', async () => {
        const trap = await serve(origin =>
          combinedApp(
            origin,
            { business, kakao, google },
            { keepSessionInfo: true, sessionKey: 'oauth2:127.0.0.1' },
          ),
        );
        const other = await start(peer, trap);
        await start('kakao-business', trap);

        const page = await agree(browser, other);
        await trap.close();

        expect(page.status).to.equal(403);
      });
    });
  }

  describe('passport.authorize', () => {
    for (const way of ['local', 'kakao', 'google'] as const) {
      it(`connects an account to a user of ${way}, and keeps the session`, async () => {
        if (way === 'local') await signInWithPassword();
        else await agree(browser, await start(way));
        const { sessionID } = await me();

        const connected = bodyOf(await agree(browser, await connect('kakao-business')));

        expect(connected).to.deep.include({
          user: USERS[way],
          account: USERS['kakao-business'],
          authInfo: { state: { returnTo: '/ads' } },
          sessionID,
        });
        expect(await me()).to.deep.include({ user: USERS[way], sessionID });
      });
    }

    it('keeps the user signed in after a cancelled consent', async () => {
      await signInWithPassword();
      const before = await me();

      const declined = await decline(browser, await connect('kakao-business'));

      expect(declined.status).to.equal(401);
      expect(await me()).to.deep.include({ user: before['user'], sessionID: before['sessionID'] });
    });

    for (const finishes of [
      ['kakao-business', 'google'],
      ['google', 'kakao-business'],
    ] as const) {
      it(`connects two accounts at once, finished ${finishes.join(', ')}`, async () => {
        await signInWithPassword();
        const consents = {
          google: await connect('google'),
          'kakao-business': await connect('kakao-business'),
        };

        for (const way of finishes) {
          const connected = bodyOf(await agree(browser, consents[way]));
          expect(connected).to.deep.include({ user: USERS.local, account: USERS[way] });
        }
      });
    }

    it('returns the account, but no user, if nobody is signed in', async () => {
      const connected = bodyOf(await agree(browser, await connect('kakao-business')));

      expect(connected['account']).to.deep.equal(USERS['kakao-business']);
      expect(await me()).not.to.have.property('user');
    });
  });
});
