import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import {
  agree,
  button,
  demoForEachTest,
  expectHeading,
  link,
  signInWithKakao,
  startSignIn,
} from './story.js';

describe('In Chromium: the developer panel', () => {
  const demo = demoForEachTest();

  let app: Page;
  let panel: Page;
  beforeEach(async () => {
    const browser = await newBrowser();
    app = await browser.newPage();
    panel = await browser.newPage();
    await panel.goto(new URL('/emulator', demo().emulator.endpoints.authorizationURL).href);
  });

  const endpoint = (name: string) =>
    panel.getByRole('listitem').filter({ has: panel.getByRole('heading', { name, exact: true }) });

  it('is linked from the consent screen', async () => {
    await startSignIn(app, demo());

    await link(app, 'Developer panel of the emulator').click();

    await expectHeading(app, 'Developer panel');
  });

  it('queues a fault for the next login only', async () => {
    await startSignIn(app, demo());

    await endpoint('token').getByText('Queue a fault').click();
    await endpoint('token').getByLabel('Kakao’s code').selectOption('KOE237');
    await endpoint('token').getByLabel('Retry-After').fill('30');
    await endpoint('token').getByRole('button', { name: 'Use for the next request' }).click();
    await endpoint('token').getByText('KOE237 · Retry-After 30').waitFor();
    await button(app, 'Agree and continue').click();

    await expectHeading(app, 'There are too many requests just now');
    const note = app.getByRole('complementary', { name: 'For the operator' });
    expect(await note.getByRole('definition').allTextContents()).to.deep.equal([
      'KAKAO_API_ERROR',
      'token',
      'KOE237',
      '429',
      '30',
    ]);
    await link(panel, 'Refresh').click();
    await endpoint('token').getByText('As usual').waitFor();
    await panel.getByRole('row').filter({ hasText: 'POST token' }).filter({ hasText: 'KOE237' }).waitFor();
    await link(app, 'Try again').click();
    await agree(app);
    await expectHeading(app, 'haneul.kim@example.com');
  });

  it('clears queued faults', async () => {
    await endpoint('userinfo').getByText('Queue a fault').click();
    await endpoint('userinfo').getByLabel('Never respond').check();
    await endpoint('userinfo').getByRole('button', { name: 'Use for the next request' }).click();
    await endpoint('userinfo').getByText('hang').waitFor();

    await button(panel, 'Clear all').click();

    await endpoint('userinfo').getByText('As usual').waitFor();
    await signInWithKakao(app, demo());
    await expectHeading(app, 'haneul.kim@example.com');
  });

  it('reports what a form lacks, and focuses the message', async () => {
    await endpoint('revoke').getByText('Queue a fault').click();

    await endpoint('revoke').getByRole('button', { name: 'Use for the next request' }).click();

    const notice = panel.getByRole('alert').filter({ hasText: 'failNext needs a fault' });
    await notice.and(panel.locator(':focus')).waitFor();
  });

  it('advances the clock until tokens expire', async () => {
    await signInWithKakao(app, demo());

    await button(panel, '180 days later: tokens expire').click();
    await panel.waitForURL('**/emulator#clock');
    await button(app, 'Check the token').click();

    await app.getByRole('alert').filter({ hasText: 'Your consent is needed again' }).waitFor();
  });

  it('shows the requests without secrets', async () => {
    await signInWithKakao(app, demo());

    await link(panel, 'Refresh').click();

    await panel.getByRole('row', { name: 'GET userinfo' }).waitFor();
    expect(await panel.getByRole('rowheader').allInnerTexts()).to.have.members([
      'GET userinfo',
      'GET tokeninfo',
      'POST token',
      'GET authorize',
    ]);
    const shown = await panel.content();
    for (const secret of [...demo().tokens, demo().emulator.app.clientSecret])
      expect(shown).not.to.include(secret);
  });
});
