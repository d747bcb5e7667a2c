import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

interface Files {
  manifest: object;
  security: string;
  changelog: string;
}

type Check = { missingForRelease(folder: string): Promise<string[]> };

describe('The release check', () => {
  let missingForRelease: Check['missingForRelease'];
  let folder: string;
  before(async () => {
    const check = '../../tools/release-check.mjs'; // not a literal, for which TypeScript would need types
    ({ missingForRelease } = (await import(check)) as Check);
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'release-check-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const complete: Files = {
    manifest: {
      version: '1.2.0',
      repository: { type: 'git', url: 'git+https://git.example/package.git' },
      bugs: { url: 'https://git.example/package/issues' },
      homepage: 'https://git.example/package#readme',
    },
    security:
      '# Security\n\n## Reporting a vulnerability\n\nWrite to security@git.example.\n\n## Scope\n\nAll.\n',
    changelog: '# Changelog\n\n## [1.2.0] - 2026-11-21\n\nNew.\n\n## [1.1.0] - 2026-11-01\n',
  };

  /** Checks a folder that is complete except for these changes. */
  const check = async (changes: Partial<Files>): Promise<string[]> => {
    const { manifest, security, changelog } = { ...complete, ...changes };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'SECURITY.md'), security);
    await writeFile(join(folder, 'CHANGELOG.md'), changelog);
    return missingForRelease(folder);
  };

  const withManifest = (changes: object) => ({ manifest: { ...complete.manifest, ...changes } });
  const withSecurity = (from: string, to: string) => ({ security: complete.security.replace(from, to) });
  const withChangelog = (from: string, to: string) => ({ changelog: complete.changelog.replace(from, to) });

  for (const [what, changes] of [
    ['everything is present', {}],
    ['the repository is a URL', withManifest({ repository: 'https://git.example/package' })],
    ['reports go to a form', withSecurity('Write to security@git.example', 'Use https://git.example/report')],
  ] as const) {
    it(`reports nothing if ${what}`, async () => {
      expect(await check(changes)).to.deep.equal([]);
    });
  }

  for (const [what, changes, line] of [
    ['a missing repository', withManifest({ repository: undefined }), 'package.json has no repository: '],
    [
      'a repository without https',
      withManifest({ repository: 'me/package' }),
      'package.json has no repository: ',
    ],
    ['a missing issue tracker', withManifest({ bugs: undefined }), 'package.json has no bugs: '],
    ['an issue tracker without a URL', withManifest({ bugs: {} }), 'package.json has no bugs: '],
    ['a missing homepage', withManifest({ homepage: undefined }), 'package.json has no homepage: '],
    [
      'a missing section on reports',
      withSecurity('Reporting', 'On'),
      'SECURITY.md has no section on reports: ',
    ],
    [
      'a missing address for reports',
      withSecurity('security@git.example', 'us'),
      'SECURITY.md has no address for reports: ',
    ],
    [
      'a sentence that says there is no address',
      withSecurity('Write', 'There is no address for reports yet. Write'),
      'SECURITY.md has no address for reports: ',
    ],
    [
      'a missing section for the version',
      withChangelog('[1.2.0]', '[1.2.1]'),
      'CHANGELOG.md has no section for 1.2.0: ',
    ],
    ['a missing date', withChangelog('2026-11-21', 'Unreleased'), 'CHANGELOG.md has no date for 1.2.0: '],
  ] as const) {
    it(`reports ${what}`, async () => {
      const missing = await check(changes);

      expect(missing).to.have.lengthOf(1);
      expect(missing[0]).to.match(new RegExp(`^${line}`));
    });
  }

  it('reports everything that is missing, one per line', async () => {
    const missing = await check({
      manifest: { ...complete.manifest, repository: '', bugs: '', homepage: '' },
      security: '# Security\n',
      changelog: '# Changelog\n',
    });

    expect(missing).to.have.lengthOf(5);
  });
});
