import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { requireProgram } from '../support/required-program.js';
import { emptyPicturesFolder, picturesFolder, takePicture } from './pictures.js';

const executablePath = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium';

let running: Browser | undefined;
const open: BrowserContext[] = [];
const errors: string[] = [];

/**
 * A new browser context with its own cookies, language and size, closed after the test. A second one stands for another
 * person or machine.
 *
 * Errors of a page and violations of its Content-Security-Policy fail the test.
 */
export async function newBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (!running)
    throw new Error(
      'Chromium is not running: npx mocha --require test/browser/chromium.ts --timeout 60000 <file> starts it',
    );
  const browser = await running.newContext({ locale: 'en-US', ...options });
  browser.setDefaultTimeout(15_000);
  browser.on('console', message => {
    // A page may have an error status; what it loads may not.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded with a status');
    if (['error', 'warning'].includes(message.type()) && !isStatus) errors.push(message.text());
  });
  browser.on('weberror', ({ error }) => errors.push(error().message));
  browser.on('response', response => {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= 400 && !isPage) errors.push(`${response.status()} for ${response.url()}`);
  });
  open.push(browser);
  return browser;
}

/** Closes the browsers of the test. Call it before the servers are closed. */
export async function closeBrowsers(test: Mocha.Test | undefined): Promise<void> {
  if (test?.isFailed()) {
    const pages = open.flatMap(browser => browser.pages());
    for (const [index, page] of pages.entries())
      await takePicture(page, `failed ${test.fullTitle()} ${index}`);
  }
  for (const browser of open.splice(0)) await browser.close();
  const reported = errors.splice(0);
  if (reported.length > 0) throw new Error(`Errors in the browser: ${reported.join('\n')}`);
}

export async function mochaGlobalSetup(): Promise<void> {
  requireProgram(
    executablePath,
    'apt-get install chromium fonts-noto-cjk, or set CHROMIUM_PATH to where it is',
  );
  await emptyPicturesFolder();
}

export function mochaGlobalTeardown(): void {
  process.stdout.write(`  Pictures of the pages: ${picturesFolder}\n\n`);
}

export const mochaHooks = {
  async beforeAll() {
    running = await chromium.launch({
      executablePath,
      // Playwright disables the back/forward cache, which users have.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        // No request leaves this machine.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ],
    });
  },

  async afterAll() {
    await running?.close();
  },
};
