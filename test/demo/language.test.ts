import { expect } from 'chai';
import { Browser, type Page } from '../support/browser.js';
import { type Demo, startDemo } from './demo.js';

describe('demo: the language', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo();
  });

  afterEach(() => demo.close());

  const languageOf = ({ html }: Page) => /<html lang="(\w+)">/.exec(html)?.[1];

  for (const [languages, language] of [
    ['ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en'],
    ['en-GB', 'en'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'en'],
    ['fr-FR,fr;q=0.9', 'ko'],
    ['ko;q=0,en', 'en'],
    ['*', 'ko'],
    ['', 'ko'],
    [';;;=q', 'ko'],
  ] as const) {
    it(`shows ${language} for Accept-Language ${JSON.stringify(languages)}`, async () => {
      const page = await new Browser(languages).open(demo.origin);

      expect(languageOf(page)).to.equal(language);
      expect(page.headers.get('vary')).to.equal('Accept-Language, Cookie');
    });
  }

  // Without text marked as another language (the switch, hints for the operator) and data (JSON, code, names).
  const textOf = ({ html }: Page): string =>
    html
      .replace(/<(?:a|p|dd)\b[^>]* lang="\w+"[^>]*>.*?<\/(?:a|p|dd)>/gs, '')
      .replace(/<(code|pre|bdi)\b.*?<\/\1>/gs, '')
      .replace(/<[^>]*>/g, '\n');

  it('is English on every page for an English browser', async () => {
    for (const [name, page] of Object.entries(await demo.openEveryPage(new Browser('en')))) {
      expect(languageOf(page), name).to.equal('en');
      expect(textOf(page), name).not.to.match(/[\p{Script=Hangul}]/u);
    }
  });

  it('is Korean on every page for a Korean browser', async () => {
    for (const [name, page] of Object.entries(await demo.openEveryPage(new Browser('ko')))) {
      expect(languageOf(page), name).to.equal('ko');
      // Two English words in a row are not a name.
      expect(textOf(page), name).not.to.match(/[a-z]+ [a-z]+/);
      expect(textOf(page), name).to.match(/[\p{Script=Hangul}]/u);
    }
  });

  describe('of the switch', () => {
    const otherLanguage = ({ html }: Page) =>
      /<a class="language" href="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

    it('stays chosen through sign-in and sign-out', async () => {
      const browser = new Browser('ko');
      const home = await browser.open(`${demo.origin}/?returnTo=%2Fprofile%3Fseen`);

      const chosen = await browser.open(new URL(otherLanguage(home), home.url));
      const profile = await browser.submit(chosen, '/login', { username: 'demo', password: 'open-sesame' });
      const signedOut = await browser.submit(profile, '/logout');

      expect([home, chosen, profile, signedOut].map(languageOf)).to.deep.equal(['ko', 'en', 'en', 'en']);
      expect(profile.url.search).to.equal('?seen');
    });

    it('can be switched back', async () => {
      const browser = new Browser('ko');

      await browser.open(`${demo.origin}/?lang=en`);

      expect(languageOf(await browser.open(`${demo.origin}/?lang=ko`))).to.equal('ko');
      expect(languageOf(await browser.open(demo.origin))).to.equal('ko');
    });

    for (const value of ['fr', '', 'constructor', 'en&lang=ko']) {
      it(`ignores ?lang=${value}`, async () => {
        const page = await new Browser('en').open(`${demo.origin}/?lang=${value}`);

        expect(languageOf(page)).to.equal('en');
        expect(page.headers.getSetCookie().join()).not.to.include('lang=');
      });
    }
  });
});
