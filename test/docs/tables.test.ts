import { expect } from 'chai';
import { type Table, tables, withTable } from '../../tools/tables.js';
import { readPage } from './pages.js';

describe('The tables that npm run tables writes', () => {
  for (const table of tables) {
    for (const language of ['en', 'ko'] as const) {
      const page = table.pages[language];

      it(`are fresh: ${table.name} in ${page}`, async () => {
        const written = await readPage(page);

        expect(written, 'run: npm run tables').to.equal(withTable(written, table, language));
      });
    }
  }

  const colours: Table = {
    name: 'colours',
    pages: { en: 'a.md', ko: 'a.ko.md' },
    render: language => `- ${language}`,
  };
  const start = '<!-- colours: written by npm run tables -->';
  const end = '<!-- end of colours -->';

  it('replace what is between their markers, and nothing else', () => {
    const page = `# A\n\n${start}\n\n- old\n- older\n\n${end}\n\nMore.\n`;

    expect(withTable(page, colours, 'ko')).to.equal(`# A\n\n${start}\n\n- ko\n\n${end}\n\nMore.\n`);
  });

  it('link from the folder of their page', () => {
    const page = (name: string, links: string) =>
      withTable(
        `${start}\n\n${end}\n`,
        { ...colours, pages: { en: name, ko: name }, render: () => links },
        'en',
      );
    const links = '[a](docs/a.md#b) [b](README.md) [c](#c) [d](https://example.com/docs/d.md#d)';

    expect(page('README.md', links)).to.include(links);
    expect(page('docs/c.md', links)).to.include(
      '[a](a.md#b) [b](../README.md) [c](#c) [d](https://example.com/docs/d.md#d)',
    );
  });

  for (const page of [
    '# A\n',
    `${start}\n\n`,
    `${end}\n${start}\n`,
    `${start}\n\n${end}\n${start}\n\n${end}\n`,
  ]) {
    it(`need their markers once: ${JSON.stringify(page)}`, () => {
      expect(() => withTable(page, colours, 'en')).to.throw('Put these lines into the page, once');
    });
  }
});
