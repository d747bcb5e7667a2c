import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const ROOT = join(__dirname, '../..');

/** The full titles of all tests. */
async function titles(): Promise<string[]> {
  const mocha = join(ROOT, 'node_modules/mocha/bin/mocha.js');
  const args = [mocha, '--dry-run', '--reporter', 'json', 'test/**/*.{test,slow}.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: 50_000_000 });
  const { tests }: { tests: { fullTitle: string }[] } = JSON.parse(stdout);
  return tests.map(({ fullTitle }) => fullTitle);
}

describe('SECURITY.md', () => {
  it('names tests that exist, one for each guarantee', async () => {
    const text = await readFile(join(ROOT, 'SECURITY.md'), 'utf8');
    const guarantees = [...text.matchAll(/^\|.*\| `(.*)` \|$/gm)].map(([, name = '']) => name);
    const existing = await titles();

    expect(guarantees).to.have.lengthOf.above(25);
    expect(guarantees.filter(name => !existing.some(title => title.includes(name)))).to.deep.equal([]);
  });
});
