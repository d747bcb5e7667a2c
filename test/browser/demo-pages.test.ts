import { expect } from 'chai';
import { newBrowser } from './chromium.js';
import { demoForEachTest, expectHeading, goBack, link } from './story.js';
import { walks } from './walk.js';

describe('In Chromium: the pages of the demo', () => {
  const demo = demoForEachTest();

  for (const width of [1280, 360]) {
    it(`have no text below 13 px at ${width} px`, async () => {
      const page = await (await newBrowser({ viewport: { width, height: 720 } })).newPage();
      const found: string[] = [];

      for await (const name of walks.find(({ through }) => through === 'demo')?.pages(page, demo()) ?? []) {
        found.push(...(await page.evaluate(smallTexts)).map(text => `${name}: ${text}`));
      }

      expect(found).to.deep.equal([]);
    });
  }

  it('lead from the first one to the tour, the panel and the real keys', async () => {
    const page = await (await newBrowser()).newPage();

    for (const [name, heading] of [
      ['A tour of problems', 'A tour of problems'],
      ['Use your own keys', 'Use your own keys'],
    ] as const) {
      await page.goto(demo().origin);
      await link(page, name).click();
      await expectHeading(page, heading);
    }
    await goBack(page);
    await link(page, 'The emulator’s panel').click();
    await page.waitForURL(new URL('/emulator', demo().emulator.endpoints.authorizationURL).href);
  });

  for (const [width, gap] of [
    [1280, 0],
    [360, 28],
  ] as const) {
    it(`start the card beside or under the headline, at ${width} px`, async () => {
      const page = await (await newBrowser({ viewport: { width, height: 720 } })).newPage();
      await page.goto(demo().origin);
      const pitch = await page.locator('.pitch').boundingBox();
      const card = await page.getByRole('region', { name: 'Sign in' }).boundingBox();

      const above = width === 360 ? (pitch?.y ?? 0) + (pitch?.height ?? 0) : pitch?.y;
      expect(Math.round((card?.y ?? 0) - (above ?? 0))).to.equal(gap);
    });
  }

  it('mark consent items that are only requested with a filled bullet', async () => {
    const page = await (await newBrowser()).newPage();
    await page.goto(demo().origin);

    const bullet = await page
      .locator('.asked .consents li')
      .first()
      .evaluate(item => {
        const { borderTopWidth, backgroundColor, width } = getComputedStyle(item, '::before');
        return {
          borderTopWidth,
          filled: backgroundColor !== 'rgba(0, 0, 0, 0)',
          width: Number.parseFloat(width),
        };
      });

    expect(bullet).to.deep.include({ borderTopWidth: '0px', filled: true });
    expect(bullet.width).to.be.below(8);
  });
});

/** Runs in the page. */
function smallTexts(): string[] {
  const small: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!element || !text.textContent?.trim()) continue;
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    if (size < 13) small.push(`${size} px: ${text.textContent.trim()}`);
  }
  return small;
}
