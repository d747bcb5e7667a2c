import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import {
  agree,
  button,
  consentScreen,
  demoForEachTest,
  expectHeading,
  goBack,
  link,
  signInWithKakao,
  signInWithPassword,
  startSignIn,
} from './story.js';

describe('In Chromium: a failed sign-in', () => {
  const demo = demoForEachTest({ timeout: 1000 });

  let page: Page;
  beforeEach(async () => {
    page = await (await newBrowser()).newPage();
  });

  it('after a cancelled consent can be started again', async () => {
    await startSignIn(page, demo());

    await button(page, 'Cancel').click();
    await expectHeading(page, 'You did not agree');
    await page.reload();
    await expectHeading(page, 'You did not agree');
    await link(page, 'Start page').waitFor();
    await link(page, 'Open the consent screen again').click();
    await expectHeading(page, consentScreen);
    await agree(page);

    await expectHeading(page, 'haneul.kim@example.com');
  });

  describe('after the back button', () => {
    it('does not start again, but shows the signed-in user', async () => {
      await startSignIn(page, demo());
      await agree(page);

      await goBack(page);
      await expectHeading(page, consentScreen);
      await goBack(page);

      await expectHeading(page, 'haneul.kim@example.com');
      expect(page.url()).to.equal(`${demo().origin}/profile`);
    });

    it('reports an expired consent screen if the user agrees again', async () => {
      await startSignIn(page, demo());
      await agree(page);

      await goBack(page);
      await expectHeading(page, consentScreen);
      await button(page, 'Agree and continue').click();

      await expectHeading(page, 'This consent screen has expired');
    });

    it('leads to the profile if the user reloads the consent screen and agrees again', async () => {
      await startSignIn(page, demo());
      await agree(page);

      await goBack(page);
      await page.reload();
      await agree(page);

      expect(await page.getByRole('status').textContent()).to.equal('You are already signed in.');
      await expectHeading(page, 'haneul.kim@example.com');
    });

    it('leads to the profile if the user connects, reloads the consent screen and agrees again', async () => {
      await signInWithPassword(page, demo());
      await link(page, 'Connect Kakao Business').click();
      await agree(page);

      await goBack(page);
      await page.reload();
      await agree(page);

      await page.getByRole('status').filter({ hasText: 'Nothing has changed.' }).waitFor();
      await expectHeading(page, 'demo');
    });

    it('rejects a consent after the user cancelled', async () => {
      await startSignIn(page, demo());
      await button(page, 'Cancel').click();
      await page.waitForURL(`${demo().origin}/**`);

      await goBack(page);
      await page.reload();
      await button(page, 'Agree and continue').click();
      await expectHeading(page, 'No sign-in is in progress');
      await link(page, 'Start again').click();

      await expectHeading(page, consentScreen);
    });
  });

  it('with a used code can be started again', async () => {
    const returning = page.waitForRequest('**/auth/kakao-business/callback?**');
    await signInWithKakao(page, demo());
    const callback = new URL((await returning).url());
    await button(page, 'Sign out').click();
    await startSignIn(page, demo());
    callback.searchParams.set('state', new URL(page.url()).searchParams.get('state') ?? '');

    await page.goto(callback.href);
    await expectHeading(page, 'The sign-in has expired');
    await page.reload();
    await expectHeading(page, 'The sign-in has expired');
    await link(page, 'Start again').click();
    await agree(page);

    await expectHeading(page, 'haneul.kim@example.com');
  });

  it('with a ten minutes old code can be started again', async () => {
    await startSignIn(page, demo());
    const callback = await demo().emulator.approve(page.url());
    demo().emulator.advance(10 * 60_000);

    await page.goto(callback.href);
    await expectHeading(page, 'The sign-in has expired');
    await link(page, 'Start again').click();
    await agree(page);

    await expectHeading(page, 'haneul.kim@example.com');
  });

  const stops: [name: string, heading: string, next: string][] = [
    ['The user declines', 'You did not agree', 'Open the consent screen again'],
    ['No state', 'The response is incomplete', 'Start again'],
    ['No pending login', 'No sign-in is in progress', 'Start again'],
    ['A forged state', 'This sign-in was not started in this browser', 'Start again'],
    ['More than ten minutes on the consent screen', 'The sign-in has expired', 'Start again'],
    ['A code that was used (the back button)', 'The sign-in has expired', 'Start again'],
    ['A malformed response', 'The response could not be read', 'Start again'],
    [
      'verify rejects the user',
      'This Kakao Business account belongs to another user',
      'Connect another account',
    ],
    ['Kakao redirects with an error', 'Kakao is not available right now', 'Try again'],
    ['A wrong setting (KOE010)', 'The Kakao Business integration has a problem', 'My profile'],
    ['No permission (-5)', 'The Kakao Business integration has a problem', 'My profile'],
    ['A token that is no longer valid (-401)', 'Your consent is needed again', 'Agree again'],
    ['Too many requests (KOE237)', 'There are too many requests just now', 'Try again'],
    ['Kakao under maintenance (-9798)', 'Kakao is not available right now', 'Try again'],
    ['An unreadable response', 'Kakao’s response could not be read', 'Try again'],
    ['A response without the user ID', 'Kakao’s response could not be read', 'Try again'],
    ['Kakao does not answer', 'Kakao did not answer in time', 'Try again'],
    ['The connection breaks', 'Kakao cannot be reached right now', 'Try again'],
    ['verify throws', 'Something went wrong', 'Try again'],
    ['No session', 'Sign-in is not available right now', 'Start page'],
  ];

  it('is explained, with a way on, at every stop of the tour of problems', async () => {
    await signInWithPassword(page, demo());
    await link(page, 'A tour of problems').click();
    await expectHeading(page, 'A tour of problems');
    expect(await button(page, 'Show: ').count()).to.equal(stops.length);

    for (const [name, heading, next] of stops) {
      await button(page, `Show: ${name}`).click();

      await expectHeading(page, heading);
      await page.getByRole('complementary', { name: 'For the operator' }).waitFor();
      await link(page, next).waitFor();
      await link(page, 'A tour of problems').click();
    }
  });
});
