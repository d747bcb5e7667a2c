import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { consentItems } from '../../lib/index.js';
import { FAULTS } from '../faults/faults.js';
import { toTable } from '../faults/matrix.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/server.js';
import { Consumer } from './consumer.js';

const ROOT = join(__dirname, '../..');

interface Block {
  language: string;
  source: string;
  line: number;
}

const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w+).*\n([\s\S]*?)^```$/gm)].map(
    ({ 1: language = '', 2: source = '', index }) => ({
      language,
      source,
      line: markdown.slice(0, index).split('\n').length,
    }),
  );

/** An example in the world it takes for granted, with the emulator's endpoints where it would ask Kakao. */
const inItsWorld = (source: string): string => {
  const names = [
    'accessToken',
    'agencyA',
    'agencyB',
    'app',
    'clientID',
    'clientSecret',
    'code',
    'end',
    'endpoints',
    'profile',
    'redirectURI',
    'state',
    'users',
    'verify',
  ];
  const example = source.replace(
    'KakaoBusinessClient({ clientID, clientSecret })',
    'KakaoBusinessClient({ clientID, clientSecret, ...endpoints })',
  );
  return `import { ${names.join(', ')} } from './world.mjs';\n${example}\nvoid [${names.filter(name => !new RegExp(`const .*\\b${name}\\b.*=`).test(example))}];\nawait end();\n`;
};

describe('the README', function () {
  this.timeout(120_000);

  let readme: string;
  let consumer: Consumer;
  before(async () => {
    readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    consumer = await Consumer.create([
      'passport',
      'express',
      'express-session',
      'typescript',
      '@types/express',
      '@types/express-session',
      '@types/node@20',
    ]);
  });
  after(() => consumer.remove());

  it('starts with a whole app in 25 lines that signs a user in', async () => {
    const [example] = blocksOf(readme).filter(({ language }) => language === 'js');
    const source = example?.source ?? '';
    expect(source.trimEnd().split('\n')).to.have.lengthOf.at.most(25);
    await consumer.write('app.mjs', source.replaceAll('3000', String(await freePort())));

    await consumer.serve('app.mjs', async origin => {
      const browser = new Browser();
      expect((await browser.open(origin)).html).to.include('카카오 비즈니스로 로그인');
      const consent = await browser.open(`${origin}/auth/kakao-business`);
      const { html } = await browser.submit(consent, '/emulator/consent', { decision: 'agree' });
      expect(JSON.parse(html)).to.include({ provider: 'kakao-business' }).and.have.property('agreements').that
        .is.not.empty;
    });
  });

  it('has examples that compile, and run to their end', async () => {
    const examples = blocksOf(readme).filter(({ language }) => language === 'ts');
    expect(examples).to.have.lengthOf.above(5);
    await consumer.write('world.mts', await readFile(join(__dirname, 'world.mts'), 'utf8'));
    for (const { line, source } of examples) await consumer.write(`line-${line}.mts`, inItsWorld(source));
    await consumer.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: { strict: true, target: 'es2022', module: 'node20', types: ['node'], outDir: 'out' },
        include: ['*.mts'],
      }),
    );

    expect(await consumer.run('node_modules/.bin/tsc')).to.deep.equal({ code: 0, output: '' });
    for (const { line } of examples) {
      const { code, output } = await consumer.run(process.execPath, `out/line-${line}.mjs`);
      expect(code, `the example of line ${line} ended with: ${output}`).to.equal(0);
    }
  });

  it('has no code in a language that nobody tests', () => {
    const languages = new Set(blocksOf(readme).map(({ language }) => language));

    expect([...languages]).to.have.members(['js', 'sh', 'ts']);
  });

  for (const { id, names } of consentItems) {
    it(`lists the consent item ${id}`, () => {
      expect(readme).to.include(`\`${id}\` | ${names.ko} / ${names.en} |`);
    });
  }

  it('lists every option', async () => {
    const sources = await Promise.all(
      ['kakao/client-options', 'kakao/endpoints', 'strategy/options'].map(name =>
        readFile(join(ROOT, `lib/${name}.ts`), 'utf8'),
      ),
    );
    const options = sources.flatMap(source =>
      [
        ...(
          /interface KakaoBusiness(?:Client|Strategy)Options[\s\S]*?\n}|interface KakaoBusinessEndpoints {[\s\S]*?\n}/.exec(
            source,
          )?.[0] ?? ''
        ).matchAll(/^ {2}(\w+)\??:/gm),
      ].map(([, name]) => name),
    );

    expect(options).to.have.lengthOf(18);
    for (const option of options)
      expect(readme).to.match(new RegExp(`^\\| (?:\`\\w+\` )*\`${option}\``, 'm'));
  });

  it('shows what every fault comes to, as the tests prove it', () => {
    expect(readme).to.include(toTable(FAULTS));
  });

  it('links to files that are there', async () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, file = '']) => file);

    expect(links).to.include('LICENSE');
    for (const file of links) await readFile(join(ROOT, file));
  });
});
