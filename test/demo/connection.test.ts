import { expect } from 'chai';
import { demoUser } from '../../examples/demo/users.js';
import { Browser, type Page } from '../support/browser.js';
import { agree, type Demo, decline, expectNoSecretShown, startDemo } from './demo.js';

describe('demo: the connection to Kakao Business', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo();
  });

  afterEach(async () => {
    await demo.close();
    expectNoSecretShown(demo);
  });

  const connect = async () => {
    const profile = await demo.browser.open(`${demo.origin}/profile`);
    return agree(demo.browser, await demo.browser.click(profile, '/connect/kakao-business'));
  };

  const tokenInfoAtKakao = async (token = '') => {
    const response = await fetch(demo.emulator.endpoints.tokenInfoURL, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.json() };
  };

  describe('connecting', () => {
    it('keeps the user and the session of a password login', async () => {
      await demo.signInWithPassword();
      const cookies = () => demo.browser.history.flatMap(({ headers }) => headers.getSetCookie());
      const before = cookies().length;

      const page = await connect();

      expect(page.url.pathname).to.equal('/profile');
      expect(page.text)
        .to.include('Kakao Business is connected.')
        .and.include(
          'Email haneul.kim@example.com Kakao Business ID 9007199254740993 Signs in with a password or Kakao Business',
        )
        .and.include('731205');
      expect(cookies().length).to.equal(before);
    });

    it('uses its own redirect URI', async () => {
      await demo.signInWithPassword();
      await connect();

      const [authorize, token] = demo.emulator.requests;
      const own = `${demo.origin}/connect/kakao-business/callback`;
      expect(authorize?.query.get('redirect_uri')).to.equal(own);
      expect(token?.form?.get('redirect_uri')).to.equal(own);
    });

    it('allows the same user to sign in with Kakao Business later', async () => {
      await demo.signInWithPassword();
      await demo.browser.submit(await connect(), '/logout');

      const page = await demo.signInWithKakao();

      expect(page.text).to.include('Signs in with a password or Kakao Business');
    });

    it('keeps the user signed in after a cancelled consent', async () => {
      const profile = await demo.signInWithPassword();

      const refused = await decline(
        demo.browser,
        await demo.browser.click(profile, '/connect/kakao-business'),
      );

      expect(refused.status).to.equal(401);
      expect(refused.text).to.include('You did not agree').and.include('My profile');
      expect((await demo.browser.open(`${demo.origin}/profile`)).text).to.include(
        'Kakao Business is not connected',
      );
      expect((await demo.browser.click(refused, '/connect/kakao-business')).url.pathname).to.equal(
        '/oauth/business/authorize',
      );
    });

    it("rejects another user's Kakao Business account", async () => {
      await demo.browser.submit(await demo.signInWithKakao(), '/logout');
      await demo.signInWithPassword();

      const page = await connect();

      expect(page.status).to.equal(409);
      expect(page.text).to.include('belongs to another user').and.include('account_in_use');
      expect((await demo.browser.open(`${demo.origin}/profile`)).text).to.include(
        'Kakao Business is not connected',
      );
    });

    it('replaces an account, and frees the first one for another user', async () => {
      await demo.signInWithPassword();
      await connect();
      const consentScreen = await demo.browser.open(`${demo.origin}/connect/kakao-business`);
      const second = await agree(demo.browser, consentScreen, { user: '3120457786' });
      await demo.browser.submit(second, '/logout');

      const first = await demo.signInWithKakao();

      expect(second.text).to.include('3120457786').and.not.include('9007199254740993');
      expect(first.text).to.include('9007199254740993').and.not.include('a password');
    });

    it('leads from an old callback to the profile once there is a connection', async () => {
      await demo.signInWithPassword();
      await connect();
      const callback = demo.browser.history.findLast(({ url }) => url.searchParams.has('code'))?.url ?? '';

      const finished = await demo.browser.open(callback);
      await demo.browser.visit(`${demo.origin}/connect/kakao-business`);
      const besideAnother = await demo.browser.open(callback);
      const malformed = await demo.browser.open(
        `${demo.origin}/connect/kakao-business/callback?code=c0de-of-mine`,
      );

      for (const page of [finished, besideAnother]) {
        expect(page.url.pathname).to.equal('/profile');
        expect(page.text).to.include('Kakao Business was already connected.').and.include('731205');
      }
      expect(malformed.text).to.include('The response is incomplete');
    });

    it('offers to start again after an old callback while there is no connection', async () => {
      await demo.signInWithPassword();
      const callback = `${demo.origin}/connect/kakao-business/callback?code=c0de-of-mine&state=x`;

      const page = await demo.browser.open(callback);

      expect(page.status).to.equal(403);
      expect(page.text).to.include('No sign-in is in progress').and.include('Start again');
    });

    it('does not start from an old sign-in link of a signed-in user', async () => {
      const startPage = await demo.browser.open(demo.origin);
      await demo.signInWithPassword();

      const page = await demo.browser.click(startPage, '/auth/kakao-business');

      expect(page.url.href).to.equal(`${demo.origin}/profile`);
      expect(demo.emulator.requests).to.deep.equal([]);
    });

    it('asks a signed-out visitor to sign in, and drops the code', async () => {
      const page = await demo.browser.open(
        `${demo.origin}/connect/kakao-business/callback?code=c0de-of-mine&state=x`,
      );

      expect(page.url.href).to.equal(`${demo.origin}/?returnTo=%2Fconnect%2Fkakao-business%2Fcallback`);
      expect((await demo.browser.submit(page, '/login', demoUser)).url.pathname).to.equal('/profile');
    });
  });

  describe('checking the token', () => {
    it("shows Kakao's response", async () => {
      const page = await demo.browser.submit(await demo.signInWithKakao(), '/check');

      expect(page.status).to.equal(200);
      expect(page.text).to.include('The token works.').and.include('"token_user_id": "9007199254740993"');
    });

    it('shows what to do when the token was revoked elsewhere', async () => {
      const profile = await demo.signInWithKakao();
      await fetch(demo.emulator.endpoints.revokeURL, {
        method: 'POST',
        headers: { authorization: `Bearer ${demo.tokens[0]}` },
      });

      const page = await demo.browser.submit(profile, '/check');

      expect(page.status).to.equal(502);
      expect(page.text)
        .to.include('Your consent is needed again')
        .and.include('For the operator')
        .and.include('The business token is invalid, expired or revoked')
        .and.include('Code KAKAO_API_ERROR Endpoint tokeninfo Kakao’s code -401')
        .and.include('Agree again');
    });

    it('keeps the result for the profile page', async () => {
      const profile = await demo.signInWithKakao();
      const statusOf = ({ text }: Page) => / Token (.*?)(?: \(| Check)/.exec(text)?.[1];
      const openProfile = () => demo.browser.open(`${demo.origin}/profile`);

      await demo.browser.submit(profile, '/check');
      const works = await openProfile();
      demo.emulator.failNext('tokeninfo', { status: 401, body: { msg: 'expired', code: -401 } });
      await demo.browser.submit(profile, '/check');
      const expired = await openProfile();
      demo.emulator.failNext('tokeninfo', { status: 403, body: { msg: 'permission denied', code: -5 } });
      const failed = await demo.browser.submit(profile, '/check');

      expect([profile, works, expired].map(statusOf)).to.deep.equal([
        'not checked yet',
        'works',
        'expired or revoked',
      ]);
      expect(works.text).not.to.include('Agree again to continue');
      expect(expired.text).to.include('The connection to Kakao Business has expired');
      expect(expired.text).to.include('Agree again to continue');
      expect(failed.status).to.equal(502);
      expect(statusOf(await openProfile())).to.equal(
        'expired or revoked',
        'a failure that says nothing about the token',
      );
    });

    it('sends no request without a token', async () => {
      const profile = await demo.signInWithKakao();
      await demo.browser.submit(profile, '/disconnect');
      demo.emulator.requests.length = 0;
      const formToken = /name="formToken" value="([^"]+)"/.exec(profile.html)?.[1] ?? '';

      const page = await demo.browser.post(`${demo.origin}/check`, { formToken });

      expect(page.url.pathname).to.equal('/profile');
      expect(page.text).to.include('It was disconnected already, perhaps in another window or browser.');
      expect(demo.emulator.requests).to.deep.equal([]);
    });
  });

  describe('disconnecting', () => {
    it('revokes the token at Kakao and deletes it', async () => {
      const profile = await demo.signInWithKakao();
      expect((await tokenInfoAtKakao(demo.tokens[0])).status).to.equal(200);

      const page = await demo.browser.submit(profile, '/disconnect');

      expect(page.text)
        .to.include('Disconnected. The token is no longer valid.')
        .and.include('Kakao Business is not connected')
        .and.not.include('482913');
      const { status, body } = await tokenInfoAtKakao(demo.tokens[0]);
      expect(status).to.equal(401);
      expect(body).to.have.property('code', -401);
    });

    it('is announced once', async () => {
      await demo.browser.submit(await demo.signInWithKakao(), '/disconnect');

      expect((await demo.browser.open(`${demo.origin}/profile`)).text).not.to.include('Disconnected.');
    });

    it('succeeds with a token that was already revoked', async () => {
      const profile = await demo.signInWithKakao();
      demo.emulator.failNext('revoke', {
        status: 401,
        body: { msg: 'this access token does not exist', code: -401 },
      });

      const page = await demo.browser.submit(profile, '/disconnect');

      expect(page.status).to.equal(200);
      expect(page.text)
        .to.include('It was disconnected at Kakao before.')
        .and.include('Kakao Business is not connected');
    });

    it('keeps the token when Kakao fails to revoke it', async () => {
      const profile = await demo.signInWithKakao();
      demo.emulator.failNext('revoke', { status: 503, body: { msg: 'maintenance', code: -9798 } });

      const page = await demo.browser.submit(profile, '/disconnect');

      expect(page.status).to.equal(502);
      expect(page.text).to.include('Kakao is not available right now').and.include('-9798');
      expect((await demo.browser.open(`${demo.origin}/profile`)).text).to.include('482913');
    });

    it('frees the account for another user', async () => {
      await demo.signInWithPassword();
      const page = await demo.browser.submit(await connect(), '/disconnect');
      await demo.browser.submit(page, '/logout');

      expect((await demo.signInWithKakao()).text).not.to.include('a password');
    });
  });

  describe('in two browsers', () => {
    let other: Browser;

    beforeEach(async () => {
      other = new Browser('en');
      await other.submit(await other.open(demo.origin), '/login', demoUser);
      await demo.signInWithPassword();
    });

    it('shows what the other browser connected', async () => {
      await connect();

      expect((await other.open(`${demo.origin}/profile`)).text).to.include('482913');
    });

    it('shows what the other browser disconnected, on an open page too', async () => {
      const page = await connect();
      const leftOpen = await other.open(`${demo.origin}/profile`);
      await demo.browser.submit(page, '/disconnect');

      for (const action of ['/check', '/disconnect']) {
        const after = await other.submit(leftOpen, action);

        expect(after.text)
          .to.include('It was disconnected already, perhaps in another window or browser.')
          .and.include('Kakao Business is not connected')
          .and.not.include('482913');
      }
      expect(demo.emulator.requests.filter(({ endpoint }) => endpoint === 'revoke')).to.have.lengthOf(1);
    });

    it('keeps a new connection while the other browser disconnects', async () => {
      const page = await connect();
      demo.emulator.failNext('revoke', { delay: 500 });
      const disconnecting = demo.browser.submit(page, '/disconnect');

      const consentScreen = await other.open(`${demo.origin}/connect/kakao-business`);
      await agree(other, consentScreen, { 'moment-9007199254740993': '482914' });
      await disconnecting;

      expect((await other.open(`${demo.origin}/profile`)).text)
        .to.include('482914')
        .and.not.include('482913');
    });
  });
});
