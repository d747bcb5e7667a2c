import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import { takePicture } from './pictures.js';
import { demoForEachTest } from './story.js';
import { walks } from './walk.js';

declare global {
  interface Window {
    /** Once its source has run in the page. */
    axe: typeof axe;
  }
}

// Rules of WCAG 2.2 are off unless they are asked for.
const everyRule: RunOptions = { rules: { 'target-size': { enabled: true } } };
const rulesOfColour: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

describe('in Chromium: accessibility', () => {
  const demo = demoForEachTest();

  /** What axe has to say against a page: the rule, and where. */
  async function faultsOn(page: Page, options: RunOptions): Promise<string[]> {
    const { violations } = await page.evaluate<AxeResults, RunOptions>(options => window.axe.run(options), {
      resultTypes: ['violations'],
      ...options,
    });
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${impact} ${id} at ${target}: ${failureSummary}`),
    );
  }

  for (const { through, locales, pages } of walks) {
    for (const locale of locales) {
      it(`has no fault that axe knows on any page, light or dark: ${through}, ${locale}`, async () => {
        const page = await (await newBrowser({ locale })).newPage();
        const found: string[] = [];

        for await (const name of pages(page, demo())) {
          await page.evaluate(axe.source);
          await page.emulateMedia({ colorScheme: 'light' });
          found.push(...(await faultsOn(page, everyRule)).map(fault => `${name}: ${fault}`));
          await takePicture(page, `${through} ${name} ${locale}`);
          await page.emulateMedia({ colorScheme: 'dark' });
          found.push(...(await faultsOn(page, rulesOfColour)).map(fault => `${name}, dark: ${fault}`));
        }

        expect(found).to.deep.equal([]);
      });
    }

    it(`shows where the focus is, on everything that takes it: ${through}`, async () => {
      const page = await (await newBrowser()).newPage();
      const found: string[] = [];

      for await (const name of pages(page, demo())) {
        await page.keyboard.press('Tab'); // from here on Chromium shows the focus, as to who has no mouse
        found.push(...(await page.evaluate(focusedUnseen)).map(element => `${name}: ${element}`));
      }

      expect(found).to.deep.equal([]);
    });
  }
});

/** Runs in the page. */
function focusedUnseen(): string[] {
  const unseen: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(
    'a, button, input, select, summary, [tabindex]',
  )) {
    element.focus();
    if (document.activeElement !== element) continue; // hidden, or unfit for it
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) unseen.push(element.outerHTML);
  }
  return unseen;
}
