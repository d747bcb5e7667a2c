import { execFile } from 'node:child_process';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { headingsOf, proseOf, ROOT, readPage } from './pages.js';

type ReadPage = (page: string) => Promise<string>;

describe('the pages of the package', () => {
  it('link to files that are shipped, and to headings that exist', async () => {
    const files = await shippedFiles();
    const pages = files.filter(file => file.endsWith('.md'));
    const broken = await Promise.all(pages.map(page => brokenLinksOf(page, files, readPage)));

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

describe('the check of links', () => {
  const files = ['README.md', 'docs/guide.md', 'docs/images/screen.webp'];
  const check = (page: string, markdown: string) =>
    brokenLinksOf(page, files, async name =>
      name === page ? markdown : '# Guide\n\n## Über `a b`?\n\n## Twice\n\n## Twice\n',
    );

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

/** What `npm pack` would put into the package. */
async function shippedFiles(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    maxBuffer: 10_000_000,
  });
  const [packed]: { files: { path: string }[] }[] = Object.values(JSON.parse(stdout));
  return packed?.files.map(({ path }) => path) ?? [];
}

async function brokenLinksOf(page: string, files: readonly string[], read: ReadPage): Promise<string[]> {
  const broken: string[] = [];
  for (const link of linksOf(await read(page))) {
    const [path = '', anchor] = decodeURIComponent(link).split('#');
    const target = path ? posix.join(posix.dirname(page), path) : page;
    const leads = files.includes(target) && (!anchor || anchorsOf(await read(target)).includes(anchor));
    if (!leads) broken.push(`${page} links to ${link}`);
  }
  return broken;
}

/** Where a page links to, except for other sites. */
function linksOf(markdown: string): string[] {
  const prose = proseOf(markdown).replace(/`[^`\n]*`/g, '');
  const links = [/\]\(([^)\s]+)[^)]*\)/g, /^\[[^\]]+\]: (\S+)/gm, /<[^>]*\b(?:src|href)="([^"]*)"/g];
  return links
    .flatMap(pattern => [...prose.matchAll(pattern)].map(([, link = '']) => link))
    .filter(link => !/^\w+:/.test(link));
}

/** The names that GitHub gives to the headings of a page. */
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
