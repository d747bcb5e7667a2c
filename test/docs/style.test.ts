import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from './pages.js';

const FOLDERS = ['lib/emulator', 'test/emulator'];

/** Rules that the linter does not know, each with what breaks it. */
const RULES: Record<string, (line: string, before: string) => boolean> = {
  'have comments of at most 120 columns': line => /^\s*(?:\/\/|\/?\*)/.test(line) && line.length > 120,
  'write `@param name the …`, without a dash': line => /\* @param \w+ - /.test(line),
  'have #private members, unless a comment says why not': (line, before) =>
    /^\s*(?:private|protected) /.test(line) && !/^\s*\/\//.test(before),
};

describe('the sources', () => {
  const lines = FOLDERS.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .flatMap(name => {
        const file = `${folder}/${name}`;
        const text = readFileSync(join(ROOT, file), 'utf8').split('\n');
        return text.map((line, index) => ({
          line,
          before: text[index - 1] ?? '',
          at: `${file}:${index + 1}`,
        }));
      }),
  );

  for (const [title, isBroken] of Object.entries(RULES)) {
    it(title, () => {
      const found = lines.filter(({ line, before }) => isBroken(line, before));

      expect(found.map(({ at }) => at)).to.deep.equal([]);
    });
  }
});
