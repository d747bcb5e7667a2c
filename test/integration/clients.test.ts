import { expect } from 'chai';
import { ClientsPage, TOKEN_INFO } from '../clients/page.js';
import { Consumer } from '../package/consumer.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/server.js';

/** An Express app around the last line of a program: how it starts, what it uses, and how it ends. */
const expressApp = (program: string, port: number, routes: string): string => `
import express from 'express';
import session from 'express-session';
${program}
const app = express();
app.use(session({ secret: 'thirty-two characters or even more', resave: false, saveUninitialized: false }));
const show = async (res, token) => {
  const tokeninfo = await fetch(kakao + '/v1/business/tokeninfo', { headers: { authorization: 'Bearer ' + token } });
  res.send(await tokeninfo.text());
};
${routes}
app.listen(${port}, () => console.log('http://localhost:${port}'));
`;

describe('The page about OAuth clients has programs that sign in with', function () {
  this.timeout(120_000);

  let consumer: Consumer;
  let page: ClientsPage;
  let port: number;
  before(async () => {
    port = await freePort();
    page = await ClientsPage.start(port);
    consumer = await Consumer.create([
      '@badgateway/oauth2-client@3',
      'better-auth@1',
      'client-oauth2@4',
      'express@5',
      'express-session@1',
      'grant@5',
      'passport@0.7',
      'passport-oauth2@1',
      'simple-oauth2@5',
    ]);
  });
  after(async () => {
    await page.close();
    await consumer.remove();
  });

  for (const client of ['simple-oauth2', '@badgateway/oauth2-client', 'client-oauth2']) {
    it(client, async () => {
      await consumer.write('client.mjs', page.program(client));

      const { code, output } = await consumer.run(process.execPath, 'client.mjs');

      expect(output).to.match(TOKEN_INFO);
      expect(code).to.equal(0);
    });
  }

  /** Serves a program of the page within an Express app. */
  const serve = async (
    client: string,
    routes: string,
    use: (origin: string) => Promise<void>,
  ): Promise<void> => {
    await consumer.write('app.mjs', expressApp(page.program(client), port, routes));
    await consumer.serve('app.mjs', use);
  };
  const signIn = async (browser: Browser, start: string): Promise<string> => {
    const consent = await browser.open(start);
    return (await browser.submit(consent, '/emulator/consent', { decision: 'agree' })).html;
  };

  it('grant', () =>
    serve(
      'grant',
      `app.use(connect);
app.get('/profile', (req, res) => show(res, req.session.grant.response.access_token));`,
      async origin => {
        expect(await signIn(new Browser(), `${origin}/connect/kakao_business`)).to.match(TOKEN_INFO);
      },
    ));

  it('passport-oauth2', () =>
    serve(
      'passport-oauth2',
      `const { default: passport } = await import('passport');
passport.use('kakao-business', strategy);
app.get('/login', passport.authenticate('kakao-business'));
app.get('/callback', passport.authenticate('kakao-business', { session: false }), (req, res) =>
  show(res, req.user.accessToken),
);`,
      async origin => {
        expect(await signIn(new Browser(), `${origin}/login`)).to.match(TOKEN_INFO);
      },
    ));

  it('better-auth', () =>
    serve(
      'better-auth',
      `const { fromNodeHeaders, toNodeHandler } = await import('better-auth/node');
app.get('/login', async (req, res) => {
  const body = { provider: 'kakao-business', callbackURL: '/profile' };
  const { headers, response } = await auth.api.signInSocial({ body, returnHeaders: true });
  res.setHeaders(headers).redirect(response.url);
});
app.all('/api/auth/{*path}', toNodeHandler(auth));
app.get('/profile', async (req, res) =>
  res.json(await auth.api.listUserAccounts({ headers: fromNodeHeaders(req.headers) })),
);`,
      async origin => {
        expect(await signIn(new Browser(), `${origin}/login`)).to.include('"accountId":"9007199254740993"');
      },
    ));
});
