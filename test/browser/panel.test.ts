import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { newBrowser } from './chromium.js';
import {
  agree,
  button,
  demoForEachTest,
  expectHeading,
  link,
  signInWithKakao,
  startSignIn,
} from './story.js';

describe('In Chromium: the developer panel', () => {
  const demo = demoForEachTest();

  let app: Page;
  let panel: Page;
  beforeEach(async () => {
    const browser = await newBrowser();
    app = await browser.newPage();
    panel = await browser.newPage();
    await panel.goto(new URL('/emulator', demo().emulator.endpoints.authorizationURL).href);
  });

  const endpoint = (name: string) =>
    panel.getByRole('listitem').filter({ has: panel.getByRole('heading', { name, exact: true }) });

  const requests = (text: string) => panel.locator('.log').getByRole('listitem').filter({ hasText: text });
  const requestsShown = () => panel.locator('.log summary .what').allInnerTexts();

  it('is linked from the consent screen', async () => {
    await startSignIn(app, demo());

    await link(app, 'Developer panel of the emulator').click();

    await expectHeading(app, 'Developer panel');
  });

  it('queues a fault for the next login only', async () => {
    await startSignIn(app, demo());

    await endpoint('token').getByText('Inject a fault').click();
    await endpoint('token').getByLabel('Kakao’s code').selectOption('KOE237');
    await endpoint('token').getByLabel('Retry-After').fill('30');
    await endpoint('token').getByRole('button', { name: 'Use for the next request' }).click();
    await endpoint('token').getByText('KOE237 · Retry-After 30').waitFor();
    await button(app, 'Agree and continue').click();

    await expectHeading(app, 'There are too many requests just now');
    const note = app.getByRole('complementary', { name: 'For the operator' });
    expect(await note.getByRole('definition').allTextContents()).to.deep.equal([
      'KAKAO_API_ERROR',
      'token',
      'KOE237',
      '429',
      '30',
    ]);
    await endpoint('token').getByText('As usual').waitFor();
    await requests('POST token').filter({ hasText: '429 KOE237' }).getByText('Injected fault').waitFor();
    await link(app, 'Try again').click();
    await agree(app);
    await expectHeading(app, 'haneul.kim@example.com');
  });

  it('clears queued faults', async () => {
    await endpoint('userinfo').getByText('Inject a fault').click();
    await endpoint('userinfo').getByLabel('Never respond').check();
    await endpoint('userinfo').getByRole('button', { name: 'Use for the next request' }).click();
    await endpoint('userinfo').getByText('hang').waitFor();

    await button(panel, 'Clear all').click();

    await endpoint('userinfo').getByText('As usual').waitFor();
    await signInWithKakao(app, demo());
    await expectHeading(app, 'haneul.kim@example.com');
  });

  it('reports a mistake within the form, keeps what was filled in, and focuses the message', async () => {
    await endpoint('authorize').getByText('Inject a fault').click();
    await endpoint('authorize').getByLabel('Kakao’s code').selectOption('KOE005');
    await endpoint('authorize').getByLabel('Error sent to the app').selectOption('server_error');

    await endpoint('authorize').getByRole('button', { name: 'Use for the next request' }).click();

    const notice = endpoint('authorize').getByRole('alert').filter({ hasText: 'Choose either' });
    await notice.and(panel.locator(':focus')).waitFor();
    expect(await endpoint('authorize').getByLabel('Kakao’s code').inputValue()).to.equal('KOE005');
    expect(await overlapping(notice)).to.deep.equal([]);
    await endpoint('authorize').getByLabel('Error sent to the app').selectOption('');
    await endpoint('authorize').getByRole('button', { name: 'Use for the next request' }).click();
    await endpoint('authorize').locator('.waiting').getByText('KOE005').waitFor();
  });

  it('advances the clock until tokens expire', async () => {
    await signInWithKakao(app, demo());

    await button(panel, '180 days later: tokens expire').click();
    await panel.waitForURL('**/emulator#clock');
    await button(app, 'Check the token').click();

    await app.getByRole('alert').filter({ hasText: 'Your consent is needed again' }).waitFor();
  });

  it('shows requests as they come, latest first, without secrets', async () => {
    await panel.getByText('Live.').waitFor();
    await startSignIn(app, demo());
    await requests('GET authorize').getByText('open').waitFor();
    await agree(app);

    await requests('GET userinfo').waitFor();
    await requests('GET authorize').getByText('agreed').waitFor();
    expect(await requestsShown()).to.deep.equal([
      'GET userinfo',
      'GET tokeninfo',
      'POST token',
      'GET authorize',
    ]);
    const shown = await panel.locator('.log').innerHTML();
    for (const secret of [...demo().tokens, demo().emulator.app.clientSecret])
      expect(shown).not.to.include(secret);
  });

  it('keeps the focus and open details while requests come', async () => {
    await startSignIn(app, demo());
    const first = requests('GET authorize');
    await first.locator('summary').click();

    await agree(app);
    await requests('GET userinfo').waitFor();
    await first.getByText('agreed').waitFor();
    await first.getByText('redirect_uri').waitFor();
    await first.locator('summary').focus();
    await demo()
      .emulator.cancel(app.url())
      .catch(() => undefined);
    await fetch(demo().emulator.endpoints.userInfoURL);
    await requests('There is no header Authorization').waitFor();

    await first.locator('summary:focus').waitFor();
    await first.getByText('redirect_uri').waitFor();
  });

  it('filters the requests, those that come later too', async () => {
    await signInWithKakao(app, demo());
    await panel.getByRole('combobox', { name: 'Endpoint', exact: true }).selectOption('userinfo');
    await panel.getByRole('radio', { name: 'Error' }).check();
    await panel.getByText('No request matches the filter.').waitFor();

    await fetch(demo().emulator.endpoints.userInfoURL);

    await requests('401 -401').waitFor();
    expect(await requestsShown()).to.deep.equal(['GET userinfo']);
    await panel.reload();
    expect(await requestsShown()).to.deep.equal(['GET userinfo']);
    await button(panel, '1 minute later').click();
    await panel.waitForURL('**/emulator?endpoint=userinfo&outcome=error#clock');
    expect(await requestsShown()).to.deep.equal(['GET userinfo']);
  });

  it('shows time, endpoint and status of a request on a narrow screen', async () => {
    await panel.setViewportSize({ width: 360, height: 640 });
    await signInWithKakao(app, demo());
    await requests('GET userinfo').waitFor();

    for (const part of ['time', '.what', '.answer']) {
      for (const shown of await panel.locator(`.log ${part}`).all()) {
        const { x, width } = (await shown.boundingBox()) ?? { x: -1, width: 0 };
        expect(x, part).to.be.at.least(0);
        expect(x + width, part).to.be.at.most(360);
      }
    }
    expect(await panel.evaluate(() => document.documentElement.scrollWidth)).to.equal(360);
  });

  it('works without JavaScript, by a link that refreshes it', async () => {
    const page = await (await newBrowser({ javaScriptEnabled: false })).newPage();
    await page.goto(panel.url());
    await signInWithKakao(app, demo());

    await link(page, 'Refresh').click();
    await page.getByRole('combobox', { name: 'Endpoint', exact: true }).selectOption('token');
    await button(page, 'Apply').click();

    await page.waitForURL('**/emulator?endpoint=token&outcome=');
    expect(await page.locator('.log summary .what').allInnerTexts()).to.deep.equal(['POST token']);
    expect(await page.getByText('Live.').isVisible()).to.equal(false);
  });

  it('says so when it is not live, and can be refreshed', async () => {
    await panel.route('**/emulator/events', route => route.fulfill({ status: 204 }));
    await panel.reload();
    await signInWithKakao(app, demo());

    await panel.getByText('Not live at the moment.').waitFor();
    expect(await requestsShown()).to.deep.equal([]);
    await link(panel, 'Refresh').click();

    await requests('GET userinfo').waitFor();
  });
});

/** The neighbours that an element overlaps on the screen. */
const overlapping = (element: Locator): Promise<string[]> =>
  element.evaluate(node => {
    const { top, bottom } = node.getBoundingClientRect();
    return [node.previousElementSibling, node.nextElementSibling].flatMap(each => {
      const other = each?.getBoundingClientRect();
      // The outline of the focus takes 6 px.
      return other && other.bottom > top - 6 && other.top < bottom + 6 ? [each?.outerHTML ?? ''] : [];
    });
  });
