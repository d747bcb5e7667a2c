import { expect } from 'chai';
import express from 'express';
import session from 'express-session';
import { Passport } from 'passport';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { KakaoBusinessStrategy } from '../../lib/index.js';
import { Browser, type Page } from '../support/browser.js';
import { agree, bodyOf, keepUserInSession, type RunningApp, serve, showError } from './app-server.js';

const agencies = ['agency-a', 'agency-b'] as const;
type Agency = (typeof agencies)[number];
type Emulators = Record<Agency, KakaoBusinessEmulator>;

/** One app with several apps at Kakao, each with its own strategy name. */
const agenciesApp = (origin: string, kakao: Emulators, sessionKeyOf: (agency: Agency) => string) => {
  const passport = new Passport();
  keepUserInSession(passport);
  const app = express();
  app.use(session({ secret: 'test', resave: false, saveUninitialized: false }));
  app.use(passport.session());
  for (const agency of agencies) {
    const callbackURL = `${origin}/callback/${agency}`;
    kakao[agency].app.redirectURIs.push(callbackURL);
    const { clientID, clientSecret } = kakao[agency].app;
    const sessionKey = sessionKeyOf(agency);
    passport.use(
      agency,
      new KakaoBusinessStrategy(
        { clientID, clientSecret, callbackURL, sessionKey, ...kakao[agency].endpoints },
        async (_accessToken, _refreshToken, { id }) => ({ id: `${agency}:${id}` }),
      ),
    );
    const login = passport.authenticate(agency, { failWithError: true, keepSessionInfo: true });
    app.get([`/login/${agency}`, `/callback/${agency}`], login, (req, res) => void res.json(req.user));
  }
  app.use(showError);
  return app;
};

describe('Several apps at Kakao', () => {
  let kakao: Emulators;
  let app: RunningApp;
  let sharing: RunningApp;
  let browser: Browser;

  before(async () => {
    const start = (agency: Agency) =>
      startKakaoBusinessEmulator({ app: { clientID: `key-of-${agency}`, name: agency } });
    kakao = { 'agency-a': await start('agency-a'), 'agency-b': await start('agency-b') };
    app = await serve(origin => agenciesApp(origin, kakao, agency => agency));
    sharing = await serve(origin => agenciesApp(origin, kakao, () => 'agencies'));
  });
  after(() => Promise.all([app, sharing, ...Object.values(kakao)].map(each => each.close())));
  beforeEach(() => {
    browser = new Browser();
    for (const { requests } of Object.values(kakao)) requests.length = 0;
  });

  const start = (agency: Agency, at = app): Promise<Page> => browser.open(`${at.origin}/login/${agency}`);
  const bring = (consent: Page, agency: Agency, at = app): Promise<Page> =>
    browser.visit(
      `${at.origin}/callback/${agency}?code=a&state=${consent.url.searchParams.get('state') ?? ''}`,
    );
  const tokenRequests = () =>
    Object.values(kakao).flatMap(({ requests }) => requests.filter(({ endpoint }) => endpoint === 'token'));

  const orders: [Agency, Agency][] = [
    ['agency-a', 'agency-b'],
    ['agency-b', 'agency-a'],
  ];
  for (const keys of ['separate session keys', 'one session key'] as const) {
    for (const starts of orders) {
      for (const finishes of orders) {
        it(`sign in with ${keys}, started ${starts.join(', ')}, finished ${finishes.join(', ')}`, async () => {
          const at = keys === 'one session key' ? sharing : app;
          const consents = new Map<Agency, Page>();
          for (const agency of starts) consents.set(agency, await start(agency, at));

          for (const agency of finishes) {
            const consent = consents.get(agency);
            const page = consent && (await agree(browser, consent));
            expect(page && bodyOf(page)).to.deep.equal({ id: `${agency}:9007199254740993` });
          }
        });
      }
    }
  }

  it('with separate session keys reject each other’s callbacks', async () => {
    const [a, b] = [await start('agency-a'), await start('agency-b')];

    const strayed = [await bring(a, 'agency-b'), await bring(b, 'agency-a')];

    expect(strayed.map(({ status }) => status)).to.deep.equal([403, 403]);
    expect(tokenRequests()).to.deep.equal([]);
    for (const consent of [a, b]) expect((await agree(browser, consent)).status).to.equal(200);
  });

  it('with one session key send each other’s codes to Kakao, which rejects them', async () => {
    const a = await start('agency-a', sharing);

    const strayed = await bring(a, 'agency-b', sharing);

    expect(strayed.status).to.equal(401);
    expect(tokenRequests().map(({ form }) => form?.get('client_id'))).to.deep.equal(['key-of-agency-b']);
    expect((await agree(browser, a)).status).to.equal(403); // the login is used up
  });

  it('with one session key share eight pending logins', async () => {
    const a = await start('agency-a', sharing);
    for (let times = 0; times < 8; times++) await start('agency-b', sharing);

    expect((await agree(browser, a)).status).to.equal(403);
  });

  it('with separate session keys have eight pending logins each', async () => {
    const a = await start('agency-a');
    for (let times = 0; times < 8; times++) await start('agency-b');

    expect((await agree(browser, a)).status).to.equal(200);
  });
});
