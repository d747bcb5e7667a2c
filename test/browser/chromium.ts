import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { requireProgram } from '../support/required-program.js';
import { emptyPicturesFolder, picturesFolder, takePicture } from './pictures.js';

const executablePath = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium';

let running: Browser | undefined;
const open: BrowserContext[] = [];
const complaints: string[] = [];

/**
 * A browser that no other test has touched, with cookies, a language and a size of its own; closed when the test ends. A
 * second one is another person's, or the same person's on another machine.
 *
 * Whatever it has to complain about makes the test fail: errors of a page, and what its Content-Security-Policy stopped.
 */
export async function newBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (!running)
    throw new Error(
      'Chromium is not running: npx mocha --require test/browser/chromium.ts --timeout 60000 <file> starts it',
    );
  const browser = await running.newContext({ locale: 'en-US', ...options });
  browser.setDefaultTimeout(15_000);
  browser.on('console', message => {
    // A page that comes with an error status is an answer like any other; what a page loads has to be there.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded with a status');
    if (['error', 'warning'].includes(message.type()) && !isStatus) complaints.push(message.text());
  });
  browser.on('weberror', ({ error }) => complaints.push(error().message));
  browser.on('response', response => {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= 400 && !isPage) complaints.push(`${response.status()} for ${response.url()}`);
  });
  open.push(browser);
  return browser;
}

/** Closes what the test has opened; before the servers are closed that are asked from there. */
export async function closeBrowsers(test: Mocha.Test | undefined): Promise<void> {
  if (test?.isFailed()) {
    const pages = open.flatMap(browser => browser.pages());
    for (const [index, page] of pages.entries())
      await takePicture(page, `failed ${test.fullTitle()} ${index}`);
  }
  for (const browser of open.splice(0)) await browser.close();
  const heard = complaints.splice(0);
  if (heard.length > 0) throw new Error(`The browser complained: ${heard.join('\n')}`);
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
      // Playwright turns the back/forward cache off. Users have it: going back may show them a page as they left it.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        // As for the tests themselves: nothing leaves this machine.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ],
    });
  },

  async afterAll() {
    await running?.close();
  },
};
