import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import { demoForEachTest, expectHeading, signInWithKakao, startSignIn } from './story.js';

const folder = path.join(__dirname, '../../docs/images');

/** `UPDATE_SCREENSHOTS=1 npm run test:browser` updates the pictures. */
const UPDATE = process.env['UPDATE_SCREENSHOTS'] === '1';

describe('In Chromium: the pictures of the README', () => {
  const demo = demoForEachTest();

  const pictures: [file: string, locale: string, open: (page: Page) => Promise<void>][] = [
    ['consent-screen.webp', 'en-US', page => startSignIn(page, demo())],
    [
      'consent-screen.ko.webp',
      'ko-KR',
      async page => {
        await page.goto(`${demo().origin}/auth/kakao-business`);
        await expectHeading(page, '이 앱에 비즈니스 권한을 허용할까요?');
      },
    ],
    ['profile.webp', 'en-US', page => signInWithKakao(page, demo())],
    ['profile.ko.webp', 'ko-KR', page => signInWithKakao(page, demo())],
  ];

  for (const [file, locale, open] of pictures) {
    it(`exist and are small, as new ones would be: ${file}`, async () => {
      demo().emulator.app.name = '애드데스크 (Ad Desk)';
      const page = await (await newBrowser({ locale, viewport: { width: 640, height: 1100 } })).newPage();
      await open(page);

      const picture = await page.screenshot({ type: 'webp', quality: 60 });
      if (UPDATE) await writeFile(path.join(folder, file), picture);

      for (const size of [picture.length, (await stat(path.join(folder, file))).size]) {
        expect(size).to.be.within(10_000, 60_000);
      }
    });
  }
});
