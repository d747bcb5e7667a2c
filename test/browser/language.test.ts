import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import { button, demoForEachTest, expectHeading, link } from './story.js';

describe('In Chromium: the language', () => {
  const demo = demoForEachTest();

  const newPage = async (locale: string) => (await newBrowser({ locale })).newPage();
  const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);

  it('is Korean in a Korean browser, from start page to sign-out', async () => {
    const page = await newPage('ko-KR');
    await page.goto(demo().origin);
    await expectHeading(page, '흩어진 광고계정을 책상 하나에');

    await link(page, '카카오 비즈니스로 로그인').click();
    await expectHeading(page, '이 앱에 비즈니스 권한을 허용할까요?');
    await button(page, '동의하고 계속하기').click();
    await expectHeading(page, 'haneul.kim@example.com');

    expect(await languageOf(page)).to.equal('ko');
    expect(await page.title()).to.equal('내 프로필 · 애드데스크');
    await button(page, '로그아웃').click();
    await expectHeading(page, '흩어진 광고계정을 책상 하나에');
  });

  for (const [locale, language] of [
    ['en-GB', 'en'],
    ['ko', 'ko'],
    ['fr-FR', 'ko'],
  ] as const) {
    it(`is ${language} in a browser with locale ${locale}`, async () => {
      const page = await newPage(locale);

      await page.goto(demo().origin);

      expect(await languageOf(page)).to.equal(language);
    });
  }

  it('is changed by a link, and kept across the consent screen', async () => {
    const page = await newPage('ko-KR');
    await page.goto(demo().origin);

    await link(page, 'English').click();
    await link(page, 'Sign in with Kakao Business').click();
    await button(page, 'Agree and continue').click();

    await expectHeading(page, 'haneul.kim@example.com');
    expect(await page.title()).to.equal('My profile · Ad Desk');
    await link(page, '한국어').click();
    await page.getByRole('heading', { name: '허용한 항목' }).waitFor();
    expect(await languageOf(page)).to.equal('ko');
  });
});
