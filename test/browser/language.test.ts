import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import { agree, button, demoForEachTest, expectHeading, goBack, link, tabTo } from './story.js';

describe('In Chromium: the language', () => {
  const demo = demoForEachTest();

  const newPage = async (locale: string) => (await newBrowser({ locale })).newPage();
  const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);

  it('is Korean in a Korean browser, from start page to sign-out', async () => {
    const page = await newPage('ko-KR');
    await page.goto(demo().origin);
    await expectHeading(page, '흩어진 광고계정을 한눈에');

    await link(page, '카카오 비즈니스로 로그인').click();
    await expectHeading(page, '이 앱에 비즈니스 권한을 허용할까요?');
    await button(page, '동의하고 계속하기').click();
    await expectHeading(page, 'haneul.kim@example.com');

    expect(await languageOf(page)).to.equal('ko');
    expect(await page.title()).to.equal('내 프로필 · 애드데스크');
    await button(page, '로그아웃').click();
    await expectHeading(page, '흩어진 광고계정을 한눈에');
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
    await agree(page);

    await expectHeading(page, 'haneul.kim@example.com');
    expect(await page.title()).to.equal('My profile · Ad Desk');
    await link(page, '한국어').click();
    await page.getByRole('heading', { name: '허용한 항목' }).waitFor();
    expect(await languageOf(page)).to.equal('ko');
  });

  it('of the emulator is changed by a switch, without a request, and kept', async () => {
    const page = await newPage('ko-KR');
    await page.goto(`${demo().origin}/auth/kakao-business`);
    const switched = page.getByRole('radio', { name: 'English' });

    await tabTo(page, page.getByRole('radio', { name: '한국어' }));
    await page.keyboard.press('ArrowRight');

    await expectHeading(page, 'Allow this app to act for your business?');
    expect(await switched.isChecked()).to.equal(true);
    expect([await languageOf(page), await page.title()]).to.deep.equal([
      'en',
      '샘플 광고 대행사 (Sample Agency) · Business consent screen',
    ]);
    const [text] = await page.getByRole('main').allInnerTexts();
    expect(text).to.include('Email').and.not.to.include('이메일을');
    expect(demo().emulator.requests).to.have.length(1);
    await link(page, 'Developer panel of the emulator').click();
    await expectHeading(page, 'Developer panel');
    expect(await languageOf(page)).to.equal('en');
    await goBack(page);
    await button(page, 'Agree and continue').click();
    await expectHeading(page, 'haneul.kim@example.com');
  });

  it('of the emulator is changed without JavaScript', async () => {
    const page = await (await newBrowser({ locale: 'ko-KR', javaScriptEnabled: false })).newPage();
    await page.goto(`${demo().origin}/auth/kakao-business`);

    await page.getByRole('radio', { name: 'English' }).check();

    await expectHeading(page, 'Allow this app to act for your business?');
    await button(page, 'Agree and continue').click();
    await expectHeading(page, 'haneul.kim@example.com');
  });
});
