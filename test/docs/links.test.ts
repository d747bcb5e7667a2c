import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { headingsOf, linksOf, PAGES, proseOf, ROOT, readPage } from './pages.js';

/** Files that pages link to. */
interface Files {
  has(path: string): boolean;
  read(page: string): Promise<string>;
}

/** The pages that are not in the package. */
const REPOSITORY_PAGES = [
  'CONTRIBUTING.md',
  '.github/pull_request_template.md',
  'bench/RESULTS.md',
  'test/README.md',
  ...readdirSync(join(ROOT, 'examples'), { encoding: 'utf8', recursive: true })
    .map(path => `examples/${path.replaceAll('\\', '/')}`)
    .filter(path => path.endsWith('/README.md') && !path.includes('/node_modules/')),
];

const repository: Files = {
  has: path => !path.startsWith('..') && existsSync(join(ROOT, path)),
  read: readPage,
};

describe('The pages of the package', () => {
  it('link to shipped files and existing headings', async function () {
    this.timeout(60_000); // npm starts slowly
    const shipped = await shippedFiles();
    const pages = shipped.filter(file => file.endsWith('.md'));
    const files = { has: (path: string) => shipped.includes(path), read: readPage };
    const broken = await Promise.all(pages.map(page => brokenLinksOf(page, files)));

    expect(pages).to.include.members([
      'README.md',
      'README.ko.md',
      'CHANGELOG.md',
      'SECURITY.md',
      'docs/errors.md',
    ]);
    expect(broken.flat()).to.deep.equal([]);
  });
});

describe('The pages of the repository', () => {
  it('link to existing files and headings', async () => {
    const broken = await Promise.all(REPOSITORY_PAGES.map(page => brokenLinksOf(page, repository)));

    expect(REPOSITORY_PAGES).to.have.lengthOf.above(10);
    expect(broken.flat()).to.deep.equal([]);
  });

  it('name existing files, and so do those of the package', async () => {
    const pages = ['CHANGELOG.md', 'SECURITY.md', ...PAGES, ...REPOSITORY_PAGES];
    const broken = await Promise.all(pages.map(page => brokenNamesOf(page, repository)));

    expect(broken.flat()).to.deep.equal([]);
  });
});

describe('The link check', () => {
  const shipped = ['README.md', 'docs/guide.md', 'docs/images/screen.webp'];
  const check = (page: string, markdown: string) =>
    brokenLinksOf(page, {
      has: path => shipped.includes(path),
      read: async name => (name === page ? markdown : '# Guide\n\n## Über `a b`?\n\n## Twice\n\n## Twice\n'),
    });

  for (const link of [
    '[guide](docs/guide.md)',
    '[guide](./docs/guide.md "title")',
    '[heading](docs/guide.md#über-a-b)',
    '[heading](docs/guide.md#%C3%BCber-a-b)',
    '[second heading of the same name](docs/guide.md#twice-1)',
    '[own heading](#own)\n\n# Own',
    '![screen](docs/images/screen.webp)',
    '<img width="1" src="docs/images/screen.webp">',
    '[site](https://example.com/nowhere) <mailto:a@example.com>',
    '`[code](nowhere.md)`',
    '```md\n[code](nowhere.md)\n```',
  ]) {
    it(`accepts ${JSON.stringify(link)}`, async () => {
      expect(await check('README.md', link)).to.deep.equal([]);
    });
  }

  for (const [link, target] of [
    ['[file](examples/app.md)', 'examples/app.md'],
    ['[folder](docs)', 'docs'],
    ['[`code`](examples/app.md)', 'examples/app.md'],
    ['[heading](docs/guide.md#nowhere)', 'docs/guide.md#nowhere'],
    ['[third heading of the same name](docs/guide.md#twice-2)', 'docs/guide.md#twice-2'],
    ['[own heading](#nowhere)', '#nowhere'],
    ['[outside](../guide.md)', '../guide.md'],
    ['![screen](docs/images/other.webp)', 'docs/images/other.webp'],
    ['[![screen](docs/images/other.webp)](docs/guide.md)', 'docs/images/other.webp'],
    ['<img width="1" src="docs/images/other.webp">', 'docs/images/other.webp'],
    ['<a href="LICENSE">license</a>', 'LICENSE'],
    ['[defined below][file]\n\n[file]: examples/app.md', 'examples/app.md'],
  ] as const) {
    it(`finds ${JSON.stringify(link)}`, async () => {
      expect(await check('README.md', link)).to.deep.equal([`README.md links to ${target}`]);
    });
  }

  it('reads a link from the folder of its page', async () => {
    const links = '[up](../README.md) [image](images/screen.webp) [file](docs/guide.md)';

    expect(await check('docs/guide.md', links)).to.deep.equal(['docs/guide.md links to docs/guide.md']);
  });
});

describe('The check of file names', () => {
  const check = (markdown: string) =>
    brokenNamesOf('README.md', {
      has: path => ['lib/index.ts', 'lib', 'lib/', 'SECURITY.md'].includes(path),
      read: async () => markdown,
    });

  for (const text of [
    '`lib/index.ts`, `lib/`, `lib` and `SECURITY.md`',
    '`npm test`, `other.ts`, `library/index.ts`',
    '`lib/<name>.ts`, `test/**/*.slow.ts`',
    '```sh\nls `lib/other.ts`\n```',
  ]) {
    it(`accepts ${JSON.stringify(text)}`, async () => {
      expect(await check(text)).to.deep.equal([]);
    });
  }

  for (const name of ['lib/other.ts', 'examples/koa', 'docs/', 'CONTRIBUTING.md', 'README.ko.md']) {
    it(`finds \`${name}\``, async () => {
      expect(await check(`See \`${name}\`.`)).to.deep.equal([`README.md names ${name}`]);
    });
  }
});

/** The files that `npm pack` puts into the package. */
async function shippedFiles(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    maxBuffer: 10_000_000,
  });
  const [packed]: { files: { path: string }[] }[] = Object.values(JSON.parse(stdout));
  return packed?.files.map(({ path }) => path) ?? [];
}

async function brokenLinksOf(page: string, { has, read }: Files): Promise<string[]> {
  const broken: string[] = [];
  for (const link of linksOf(await read(page))) {
    const [path = '', anchor] = decodeURIComponent(link).split('#');
    const target = path ? posix.join(posix.dirname(page), path) : page;
    const exists = has(target) && (!anchor || anchorsOf(await read(target)).includes(anchor));
    if (!exists) broken.push(`${page} links to ${link}`);
  }
  return broken;
}

/** Paths in code spans, relative to the root of the repository, that do not exist. */
async function brokenNamesOf(page: string, { has, read }: Files): Promise<string[]> {
  const spans = [...proseOf(await read(page)).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const isName = (span: string) =>
    /^(?:examples|bench|test|lib|tools|docs)\/[^<*{\s]*$|^[A-Z]+(?:\.ko)?\.md$/.test(span);
  return spans.filter(span => isName(span) && !has(span)).map(span => `${page} names ${span}`);
}

/** The anchors of the headings of a page on GitHub. */
function anchorsOf(markdown: string): string[] {
  const anchors: string[] = [];
  const uses = new Map<string, number>();
  for (const heading of headingsOf(markdown)) {
    const name = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const count = uses.get(name) ?? 0;
    uses.set(name, count + 1);
    anchors.push(count === 0 ? name : `${name}-${count}`);
  }
  return anchors;
}
