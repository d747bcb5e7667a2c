import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { demoUser } from '../../examples/demo/users.js';
import { type Demo, startDemo } from '../demo/demo.js';
import { closeBrowsers } from './chromium.js';

/** Starts a demo for each test of the surrounding block. */
export function demoForEachTest(options?: Parameters<typeof startDemo>[0]): () => Demo {
  const running: Demo[] = [];
  beforeEach(async () => {
    running.unshift(await startDemo(options));
  });
  afterEach(async function () {
    try {
      await closeBrowsers(this.currentTest);
    } finally {
      await running.shift()?.close();
    }
  });
  return () => {
    const [demo] = running;
    if (!demo) throw new Error('No demo: call this within a test');
    return demo;
  };
}

/** Labels in either language, for tests of other subjects. */
export const labels = {
  username: /^(Username|아이디)$/,
  password: /^(Password|비밀번호)$/,
  signInWithPassword: /^(Sign in with a password|비밀번호로 로그인)$/,
  checkToken: /^(Check the token|토큰 확인)$/,
  agree: /^(Agree and continue|동의하고 계속하기)$/,
  queueFault: /^(Use for the next request|다음 요청에 적용)$/,
  clearFaults: /^(Clear all|모두 지우기)$/,
};

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
export const link = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name });

/** From the start page to the consent screen. */
export async function startSignIn(page: Page, { origin }: Demo): Promise<void> {
  await page.goto(origin);
  await link(page, 'Sign in with Kakao Business').click();
  await expectHeading(page, consentScreen);
}

export const consentScreen = 'Allow this app to act for your business?';

/** Agrees on the consent screen, and comes back signed in. */
export async function agree(page: Page): Promise<void> {
  await button(page, labels.agree).click();
  await page.waitForURL('**/profile');
}

export async function signInWithKakao(page: Page, { origin }: Demo): Promise<void> {
  await page.goto(`${origin}/auth/kakao-business`);
  await agree(page);
}

export async function signInWithPassword(page: Page, { origin }: Demo): Promise<void> {
  await page.goto(origin);
  await page.getByLabel(labels.username).fill(demoUser.username);
  await page.getByLabel(labels.password).fill(demoUser.password);
  await button(page, labels.signInWithPassword).click();
  await page.waitForURL('**/profile');
}

/** Waits until the page has this heading; after a timeout, fails with the heading it has. */
export async function expectHeading(page: Page, name: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  try {
    await page.getByRole('heading', { level: 1, name }).waitFor();
  } catch {
    expect(await heading.allInnerTexts(), page.url()).to.deep.equal([name]);
  }
}

/** Presses the back button. A page from the back/forward cache has no load event to wait for. */
export const goBack = (page: Page): Promise<unknown> => page.goBack({ waitUntil: 'commit' });

/** The ad accounts listed on the profile page. */
export const adAccountsOn = (page: Page): Promise<string[]> =>
  page.getByRole('region', { name: 'My ad accounts' }).getByRole('listitem').allInnerTexts();

/** Presses Tab until this element has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate(element => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${wanted}`);
}
