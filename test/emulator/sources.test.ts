import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { expect } from 'chai';

describe('emulator: the sources', () => {
  it('import only Node and one another, and share no assumption about Kakao with the client', () => {
    const folder = join(__dirname, '../../lib/emulator');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => join(folder, name));

    const imported = sources.flatMap(source =>
      [...readFileSync(source, 'utf8').matchAll(/(?:from|import) '([^']+)'|import\('([^']+)'\)/g)].map(
        ([, module = '']) => ({ source, module }),
      ),
    );

    expect(imported.length).to.be.greaterThan(50);
    for (const { source, module } of imported) {
      if (module.startsWith('node:')) continue;
      expect(module, source).to.match(/^\.{1,2}\//);
      expect(join(dirname(source), module), source).to.satisfy((path: string) =>
        path.startsWith(folder + sep),
      );
    }
  });
});
