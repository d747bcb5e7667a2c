import { expect } from 'chai';
import type { EmulatedApp, EmulatedUser } from 'passport-kakao-business/emulator';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import { button, consentScreen, demoForEachTest, expectHeading, goBack, link, startSignIn } from './story.js';

describe('In Chromium: the pages of the emulator', () => {
  const demo = demoForEachTest();

  let page: Page;
  beforeEach(async () => {
    page = await (await newBrowser()).newPage();
  });

  const main = () => page.getByRole('main');

  /** Expects Kakao's own error page with code, cause and remedy, and without a link to the app. */
  async function expectErrorPage(code: string, title: string): Promise<void> {
    await expectHeading(page, title);
    expect(new URL(page.url()).host).to.equal(new URL(demo().emulator.endpoints.authorizationURL).host);
    const headings = await main().getByRole('heading', { level: 2 }).allInnerTexts();
    expect(headings.slice(0, 2)).to.deep.equal(['Cause', 'Remedy']);
    const [shown, , ...passages] = await main().getByRole('paragraph').allInnerTexts();
    expect(shown).to.equal(code);
    for (const passage of passages.slice(0, 2)) expect(passage, code).to.match(/^[\w"'][^가-힣]+\.$/);
    expect(await main().getByRole('link').allInnerTexts()).to.deep.equal(['Developer panel of the emulator']);
  }

  const apps: [code: string, title: string, app: Partial<EmulatedApp>][] = [
    ['KOE028', 'Redirect URI not registered', { redirectURIs: [] }],
    ['KOE101', 'Wrong app key', { clientID: 'of-another-app' }],
    ['KOE123', 'Not a Biz app', { bizApp: false }],
    ['KOE124', 'Missing permission', { permissions: [] }],
    ['KOE125', 'Sanctioned app', { sanctioned: true }],
    ['KOE232', 'Consent item not configured', { consentItems: ['biz_account_email'] }],
  ];

  it('show code, cause and remedy for a misconfigured app', async () => {
    for (const [code, title, settings] of apps) {
      const { app } = demo().emulator;
      const valid = { ...app };
      Object.assign(app, settings);

      await page.goto(demo().origin);
      await link(page, 'Sign in with Kakao Business').click();

      await expectErrorPage(code, title);
      Object.assign(app, valid);
    }
  });

  const users: [code: string, title: string, user: Partial<EmulatedUser>][] = [
    ['KOE025', 'Not registered at Business Center', { businessCenter: false }],
    ['KOE026', 'Account may not use the service', { mayUseService: false }],
    ['KOE027', 'No business asset', { adAccounts: { moment: [], keyword: [] } }],
  ];

  it('warn about an ineligible user, then show code, cause and remedy', async () => {
    for (const [code, title, settings] of users) {
      const [user] = demo().emulator.users;
      const valid = { ...user };
      Object.assign(user ?? {}, settings);

      await startSignIn(page, demo());
      await page.getByText(`Agreeing leads to the ${code} error page.`).filter({ visible: true }).waitFor();
      await button(page, 'Agree and continue').click();

      await expectErrorPage(code, title);
      Object.assign(user ?? {}, valid);
    }
  });

  it('are linked from the tour of problems', async () => {
    for (const [code, name, title] of [
      ['KOE028', 'A redirect URI that is not registered', 'Redirect URI not registered'],
      ['KOE101', 'A wrong REST API key', 'Wrong app key'],
      ['KOE232', 'A consent item that is not set up', 'Consent item not configured'],
      ['KOE233', 'A parameter that Kakao does not know', 'Invalid parameter'],
    ] as const) {
      await page.goto(`${demo().origin}/problems`);

      await link(page, name).click();
      await expectErrorPage(code, title);
      await goBack(page);

      await expectHeading(page, 'A tour of problems');
    }
  });

  it('show the setting to correct, and work once it is', async () => {
    demo().emulator.app.bizApp = false;
    await page.goto(demo().origin);
    await link(page, 'Sign in with Kakao Business').click();
    await expectErrorPage('KOE123', 'Not a Biz app');
    await page.getByText('emulator.app.bizApp = true').waitFor();

    demo().emulator.app.bizApp = true;
    await page.reload();

    await expectHeading(page, consentScreen);
  });

  it('ask for an ad account if none was chosen, and focus the message', async () => {
    await startSignIn(page, demo());
    for (const account of await page.getByRole('checkbox').all()) await account.uncheck();

    await button(page, 'Agree and continue').click();

    const notice = page.getByRole('alert').filter({ hasText: 'at least one ad account' });
    await notice.and(page.locator(':focus')).waitFor();
    expect(await page.getByRole('radio', { name: 'Kim Haneul' }).isChecked()).to.equal(true);
    expect(await page.getByRole('checkbox', { checked: true }).count()).to.equal(0);
  });

  it('report an expired consent screen after ten minutes', async () => {
    await startSignIn(page, demo());
    demo().emulator.advance(10 * 60_000);

    await button(page, 'Agree and continue').click();

    await expectHeading(page, 'This consent screen has expired');
  });

  it('have the button to agree on the first screen of a phone', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await startSignIn(page, demo());

    const { y = -1, height = 0 } = (await button(page, 'Agree and continue').boundingBox()) ?? {};

    expect(y).to.be.at.least(0);
    expect(y + height).to.be.at.most(640);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).to.be.above(640);
  });

  it('show only the ad accounts of the chosen user', async () => {
    await startSignIn(page, demo());

    await page.getByRole('radio', { name: 'Lee Doyun' }).check();

    expect(await page.getByRole('checkbox').count()).to.equal(1);
    await page.getByRole('checkbox', { name: 'Doyun Store', checked: true }).waitFor();
    await page.getByRole('radio', { name: 'Park Seoyeon' }).check();
    expect(await page.getByRole('checkbox').count()).to.equal(0);
    await page.getByText('Agreeing leads to the KOE027 error page.').filter({ visible: true }).waitFor();
  });
});
