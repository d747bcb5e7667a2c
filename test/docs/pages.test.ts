import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { describeError, hints } from '../../lib/kakao/error-codes.js';
import { headingsOf, linksOf, proseOf, ROOT, readPage, withoutComments } from './pages.js';

/** The pages for users, each with its translation. */
const PAIRS = [
  'README',
  'docs/options',
  'docs/errors',
  'docs/faults',
  'docs/recipes',
  'docs/migration',
  'docs/emulator',
  'docs/clients',
].map(name => ({
  english: `${name}.md`,
  korean: `${name}.ko.md`,
}));

const PAGES = PAIRS.flatMap(({ english, korean }) => [english, korean]);

const codeOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^```[\s\S]*?^```$/gm)].map(([code]) => withoutComments(code));

const MISTAKES = /^## (?:Mistakes in the app|앱 코드의 실수)$/m;

/** Matches a text in code where any word, or the first words, may be a placeholder. */
function patternOf(text: string): RegExp {
  const words = text.split(' ').map(word => `(?:${word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}|\\S*\\$\\S*)`);
  const tails = words.slice(0, -3).map((_, index) => ['\\$', ...words.slice(index + 1)]);
  return new RegExp([words, ...tails].map(each => each.join(' ')).join('|'));
}

/** The files that a page links to, as written, without anchors. */
const linkedFilesOf = (markdown: string): string[] =>
  linksOf(markdown)
    .map(link => link.replace(/#.*/, ''))
    .filter(file => file !== '');

/** Kakao's error codes that the package explains. */
const CODES = Object.values(hints)
  .flatMap(byCode => Object.keys(byCode))
  .filter(code => /^(?:KOE\d{3}|-\d+)$/.test(code));

/** The structure that a page shares with its translation: headings, code, lists, bold paragraphs, lengths of tables. */
const skeletonOf = (markdown: string): string[] => {
  const skeleton: string[] = [];
  let rows = 0;
  for (const line of [...proseOf(markdown).split('\n'), '']) {
    if (line.startsWith('|')) {
      rows += 1;
      continue;
    }
    if (rows > 0) skeleton.push(`a table of ${rows} rows`);
    rows = 0;
    const [heading] = /^#+ /.exec(line) ?? [];
    if (heading) skeleton.push(`a heading ${heading.trim()}`);
    else if (line === '```') skeleton.push('code');
    else if (/^(?:- |\d+\. )/.test(line)) skeleton.push('an item of a list');
    else if (line.startsWith('**')) skeleton.push('a paragraph that starts in bold');
  }
  return skeleton;
};

/** Codes, versions, sizes and limits, which are easily changed in one language only. */
const numbersOf = (markdown: string): string[] =>
  [...new Set(proseOf(markdown).match(/\d[\d,.]*\d/g))].sort();

/** The targets of the links of a page; a translation counts as its original. */
const targetsOf = (markdown: string): string[] =>
  linkedFilesOf(markdown)
    .map(link => link.replace(/\.ko\.(md|webp)$/, '.$1'))
    .sort();

describe('The English and Korean pages', () => {
  for (const { english, korean } of PAIRS) {
    it(`have the same structure, code, numbers and links: ${english}`, async () => {
      const [original, translation] = await Promise.all([readPage(english), readPage(korean)]);

      expect(skeletonOf(translation)).to.deep.equal(skeletonOf(original));
      expect(codeOf(translation)).to.deep.equal(codeOf(original));
      expect(numbersOf(translation)).to.deep.equal(numbersOf(original));
      expect(targetsOf(translation)).to.deep.equal(targetsOf(original));
    });

    it(`link to each other at the top: ${english}`, async () => {
      const name = (page: string) => page.replace('docs/', '');

      for (const [page, other] of [
        [english, korean],
        [korean, english],
      ] as const) {
        expect((await readPage(page)).split('\n')[2]).to.include(`](${name(other)})`);
      }
    });
  }

  it('link to the translation of a page if there is one', async () => {
    for (const { korean } of PAIRS) {
      const belowTheTop = (await readPage(korean)).split('\n').slice(3).join('\n');
      const english = linkedFilesOf(belowTheTop).filter(
        link => PAGES.includes(join(korean, '..', link)) && !link.endsWith('.ko.md'),
      );

      expect(english, korean).to.deep.equal([]);
    }
  });
});

describe('The comparison of code blocks', () => {
  for (const [code, translation] of [
    ['const a = 1; // one', 'const a = 1; // 하나'],
    ['// one\nconst a = 1;', '// 하나\nconst a = 1;'],
    ['/** One. */\nconst a = 1;', '/** 하나. */\nconst a = 1;'],
    ['  /**\n   * One.\n   */\nconst a = 1;', '  /** 하나. */\nconst a = 1;'],
    ['npm test # one', 'npm test # 하나'],
  ] as const) {
    it(`ignores the words of a comment: ${JSON.stringify(code)}`, () => {
      expect(withoutComments(translation)).to.equal(withoutComments(code));
    });
  }

  for (const [code, other] of [
    ['const a = 1; // one', 'const a = 2; // one'],
    ['const a = 1; // one', 'const a = 1;'],
    ["get('http://a.example')", "get('http://b.example')"],
    ["accept('*/*'); // one", "accept('*/x'); // one"],
    ['/** One. */\nconst a = 1; /** Two. */', '/** One. */\nconst a = 2; /** Two. */'],
    ['echo "$a#b" # one', 'echo "$a#c" # one'],
  ] as const) {
    it(`finds other code: ${JSON.stringify(other)}`, () => {
      expect(withoutComments(other)).not.to.equal(withoutComments(code));
    });
  }
});

describe('The error cookbook', () => {
  for (const page of ['docs/errors.md', 'docs/errors.ko.md']) {
    it(`has an entry for every known Kakao code: ${page}`, async () => {
      const headings = headingsOf(await readPage(page)).join('\n');

      expect(CODES).to.have.lengthOf.above(40);
      for (const code of CODES) expect(headings).to.include(`\`${code}\``);
    });

    it(`has an entry for every code and reason of the package: ${page}`, async () => {
      const headings = headingsOf(await readPage(page)).join('\n');

      for (const code of [
        'KAKAO_API_ERROR',
        'KAKAO_INVALID_RESPONSE',
        'KAKAO_TIMEOUT',
        'KAKAO_UNREACHABLE',
        'access_denied',
        'invalid_grant',
        'invalid_request',
        'missing',
        'no_pending_login',
        'unknown',
        'expired',
      ])
        expect(headings).to.include(`\`${code}\``);
    });

    it(`marks the codes that are retryable or need consent: ${page}`, async () => {
      const sections = (await readPage(page)).split(/^### /m).slice(1);

      for (const section of sections) {
        const [heading = ''] = section.split('\n');
        for (const [, errorCode = ''] of heading.matchAll(/`(KOE\d{3}|-\d+)`/g)) {
          const { retryable, needsConsent } = describeError({ errorCode });
          expect(section.includes('`retryable`'), `retryable of ${errorCode}`).to.equal(retryable);
          expect(section.includes('`needsConsent`'), `needsConsent of ${errorCode}`).to.equal(needsConsent);
        }
      }
    });

    it(`quotes the messages of mistakes as the code has them: ${page}`, async () => {
      const names = await readdir(join(ROOT, 'lib'), { recursive: true });
      const sources = names.filter(name => name.endsWith('.ts')).map(name => readPage(join('lib', name)));
      const code = (await Promise.all(sources)).join('\n').replace(/\$\{[^}]*\}/g, '$');
      const [, mistakes = ''] = (await readPage(page)).split(MISTAKES);
      const quoted = [...mistakes.matchAll(/^\| (`.*?) \| /gm)]
        .flatMap(([, messages = '']) =>
          [...messages.matchAll(/`(.*?)`/g)].flatMap(([, text = '']) => text.split('…')),
        )
        .map(part => part.trim())
        .filter(part => part.includes(' '));

      expect(quoted).to.have.lengthOf.above(40);
      for (const part of quoted) expect(patternOf(part).test(code), part).to.equal(true);
    });
  }
});

describe('The guide to the emulator', () => {
  for (const page of ['docs/emulator.md', 'docs/emulator.ko.md']) {
    it(`explains how to get every known Kakao code: ${page}`, async () => {
      const rows = (await readPage(page)).split('\n').filter(line => /^\| `(?:KOE|-)/.test(line));
      const named = rows.flatMap(row => row.split(' | ')[0]?.match(/KOE\d{3}|-\d+/g) ?? []);

      expect(CODES).to.have.lengthOf.above(40);
      expect(named).to.include.members(CODES);
    });

    it(`names every member of the emulator: ${page}`, async () => {
      const markdown = await readPage(page);
      const emulator = await startKakaoBusinessEmulator();
      await emulator.close();
      const members = Object.keys(emulator);

      expect(members).to.have.lengthOf.above(10);
      for (const member of members) expect(markdown).to.match(new RegExp(`\\b${member}\\b`));
    });
  }
});
