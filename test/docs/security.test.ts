import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { ROOT, readPage } from './pages.js';

/** The full titles of all tests. */
async function titles(): Promise<string[]> {
  const mocha = join(ROOT, 'node_modules/mocha/bin/mocha.js');
  const args = [mocha, '--dry-run', '--reporter', 'json', 'test/**/*.{test,slow}.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: 50_000_000 });
  const { tests }: { tests: { fullTitle: string }[] } = JSON.parse(stdout);
  return tests.map(({ fullTitle }) => fullTitle);
}

describe('SECURITY.md', () => {
  it('names an existing test for each guarantee', async function () {
    this.timeout(60_000); // a second mocha loads all tests
    const text = await readPage('SECURITY.md');
    const guarantees = [...text.matchAll(/^\|.*\| `(.*)` \|$/gm)].map(([, name = '']) => name);
    const existing = await titles();

    expect(guarantees).to.have.lengthOf.above(25);
    expect(guarantees.filter(name => !existing.some(title => title.includes(name)))).to.deep.equal([]);
  });
});
