import { expect } from 'chai';
import { type Demo, expectNoSecretShown, startDemo } from './demo.js';

describe('demo: security', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo({
      users: [
        {
          id: '1',
          name: 'Mallory',
          email: '"><script>alert(1)</script>@example.com',
          adAccounts: { moment: [{ id: '482913', name: 'Account' }], keyword: [] },
        },
      ],
    });
  });

  afterEach(async () => {
    await demo.close();
    expectNoSecretShown(demo);
  });

  for (const path of ['/login', '/check', '/disconnect', '/logout', '/problems/access_denied']) {
    it(`rejects a form to ${path} from another session`, async () => {
      await demo.signInWithKakao();

      const missing = await demo.browser.post(demo.origin + path, {
        username: 'demo',
        password: 'open-sesame',
      });
      const foreign = await demo.browser.post(demo.origin + path, { formToken: 'x'.repeat(32) });

      expect([missing.status, foreign.status]).to.deep.equal([403, 403]);
      expect(missing.text).to.include('Nothing was changed.');
      expect((await demo.browser.open(`${demo.origin}/profile`)).text).to.include('482913');
      expect(demo.emulator.requests.map(({ endpoint }) => endpoint)).not.to.include('revoke');
    });
  }

  it('creates a form token for each session', async () => {
    const formToken = (html: string) => /name="formToken" value="([^"]+)"/.exec(html)?.[1];
    const before = formToken((await demo.browser.open(demo.origin)).html);

    const after = formToken((await demo.signInWithKakao()).html);

    expect(before).to.match(/^[\w-]{32}$/);
    expect(after).to.match(/^[\w-]{32}$/);
    expect(after).not.to.equal(before);
  });

  it('escapes external input', async () => {
    const profile = await demo.signInWithKakao();
    const page = await demo.browser.submit(profile, '/check');
    const home = await demo.browser.submit(page, '/logout');
    const quoted = await demo.browser.open(`${demo.origin}/?returnTo=${encodeURIComponent('/"><script>')}`);

    expect(profile.text).to.include('"><script>alert(1)</script>@example.com');
    for (const { html } of [profile, page, home, quoted]) expect(html).not.to.include('<script');
  });

  it('sends headers against caching, framing and leaking URLs', async () => {
    for (const page of [
      await demo.browser.open(demo.origin),
      await demo.signInWithKakao(),
      await demo.browser.open(`${demo.origin}/nowhere`),
    ]) {
      expect(page.headers.get('cache-control')).to.equal('no-store');
      expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
      expect(page.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(page.headers.get('content-security-policy'))
        .to.include("default-src 'none'")
        .and.include("frame-ancestors 'none'")
        .and.include("form-action 'self'");
      expect(page.headers.has('x-powered-by')).to.equal(false);
    }
  });

  it('sets an HttpOnly session cookie with SameSite=Lax', async () => {
    const home = await demo.browser.open(demo.origin);

    expect(home.headers.getSetCookie()).to.have.lengthOf(1);
    expect(home.headers.getSetCookie()[0]).to.match(/^ad-desk=.+; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('starts a new session at sign-in', async () => {
    const sessions = () =>
      new Set(
        demo.browser.history.flatMap(({ headers }) =>
          headers.getSetCookie().map(cookie => cookie.split(';')[0]),
        ),
      ).size;
    await demo.browser.open(demo.origin);
    expect(sessions()).to.equal(1);

    await demo.signInWithKakao();

    expect(sessions()).to.equal(2);
  });

  it('has a 404 page and a stylesheet', async () => {
    const nowhere = await demo.browser.open(`${demo.origin}/nowhere`);
    const stylesheet = await demo.browser.open(`${demo.origin}/style.css`);

    expect(nowhere.status).to.equal(404);
    expect(nowhere.text).to.include('There is no such page');
    expect(stylesheet.headers.get('content-type')).to.match(/^text\/css/);
  });

  it('responds with 413, not 500, to a form that is too large', async () => {
    const home = await demo.browser.open(demo.origin);

    const page = await demo.browser.submit(home, '/login', { username: 'x'.repeat(20_000) });

    expect(page.status).to.equal(413);
    expect(page.text).to.include('The request could not be read');
  });
});
