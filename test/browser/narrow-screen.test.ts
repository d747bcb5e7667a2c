import { expect } from 'chai';
import { newBrowser } from './chromium.js';
import { takePicture } from './pictures.js';
import { demoForEachTest } from './story.js';
import { walks } from './walk.js';

describe('In Chromium: a narrow screen', () => {
  const demo = demoForEachTest();

  for (const { through, locales, pages } of walks) {
    for (const locale of locales) {
      it(`shows every page and control without horizontal scrolling: ${through}, ${locale}`, async () => {
        const narrow = { viewport: { width: 320, height: 640 }, colorScheme: 'dark' } as const;
        const page = await (await newBrowser({ locale, ...narrow })).newPage();
        const found: string[] = [];

        for await (const name of pages(page, demo())) {
          found.push(...(await page.evaluate(outOfReach)).map(fault => `${name}: ${fault}`));
          await takePicture(page, `${through} ${name} ${locale} narrow`);
        }

        expect(found).to.deep.equal([]);
      });
    }
  }
});

/** Runs in the page. */
function outOfReach(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`scrolls sideways, ${scrollWidth} px`] : [];
  for (const element of document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')) {
    if (!element.checkVisibility()) continue;
    element.scrollIntoView({ block: 'center' });
    // A link over several lines has a box on each.
    for (const { left, right, top, bottom } of element.getClientRects()) {
      const onTop = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (left < 0 || right > clientWidth || !element.contains(onTop)) found.push(element.outerHTML);
    }
  }
  return found;
}
