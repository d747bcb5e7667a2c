import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { Consumer } from './consumer.js';

const EXAMPLES = join(__dirname, '../../examples/testing');

/** The suites in examples/testing, each with the runner's output for passed tests and for a failed one. */
const suites = [
  { name: 'mocha', passed: /3 passing/, failed: /1 failing/ },
  { name: 'vitest', passed: /Tests\b.*3 passed.*\(3\)/, failed: /Tests\b.*1 failed/ },
  { name: 'jest', passed: /Tests: +3 passed, 3 total/, failed: /Tests: +1 failed/ },
  { name: 'node-test', passed: /[#ℹ] pass 3\s+[#ℹ] fail 0/, failed: /[#ℹ] fail 1/ },
];

describe('The test suite for', function () {
  this.timeout(120_000);

  let consumer: Consumer;
  before(async () => {
    const packages = await Promise.all(suites.map(({ name }) => packagesOf(name)));
    consumer = await Consumer.create([...new Set(packages.flat())]);
    // As in the repository: a runner that reads the settings of a folder above fails.
    await consumer.write('.mocharc.json', '{ "require": "./missing.js" }');
    for (const { name } of suites)
      await cp(join(EXAMPLES, name), join(consumer.folder, name), { recursive: true, filter: isSource });
  });
  after(() => consumer.remove());

  for (const { name, passed, failed } of suites) {
    it(`${name} passes`, async () => {
      const { code, output } = await consumer.run('npm', 'test', '--prefix', name);

      expect(output).to.match(passed);
      expect(code).to.equal(0);
    });

    it(`${name} fails when the app loses the email`, async () => {
      const app = join(consumer.folder, name, 'app.js');
      const source = await readFile(app, 'utf8');
      expect(source).to.include("'biz_account_email', ");
      await writeFile(app, source.replace("'biz_account_email', ", ''));

      const { code, output } = await consumer.run('npm', 'test', '--prefix', name);

      expect(output).to.match(failed);
      expect(code).to.equal(1);
    });
  }
});

/** The packages that an example installs, except this one. */
async function packagesOf(name: string): Promise<string[]> {
  const manifest = await readFile(join(EXAMPLES, name, 'package.json'), 'utf8');
  const { dependencies, devDependencies }: Record<string, Record<string, string>> = JSON.parse(manifest);
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, range]) => !range.startsWith('file:'))
    .map(([dependency, range]) => `${dependency}@${range}`);
}

const isSource = (file: string): boolean => !['node_modules', 'package-lock.json'].includes(basename(file));
