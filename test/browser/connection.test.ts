import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import {
  adAccountsOn,
  agree,
  button,
  consentScreen,
  demoForEachTest,
  expectHeading,
  link,
  signInWithPassword,
} from './story.js';

describe('In Chromium: the connection to Kakao Business', () => {
  const demo = demoForEachTest();

  let browser: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    browser = await newBrowser();
    page = await browser.newPage();
    await signInWithPassword(page, demo());
  });

  const connect = async () => {
    await link(page, 'Connect Kakao Business').click();
    await agree(page);
  };

  it('is added to a user with a password, who stays the same', async () => {
    await connect();

    expect(await page.getByRole('status').textContent()).to.equal('Kakao Business is connected.');
    await expectHeading(page, 'demo');
    expect(await adAccountsOn(page)).to.deep.equal(['482913', '482914', '731205']);
  });

  it('keeps the last consent of two tabs', async () => {
    const other = await browser.newPage();
    await other.goto(page.url());
    await link(page, 'Connect Kakao Business').click();
    await link(other, 'Connect Kakao Business').click();

    await agree(page);
    await other.getByRole('checkbox', { name: 'brand' }).uncheck();
    await agree(other);

    for (const tab of [page, other]) {
      expect(await tab.getByRole('status').textContent()).to.equal('Kakao Business is connected.');
    }
    expect(await adAccountsOn(other)).to.deep.equal(['482914', '731205']);
  });

  it('reports whether the token works', async () => {
    await connect();

    await button(page, 'Check the token').click();

    await page.getByRole('status').filter({ hasText: 'The token works.' }).waitFor();
    expect(await page.getByRole('definition').filter({ hasText: 'works' }).count()).to.equal(1);
  });

  it('changes its ad accounts with a new consent', async () => {
    await connect();

    await link(page, 'Agree again').click();
    await page.getByRole('checkbox', { name: 'brand' }).uncheck();
    await agree(page);

    await page.getByText('Kakao Business is connected.').waitFor();
    expect(await adAccountsOn(page)).to.deep.equal(['482914', '731205']);
  });

  it('reports an expired token and can be renewed', async () => {
    await connect();
    demo().emulator.advance(181 * 24 * 60 * 60_000);

    await button(page, 'Check the token').click();
    await page.getByRole('alert').filter({ hasText: 'Your consent is needed again' }).waitFor();
    await page.goto(`${demo().origin}/profile`);
    await link(page, 'Agree again to continue').click();
    await agree(page);

    expect(await page.getByRole('alert').count()).to.equal(0);
    expect(await adAccountsOn(page)).to.deep.equal(['482913', '482914', '731205']);
  });

  it('ends in all tabs and browsers at once', async () => {
    await connect();
    const tab = await browser.newPage();
    await tab.goto(page.url());
    const elsewhere = await (await newBrowser()).newPage();
    await signInWithPassword(elsewhere, demo());

    await button(page, 'Disconnect').click();

    await page.getByText('Disconnected. The token is no longer valid.').waitFor();
    for (const [leftOpen, pressed] of [
      [tab, 'Disconnect'],
      [elsewhere, 'Check the token'],
    ] as const) {
      await button(leftOpen, pressed).click();
      await leftOpen.getByText('It was disconnected already').waitFor();
      await leftOpen.getByRole('heading', { name: 'Kakao Business is not connected' }).waitFor();
    }
    expect(demo().emulator.requests.map(({ endpoint }) => endpoint)).to.deep.equal([
      'authorize',
      'token',
      'tokeninfo',
      'userinfo',
      'revoke',
    ]);
  });

  it('is not made when the user cancels, who stays signed in', async () => {
    await link(page, 'Connect Kakao Business').click();
    await expectHeading(page, consentScreen);

    await button(page, 'Cancel').click();
    await expectHeading(page, 'You did not agree');
    await link(page, 'My profile').click();

    await expectHeading(page, 'demo');
    await page.getByRole('heading', { name: 'Kakao Business is not connected' }).waitFor();
  });
});
