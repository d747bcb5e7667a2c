import { expect } from 'chai';
import { blocksOf, PAGES, readPage } from './pages.js';

describe('The README', () => {
  let readme: string;
  let translation: string;
  before(async () => {
    readme = await readPage('README.md');
    translation = await readPage('README.ko.md');
  });

  it('has at most 300 lines', () => {
    for (const text of [readme, translation])
      expect(text.trimEnd().split('\n')).to.have.lengthOf.at.most(300);
  });

  it('has code only in languages that are tested', async () => {
    const languages = new Set(blocksOf(readme).map(({ language }) => language));

    expect([...languages]).to.have.members(['js', 'sh', 'ts']);
    // test/package/container.test.ts runs the Containerfile of docs/emulator.md.
    // test/clients and test/integration/clients.test.ts run the programs of docs/clients.md.
    for (const page of PAGES.filter(name => /^docs\/(?!clients)/.test(name))) {
      for (const { language, line } of blocksOf(await readPage(page)))
        expect(['sh', 'ts', 'dockerfile'], `${page}, line ${line}`).to.include(language);
    }
  });

  it('shows the costs of the last bench, which passed', async () => {
    const results = await readPage('bench/RESULTS.md');
    const rows = results
      .split('\n')
      .filter(line => /^\| (?:wait at the callback, first login|CPU per login) /.test(line));
    const costs = rows.flatMap(row => row.match(/[\d.]+ ms/g) ?? []);

    expect(costs).to.have.lengthOf(4);
    for (const text of [readme, translation]) for (const cost of costs) expect(text).to.include(cost);
    expect(results)
      .to.match(/\| yes \|/)
      .and.not.match(/\*\*no\*\*/);
  });
});
