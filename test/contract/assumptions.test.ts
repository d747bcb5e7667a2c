import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { allAssumptions } from './assumptions.js';

const root = path.join(__dirname, '../..');

const sources = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => `lib/${name}`)
  .map(file => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

describe('the assumptions of the code', () => {
  it('have an ID wherever they are marked', () => {
    const unnamed = sources.filter(({ text }) => /\bAssumption:/i.test(text)).map(({ file }) => file);

    expect(unnamed).to.deep.equal([]);
  });

  it('are those of the catalogue, in the files that it names', () => {
    const marked = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bAssumption \(([^)]*)\):/g)]
        .flatMap(([, ids = '']) => ids.split(', '))
        .map(id => `${id} in ${file}`),
    );
    const catalogued = allAssumptions.flatMap(({ id, files }) => files.map(file => `${id} in ${file}`));

    expect([...new Set(marked)]).to.have.members(catalogued);
  });
});
