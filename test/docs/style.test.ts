import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from './pages.js';

const FOLDERS = ['lib', 'test', 'examples', 'bench', 'tools'];

// Passport works on Object.create(strategy), which cannot reach a #private member.
const STRATEGY = 'lib/strategy/strategy.ts';

/** Rules that the linter does not know, each with a function that finds a line that breaks it. */
const RULES: Record<string, (line: string, file: string) => boolean> = {
  'have comments of at most 120 columns': line => /^\s*(?:\/\/|\/?\*)/.test(line) && line.length > 120,
  'write `@param name the …`, without a dash': line => /\* @param \w+ - /.test(line),
  'have #private members, except in the strategy': (line, file) =>
    /^\s*(?:private|protected) /.test(line) && file.startsWith('lib/') && file !== STRATEGY,
};

describe('The sources', () => {
  const lines = FOLDERS.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.[cm]?[jt]sx?$/.test(name) && !/node_modules|dist/.test(name))
      .flatMap(name => {
        const file = `${folder}/${name}`;
        const text = readFileSync(join(ROOT, file), 'utf8').split('\n');
        return text.map((line, index) => ({ line, file, at: `${file}:${index + 1}` }));
      }),
  );

  for (const [title, isBroken] of Object.entries(RULES)) {
    it(title, () => {
      const found = lines.filter(({ line, file }) => isBroken(line, file));

      expect(found.map(({ at }) => at)).to.deep.equal([]);
    });
  }
});
