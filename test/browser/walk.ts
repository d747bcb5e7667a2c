import { consentItems, KakaoBusinessClient } from 'passport-kakao-business';
import type { Page } from 'playwright-core';
import { redirectURIs } from '../../examples/demo/passport.js';
import { demoUser } from '../../examples/demo/users.js';
import type { Demo } from '../demo/demo.js';
import { agree, button, labels, signInWithKakao, signInWithPassword } from './story.js';

/** A tour of every kind of page: yields the name of each page it opens. */
interface Walk {
  through: string;
  /** The languages of the tour. */
  locales: string[];
  pages: (page: Page, demo: Demo) => AsyncGenerator<string>;
}

export const walks: Walk[] = [
  { through: 'demo', locales: ['en-US', 'ko-KR'], pages: past(signedOut, signedIn, problems, expired) },
  { through: 'emulator', locales: ['en-US', 'ko-KR'], pages: past(consentScreens, panel) },
];

function past(...parts: Walk['pages'][]): Walk['pages'] {
  return async function* (page, demo) {
    for (const part of parts) {
      for await (const name of part(page, demo)) {
        await page.waitForLoadState(); // the stylesheet is loaded
        yield name;
      }
    }
  };
}

async function* signedOut(page: Page, { origin }: Demo): AsyncGenerator<string> {
  await page.goto(origin);
  yield '01 start page';
  await page.getByLabel(labels.username).fill(demoUser.username);
  await page.getByLabel(labels.password).fill('guessed');
  await button(page, labels.signInWithPassword).click();
  await page.getByRole('alert').waitFor();
  yield '02 start page, wrong password';
  await page.goto(`${origin}/own-keys`);
  yield '03 own keys';
  await page.goto(`${origin}/problems`);
  yield '04 tour';
}

async function* signedIn(page: Page, demo: Demo): AsyncGenerator<string> {
  await signInWithPassword(page, demo);
  yield '05 profile, not connected';
  await page.goto(`${demo.origin}/connect/kakao-business`);
  await agree(page);
  yield '06 profile, connected';
  await page.goto(`${demo.origin}/ad-accounts`);
  yield '07 ad accounts';
  await page.goto(`${demo.origin}/ad-accounts/moment/482913`);
  yield '08 ad account';
  for (const api of ['moment', 'keywordAd'] as const) demo.emulator.failNext(api, { code: -402 });
  await page.goto(`${demo.origin}/ad-accounts`);
  yield '09 ad accounts, refused';
  await page.goto(`${demo.origin}/profile`);
  await button(page, labels.checkToken).click();
  await page.getByRole('status').waitFor();
  await unfoldAll(page);
  yield '10 profile, token checked';
  await page.goto(`${demo.origin}/problems`);
  yield '11 tour, signed in';
}

async function* problems(page: Page, { origin, emulator }: Demo): AsyncGenerator<string> {
  emulator.failNext('authorize', { error: 'access_denied' });
  await page.goto(`${origin}/connect/kakao-business`);
  yield '12 problem of the user';
  await page.goto(`${origin}/connect/kakao-business`);
  emulator.failNext('token', { code: 'KOE010' });
  await button(page, labels.agree).click();
  await page.waitForURL(`${origin}/**`);
  yield '13 problem of the operator';
  await page.goto(`${origin}/nowhere`);
  yield '14 no such page';
}

async function* expired(page: Page, { origin, emulator }: Demo): AsyncGenerator<string> {
  await page.goto(`${origin}/profile`);
  emulator.failNext('tokeninfo', { code: -401 });
  await button(page, labels.checkToken).click();
  await page.getByRole('alert').waitFor();
  yield '15 profile, token rejected';
  await page.goto(`${origin}/profile`);
  yield '16 profile, token expired';
}

async function* consentScreens(page: Page, { origin, emulator }: Demo): AsyncGenerator<string> {
  const { clientID } = emulator.app;
  const kakao = new KakaoBusinessClient({ clientID, ...emulator.endpoints });
  const consentScreenFor = (scope: string[]): string =>
    kakao.authorizationURL({ redirectURI: redirectURIs(origin).signIn, scope, state: 'of-a-walk' }).href;

  await page.goto(consentScreenFor(['biz_account_email']));
  yield '01 consent screen, one item';
  await page.goto(consentScreenFor(consentItems.map(({ id }) => id)));
  await unfoldAll(page);
  yield '02 consent screen, all items';
  await page.goto(consentScreenFor(['moment_management', 'keyword_management']));
  yield '03 consent screen, ad accounts';
  for (const account of await page.getByRole('checkbox').all()) await account.uncheck();
  await button(page, labels.agree).click();
  await page.getByRole('alert').waitFor();
  yield '04 consent screen, incomplete';
  emulator.advance(10 * 60_000);
  await button(page, labels.agree).click();
  await button(page, labels.agree).waitFor({ state: 'detached' });
  yield '05 consent screen, expired';
  await page.goto(consentScreenFor(['not_set_up']));
  yield '06 error page';
}

async function* panel(page: Page, demo: Demo): AsyncGenerator<string> {
  await signInWithKakao(page, demo);
  await page.goto(new URL('/emulator', demo.emulator.endpoints.authorizationURL).href);
  yield '07 panel';
  demo.emulator.failNext('token', { code: 'KOE237', delay: 100 });
  await page.reload();
  await button(page, labels.clearFaults).waitFor();
  await unfoldAll(page);
  yield '08 panel, unfolded';
  await button(page, labels.queueFault).first().click();
  await page.getByRole('alert').waitFor();
  yield '09 panel, invalid form';
}

async function unfoldAll(page: Page): Promise<void> {
  for (const summary of await page.locator('summary').all()) await summary.click();
}
