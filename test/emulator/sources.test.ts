import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

describe('emulator, its sources', () => {
  it('import nothing but Node and one another, so that no idea about Kakao stands on both sides', () => {
    const folder = join(__dirname, '../../lib/emulator');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.ts'),
    );

    const imported = sources.flatMap(name =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /(?:from|import) '([^']+)'|import\('([^']+)'\)/g,
        ),
      ].map(([, module = '']) => ({ name, module })),
    );

    expect(imported.length).to.be.greaterThan(50);
    for (const { name, module } of imported) {
      const allowed = name.startsWith('pages')
        ? /^node:|^\.{1,2}\/[a-z-]+\.js$/
        : /^node:|^\.\/(?:pages\/)?[a-z-]+\.js$/;
      expect(module, name).to.match(allowed);
    }
  });
});
