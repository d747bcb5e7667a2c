import { once } from 'node:events';
import { expect } from 'chai';
import express from 'express';
import session, { type CookieOptions } from 'express-session';
import { Passport } from 'passport';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { KakaoBusinessStrategy } from '../../lib/index.js';
import { closeBrowsers, newBrowser } from './chromium.js';
import { button, labels } from './story.js';

describe('In Chromium: a symptom of the FAQ', () => {
  let kakao: KakaoBusinessEmulator;
  let stop: () => void = () => {};
  afterEach(async function () {
    await closeBrowsers(this.currentTest);
    stop();
    await kakao.close();
  });

  /** Starts an app. @returns the port it listens at. */
  async function startApp(cookie: CookieOptions): Promise<number> {
    kakao = await startKakaoBusinessEmulator();
    const app = express();
    const server = app.listen(0);
    stop = () => void server.close();
    await once(server, 'listening');
    const port = Number(Reflect.get(Object(server.address()), 'port'));
    const callbackURL = `http://localhost:${port}/callback`;
    kakao.app.redirectURIs.push(callbackURL);
    const { clientID, clientSecret } = kakao.app;
    const passport = new Passport();
    const options = { clientID, clientSecret, callbackURL, ...kakao.endpoints };
    passport.use(new KakaoBusinessStrategy(options, async (_token, _, { id }) => ({ id })));
    app.use(session({ secret: 'of the test', resave: false, saveUninitialized: false, cookie }));
    app.get('/login', passport.authenticate('kakao-business'));
    app.get('/callback', (req, res, next) => {
      passport.authenticate('kakao-business', (error: unknown, user: unknown, info: unknown) =>
        res.json({ error, ...Object(user), ...Object(info) }),
      )(req, res, next);
    });
    app.get('/favicon.ico', (_req, res) => res.sendStatus(204));
    return port;
  }

  const lost = { code: 'invalid_state', reason: 'no_pending_login' };
  for (const [what, host, cookie, outcome] of [
    ['is absent with a SameSite=Lax cookie', 'localhost', { sameSite: 'lax' }, { id: '9007199254740993' }],
    ['is brought about by a SameSite=Strict cookie', 'localhost', { sameSite: 'strict' }, lost],
    ['is brought about by a Secure cookie on plain http', 'localhost', { secure: true }, lost],
    ['is brought about by a login that starts on 127.0.0.1', '127.0.0.1', {}, lost],
  ] as const) {
    it(what, async () => {
      const port = await startApp(cookie);
      const page = await (await newBrowser()).newPage();

      await page.goto(`http://${host}:${port}/login`);
      await button(page, labels.agree).click();
      await page.waitForURL(url => url.pathname === '/callback');

      expect(JSON.parse((await page.textContent('pre')) ?? '')).to.include(outcome);
    });
  }
});
