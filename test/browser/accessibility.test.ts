import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import { takePicture } from './pictures.js';
import { demoForEachTest } from './story.js';
import { walks } from './walk.js';

declare global {
  interface Window {
    /** Defined once its source has run in the page. */
    axe: typeof axe;
  }
}

// Rules of WCAG 2.2 are off by default.
const EVERY_RULE: RunOptions = { rules: { 'target-size': { enabled: true } } };
const COLOUR_RULES: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

interface Mode {
  width: number;
  colorScheme: 'light' | 'dark';
}

// The pages have both languages, so that the other modes are the same in English.
const modesIn = (locale: string): Mode[] =>
  locale === 'en-US'
    ? [{ width: 1280, colorScheme: 'light' }]
    : [1280, 360].flatMap(width => [
        { width, colorScheme: 'light' },
        { width, colorScheme: 'dark' },
      ]);

describe('In Chromium: accessibility', () => {
  const demo = demoForEachTest();

  /** The violations that axe finds on a page: rule and element. */
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
      it(`has no axe violation on any page: ${through}, ${locale}`, async () => {
        const page = await (await newBrowser({ locale })).newPage();
        const found: string[] = [];

        for await (const name of pages(page, demo())) {
          await page.evaluate(axe.source);
          for (const { width, colorScheme } of modesIn(locale)) {
            await page.setViewportSize({ width, height: 720 });
            await page.emulateMedia({ colorScheme });
            const faults = await faultsOn(page, colorScheme === 'light' ? EVERY_RULE : COLOUR_RULES);
            found.push(...faults.map(fault => `${name}, ${width} px, ${colorScheme}: ${fault}`));
            if (colorScheme === 'light') await takePicture(page, `${through} ${name} ${locale} ${width}`);
          }
        }

        expect(found).to.deep.equal([]);
      });
    }

    it(`shows the focus on every focusable element: ${through}`, async () => {
      const page = await (await newBrowser()).newPage();
      const found: string[] = [];

      for await (const name of pages(page, demo())) {
        await page.keyboard.press('Tab'); // makes Chromium show the focus, as for keyboard users
        found.push(...(await page.evaluate(withoutVisibleFocus)).map(element => `${name}: ${element}`));
      }

      expect(found).to.deep.equal([]);
    });
  }
});

/** Runs in the page. */
function withoutVisibleFocus(): string[] {
  const unseen: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(
    'a, button, input, select, summary, [tabindex]',
  )) {
    element.focus();
    if (document.activeElement !== element) continue; // hidden or not focusable
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) unseen.push(element.outerHTML);
  }
  return unseen;
}
