import { expect } from 'chai';
import { demoUser } from '../../examples/demo/users.js';
import type { Page } from '../support/browser.js';
import { agree, type Demo, decline, expectNoSecretShown, startDemo } from './demo.js';

describe('demo: signing in', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo();
  });

  afterEach(async () => {
    await demo.close();
    expectNoSecretShown(demo);
  });

  it('offers both ways to sign in, and lists the consent items', async () => {
    const home = await demo.browser.open(demo.origin);

    expect(home.status).to.equal(200);
    expect(home.text)
      .to.include('Sign in with Kakao Business')
      .and.include('demo / open-sesame')
      .and.include('Kakao Moment Run Kakao Moment ad accounts')
      .and.include(new URL(demo.emulator.endpoints.authorizationURL).host);
  });

  it('links to the tour, the panel of the emulator and the setup with real keys', async () => {
    const home = await demo.browser.open(demo.origin);
    const panel = new URL('/emulator', demo.emulator.endpoints.authorizationURL).href;

    const pages = [
      await demo.browser.click(home, '/problems'),
      await demo.browser.click(home, '/own-keys'),
      await demo.browser.click(home, '/emulator'),
    ];

    expect(pages.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    expect(pages[1]?.text)
      .to.include('Register both addresses')
      .and.include(`${demo.origin}/connect/kakao-business/callback`)
      .and.include('App > Platform key > REST API key KOE028')
      .and.include('KAKAO_REST_API_KEY=… KAKAO_CLIENT_SECRET=…');
    expect(pages[2]?.url.href).to.equal(panel);
  });

  it('with Kakao Business shows user, consent and ad accounts in this order', async () => {
    const page = await demo.signInWithKakao();

    expect(page.status).to.equal(200);
    expect(page.url.href).to.equal(`${demo.origin}/profile`);
    const inOrder = [
      'haneul.kim@example.com',
      '9007199254740993',
      'What I allowed',
      'Personal information Email',
      'Kakao Moment Run Kakao Moment ad accounts',
      'Keyword Ad Run Keyword Ad accounts',
      'My ad accounts',
      'Kakao Moment 482913 482914',
      'Keyword Ad 731205',
    ].map(words => page.text.indexOf(words));
    expect(inOrder).not.to.include(-1);
    expect(inOrder).to.deep.equal(inOrder.toSorted((a, b) => a - b));
  });

  it('requests only the listed consent items', async () => {
    await demo.signInWithKakao();

    const [authorize] = demo.emulator.requests;
    expect(authorize?.query.get('scope')).to.equal('biz_account_email,moment_management,keyword_management');
    expect(authorize?.query.has('resource_ids')).to.equal(false);
  });

  it('recognizes a user by the Kakao Business ID', async () => {
    const first = await demo.signInWithKakao({ 'moment-9007199254740993': '482913' });
    await demo.browser.submit(first, '/logout');

    const second = await demo.signInWithKakao({ 'moment-9007199254740993': '482914' });

    expect(second.text).to.include('482914').and.not.include('482913');
  });

  it('accepts a user without an email, and keeps 64-bit account IDs exact', async () => {
    const page = await demo.signInWithKakao({
      user: '3120457786',
      'moment-3120457786': '9223372036854775807',
    });

    expect(page.text)
      .to.include('Kakao Business user')
      .and.include('Email none (the Kakao Account has none, or you did not agree to share it)')
      .and.include('3120457786')
      .and.include('9223372036854775807');
  });

  it('explains "*", and shows unknown groups and consent items unchanged', async () => {
    demo.emulator.failNext('token', {
      body: { access_token: 'a-token-of-Kakao', token_type: 'bearer', scope: 'moment_management talk_write' },
    });
    demo.emulator.failNext('userinfo', { body: { email: 'someone@example.com' } });
    demo.emulator.failNext('tokeninfo', {
      body: {
        token_user_id: 77,
        biz_agreements: [
          { group: 'MOMENT', scope: ['moment_management'], ad_account_ids: ['*'] },
          { group: 'constructor', scope: ['talk_write'], ad_account_ids: [] },
        ],
      },
    });

    const page = await demo.signInWithKakao();

    expect(page.text)
      .to.include('Kakao Moment All ad accounts')
      .and.include('Others talk_write')
      .and.include('constructor No ad account was chosen.');
  });

  describe('from a page that requires it', () => {
    const wanting = (returnTo: string) =>
      demo.browser.open(`${demo.origin}/?returnTo=${encodeURIComponent(returnTo)}`);

    it('returns there after a password login', async () => {
      const page = await demo.browser.submit(await wanting('/profile?seen'), '/login', demoUser);

      expect(page.url.href).to.equal(`${demo.origin}/profile?seen`);
    });

    it('returns there after the consent screen', async () => {
      const consentScreen = await demo.browser.click(await wanting('/profile?seen'), '/auth/kakao-business');
      const page = await agree(demo.browser, consentScreen);

      expect(consentScreen.url.href).not.to.include('seen');
      expect(page.url.href).to.equal(`${demo.origin}/profile?seen`);
    });

    for (const returnTo of [
      '//example.com',
      '/\\example.com',
      '/\t/example.com',
      'https://example.com',
      'example.com',
      '/connect/kakao-business',
      '/auth/kakao-business',
      '',
    ]) {
      it(`leads to the profile instead of ${JSON.stringify(returnTo)}`, async () => {
        const start = `${demo.origin}/auth/kakao-business?returnTo=${encodeURIComponent(returnTo)}`;

        const page = await agree(demo.browser, await demo.browser.open(start));

        expect(page.url.href).to.equal(`${demo.origin}/profile`);
      });
    }
  });

  it('explains a cancelled consent and offers another try', async () => {
    const consentScreen = await demo.browser.open(`${demo.origin}/auth/kakao-business`);

    const page = await decline(demo.browser, consentScreen);

    expect(page.status).to.equal(401);
    expect(page.text).to.include('You did not agree').and.include('access_denied');
    expect((await demo.browser.click(page, '/auth/kakao-business')).url.pathname).to.equal(
      '/oauth/business/authorize',
    );
  });

  it('shows the same page when a refusal is reloaded, also in the other language', async () => {
    const consentScreen = await demo.browser.open(`${demo.origin}/auth/kakao-business`);
    const page = await decline(demo.browser, consentScreen);

    const reloaded = await demo.browser.open(page.url);
    const korean = await demo.browser.open(`${page.url}?lang=ko`);

    expect(page.url.href).to.equal(`${demo.origin}/failed`);
    expect([reloaded.status, reloaded.text]).to.deep.equal([page.status, page.text]);
    expect(korean.text).to.include('동의하지 않으셨습니다').and.include('동의 화면 다시 열기');
  });

  it('shows a failure of Kakao again when it is reloaded, without another entry in the log', async () => {
    demo.emulator.failNext('token', { code: 'KOE237', retryAfter: 30 });
    const page = await demo.signInWithKakao();

    const reloaded = await demo.browser.open(page.url);

    expect(page.status).to.equal(502);
    expect([reloaded.status, reloaded.text]).to.deep.equal([page.status, page.text]);
    expect(reloaded.headers.get('retry-after')).to.equal('30');
    expect(demo.log).to.have.lengthOf(1);
  });

  it('has no failure to show before one happened, or after a login', async () => {
    const before = await demo.browser.open(`${demo.origin}/failed`);
    await decline(demo.browser, await demo.browser.open(`${demo.origin}/auth/kakao-business`));
    await demo.signInWithKakao();
    const after = await demo.browser.open(`${demo.origin}/failed`);

    expect(before.url.pathname).to.equal('/');
    expect(after.url.pathname).to.equal('/profile');
  });

  const callbackIn = (history: readonly Page[]) =>
    history.findLast(({ url }) => url.searchParams.has('code'))?.url ?? '';

  it('leads a signed-in user from an old callback to the profile', async () => {
    await demo.signInWithKakao();

    const page = await demo.browser.open(callbackIn(demo.browser.history));

    expect(page.status).to.equal(200);
    expect(page.url.pathname).to.equal('/profile');
    expect(page.text).to.include('You are already signed in.').and.include('haneul.kim@example.com');
  });

  it('stays the same user when a second login comes back, or is cancelled', async () => {
    const [first, second, third] = [
      await demo.browser.open(`${demo.origin}/auth/kakao-business`),
      await demo.browser.open(`${demo.origin}/auth/kakao-business`),
      await demo.browser.open(`${demo.origin}/auth/kakao-business`),
    ];
    await agree(demo.browser, first);
    const exchanged = demo.tokens.length;

    const pages = [
      await agree(demo.browser, second, {
        user: '3120457786',
        'moment-3120457786': '9223372036854775807',
      }),
      await decline(demo.browser, third),
    ];

    for (const page of pages) {
      expect(page.url.pathname).to.equal('/profile');
      expect(page.text).to.include('You are already signed in.').and.include('haneul.kim@example.com');
    }
    expect(demo.tokens).to.have.lengthOf(exchanged);
  });

  it('rejects an old callback of a user who has signed out since', async () => {
    await demo.browser.submit(await demo.signInWithKakao(), '/logout');

    const page = await demo.browser.open(callbackIn(demo.browser.history));

    expect(page.status).to.equal(403);
    expect(page.text)
      .to.include('No sign-in is in progress')
      .and.include('Code invalid_state Reason no_pending_login')
      .and.include('Start again ');
  });

  it('rejects a used code', async () => {
    await demo.browser.submit(await demo.signInWithKakao(), '/logout');
    const used = demo.browser.history.find(({ url }) => url.searchParams.has('code'))?.url ?? '';
    const redirect = await demo.browser.visit(`${demo.origin}/auth/kakao-business`);
    const fresh = new URL(redirect.headers.get('location') ?? '');
    const callback = new URL(used);
    callback.searchParams.set('state', fresh.searchParams.get('state') ?? '');

    const page = await demo.browser.open(callback);

    expect(page.status).to.equal(401);
    expect(page.text).to.include('The sign-in has expired').and.include('invalid_grant');
  });

  it('rejects a forged state, and keeps the pending login', async () => {
    const consentScreen = await demo.browser.open(`${demo.origin}/auth/kakao-business`);

    const page = await demo.browser.open(
      `${demo.origin}/auth/kakao-business/callback?code=c0de-of-mine&state=forged`,
    );

    expect(page.status).to.equal(403);
    expect(page.text)
      .to.include('This sign-in was not started in this browser')
      .and.include('Code invalid_state Reason unknown');
    expect((await agree(demo.browser, consentScreen)).url.pathname).to.equal('/profile');
  });

  it('rejects a callback without state or with two codes', async () => {
    const callback = `${demo.origin}/auth/kakao-business/callback`;

    const missing = await demo.browser.open(`${callback}?code=c0de-of-mine`);
    const repeated = await demo.browser.open(`${callback}?code=c0de-of-mine&code=c0de-of-yours&state=x`);

    expect(missing.status).to.equal(403);
    expect(missing.text).to.include('Code invalid_state Reason missing');
    expect(repeated.status).to.equal(400);
    expect(repeated.text).to.include('The response could not be read').and.include('invalid_request');
  });

  it('works with a password', async () => {
    const page = await demo.signInWithPassword();

    expect(page.url.pathname).to.equal('/profile');
    expect(page.text).to.include('Signs in with a password').and.include('Kakao Business is not connected');
  });

  for (const [what, fields] of Object.entries({
    'a wrong password': { username: 'demo', password: 'guessed' },
    'an unknown name': { username: 'nobody', password: 'open-sesame' },
    'an empty form': { username: '', password: '' },
  })) {
    it(`rejects ${what} without saying which field is wrong`, async () => {
      const page = await demo.browser.submit(await demo.browser.open(demo.origin), '/login', fields);

      expect(page.status).to.equal(401);
      expect(page.text).to.include('The username or password is wrong.');
    });
  }

  it('ends when the user signs out', async () => {
    const page = await demo.browser.submit(await demo.signInWithKakao(), '/logout');

    expect(page.url.pathname).to.equal('/');
    expect((await demo.browser.open(`${demo.origin}/profile`)).url.pathname).to.equal('/');
  });
});
