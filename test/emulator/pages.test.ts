import { expect } from 'chai';
import type { KakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { authorizationURL, decide, emulatorForEachTest, openConsentScreen } from './emulator-for-tests.js';

const allItems = { scope: 'biz_account_email,moment_management,keyword_create', resource_ids: 'keyword:*' };
const pages: Record<string, (emulator: KakaoBusinessEmulator) => Promise<string>> = {
  'the consent screen': async emulator => (await openConsentScreen(emulator, allItems)).html,
  'the consent screen without a chosen ad account': async emulator => {
    const screen = await openConsentScreen(emulator, { scope: 'moment_management' });
    return (await decide(screen, 'agree', { 'moment-9007199254740993': [] })).text();
  },
  'the error page': async emulator => (await openConsentScreen(emulator, { client_id: 'x' })).html,
  'the page for an expired consent screen': async emulator =>
    (await decide(await openConsentScreen(emulator), 'agree', { transaction: 'x' })).text(),
  'the developer panel': async emulator => {
    emulator.failNext('token', { code: 'KOE237' });
    await fetch(authorizationURL(emulator));
    return (await fetch(new URL('/emulator', emulator.endpoints.tokenURL))).text();
  },
};

const all = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, found = '']) => found);

describe('emulator: pages', () => {
  const emulator = emulatorForEachTest();

  for (const [name, open] of Object.entries(pages)) {
    describe(`such as ${name}`, () => {
      it('have all text in both languages, each marked, and say that this is an emulator', async () => {
        const html = await open(emulator());

        expect(html).to.match(/^<!doctype html>\n<html lang="ko">/);
        expect(html).to.match(/<title>[^<]*[가-힣]<\/title>/);
        expect(html).to.include('not Kakao.').and.to.include('카카오가 아닙니다.');
        for (const language of ['ko', 'en']) {
          const marked = all(html, new RegExp(`<span class="${language}"([^>]*)>`, 'g'));
          expect(marked).to.have.length.above(3);
          for (const attributes of marked) expect(attributes).to.equal(` lang="${language}"`);
        }
      });

      it('have one h1, and skip no level of headings', async () => {
        const levels = all(await open(emulator()), /<h(\d)/g).map(Number);

        expect(levels.filter(level => level === 1)).to.have.length(1);
        levels.forEach((level, index) => {
          expect(level).to.be.at.most((levels[index - 1] ?? 0) + 1);
        });
      });

      it('label all fields and groups for screen readers, with unique IDs', async () => {
        const html = await open(emulator());

        const ids = all(html, / id="([^"]*)"/g);
        expect(new Set(ids)).to.have.property('size', ids.length);
        for (const field of all(html, /<(?:input type="(?!hidden)|select)([^>]*)>/g)) {
          expect(html).to.include(`<label for="${/ id="([^"]*)"/.exec(field)?.[1]}"`);
        }
        expect(all(html, /(<fieldset)/g)).to.have.length(all(html, /(<legend>)/g).length);
        for (const id of all(html, / aria-(?:labelledby|describedby)="([^"]*)"/g)) expect(ids).to.include(id);
      });
    });
  }

  const languages: [what: string, headers: Record<string, string>, language: 'ko' | 'en'][] = [
    ['no preference', { 'accept-language': '*' }, 'ko'],
    ['English', { 'accept-language': 'en-US,en;q=0.9' }, 'en'],
    ['Korean before English', { 'accept-language': 'en;q=0.8, ko-KR' }, 'ko'],
    ['a third language, and English', { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.7,ko;q=0.3' }, 'en'],
    ['a third language only', { 'accept-language': 'kok, fr' }, 'ko'],
    ['anything but Korean', { 'accept-language': 'ko;q=0, en;q=0.1' }, 'en'],
    [
      'Korean, after English was chosen',
      { 'accept-language': 'ko', cookie: 'a=b; kakao-emulator-language=en' },
      'en',
    ],
    [
      'English, after Korean was chosen',
      { 'accept-language': 'en', cookie: 'kakao-emulator-language=ko' },
      'ko',
    ],
    [
      'English, with a broken cookie',
      { 'accept-language': 'en', cookie: 'kakao-emulator-language=xx' },
      'en',
    ],
  ];

  for (const [what, headers, language] of languages) {
    it(`are in ${language === 'ko' ? 'Korean' : 'English'} for a browser that asks for ${what}`, async () => {
      const consent = await openConsentScreen(emulator());
      for (const html of await Promise.all([
        fetch(authorizationURL(emulator()), { headers }).then(response => response.text()),
        fetch(authorizationURL(emulator(), { client_id: 'x' }), { headers }).then(response =>
          response.text(),
        ),
        fetch(consent.action, { method: 'POST', headers, body: '' }).then(response => response.text()),
        fetch(new URL('/emulator', consent.action), { headers }).then(response => response.text()),
      ])) {
        expect(html).to.include(`<html lang="${language}">`);
        expect(/<title>(.*)<\/title>/.exec(html)?.[1]).to.match(language === 'ko' ? /[가-힣]$/ : /[a-z]$/);
        expect(
          all(html, /<input type="radio" name="language" [^>]*value="(..)"[^>]* checked>/g),
        ).to.deep.equal([language]);
      }
    });
  }

  it('announce and focus what is missing', async () => {
    const html = await pages['the consent screen without a chosen ad account']?.(emulator());

    expect(html).to.include('<p class="notice" id="notice" role="alert" tabindex="-1" autofocus>');
    expect(html).to.include('<fieldset class="users" aria-describedby="notice">');
  });

  describe('have a contrast of at least 4.5', () => {
    const texts = ['ink', 'soft', 'accent', 'warn'];
    const pairs: [text: string, ground: string][] = [
      ...texts.flatMap((text): [string, string][] => ['paper', 'card'].map(ground => [text, ground])),
      ['ink', 'warn-tint'],
      ['soft', 'warn-tint'],
      ['on-accent', 'accent'],
    ];

    for (const [scheme, index] of [
      ['light', 0],
      ['dark', 1],
    ] as const) {
      it(`in ${scheme} colors`, async () => {
        const { html } = await openConsentScreen(emulator());

        const [palette = ''] = all(html, /:root \{([^}]*)\}/g).slice(index);
        const colors = new Map(
          [...palette.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name, color]) => [name, color]),
        );
        for (const [text, ground] of pairs) {
          const contrast = contrastOf(colors.get(text) ?? '', colors.get(ground) ?? '');
          expect(contrast, `${text} on ${ground}`).to.be.at.least(4.5);
        }
      });
    }
  });
});

/** As defined by WCAG 2. */
function contrastOf(...colors: [string, string]): number {
  const [darker = 0, lighter = 0] = colors.map(luminanceOf).sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(color: string): number {
  const hex = color.length === 4 ? color.replace(/\w/g, '$&$&') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
