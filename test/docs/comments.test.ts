import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from './pages.js';

// The formatter wraps code, and leaves comments as they are.
const MAX_COLUMNS = 120;

const sources = ['lib', 'test', 'examples', 'bench', 'tools'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.[cm]?[jt]sx?$/.test(file) && !/node_modules|dist/.test(file))
    .map(file => join(folder, file)),
);

describe('comments', () => {
  it(`have at most ${MAX_COLUMNS} columns`, () => {
    const long = sources.flatMap(file =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
        .filter(({ line }) => /^\s*(?:\/\/|\/?\*)/.test(line) && line.length > MAX_COLUMNS)
        .map(({ place }) => place),
    );

    expect(sources).to.have.lengthOf.above(200);
    expect(long).to.deep.equal([]);
  });
});
