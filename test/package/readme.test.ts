import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { blocksOf, PAGES, readPage, withoutComments } from '../docs/pages.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/server.js';
import { Consumer, EXPRESS_APP } from './consumer.js';

/** An example with the imports it needs, and with the emulator's endpoints in place of Kakao's. */
const withWorld = (source: string): string => {
  const names = [
    'accessToken',
    'adAccountID',
    'agencyA',
    'agencyB',
    'app',
    'clientID',
    'clientSecret',
    'code',
    'cookieSecret',
    'end',
    'endpoints',
    'profile',
    'redirectURI',
    'state',
    'toJWT',
    'users',
    'verify',
  ].filter(name => !new RegExp(`^(?:const|function) (?:{[^}=]*\\b)?${name}\\b`, 'm').test(source));
  const example = source.replace(
    'KakaoBusinessClient({ clientID, clientSecret })',
    'KakaoBusinessClient({ clientID, clientSecret, ...endpoints })',
  );
  return `import { ${names.join(', ')} } from './world.mjs';\n${example}\nvoid [${names}];\nawait end();\n`;
};

/** The examples that test/integration/without-passport runs, since they need more packages. */
const NEEDS_FRAMEWORK = /from '(?:hono|next\/|@auth\/)/;

describe('The README', function () {
  this.timeout(120_000);

  let readme: string;
  let consumer: Consumer;
  before(async () => {
    readme = await readPage('README.md');
    consumer = await Consumer.create(EXPRESS_APP);
  });
  after(() => consumer.remove());

  describe('starts with an app in 25 lines that', () => {
    /** Writes the app of the README with another port. */
    const writeApp = async (): Promise<void> => {
      const [example] = blocksOf(readme).filter(({ language }) => language === 'js');
      const source = example?.source ?? '';
      expect(source.trimEnd().split('\n')).to.have.lengthOf.at.most(25);
      await consumer.write('app.mjs', source.replaceAll('3000', String(await freePort())));
    };
    const loginPath = '/auth/kakao-business';

    it('signs in a user', async () => {
      await writeApp();

      await consumer.serve('app.mjs', async origin => {
        const browser = new Browser();
        const start = await browser.open(origin);
        expect(start.text).to.equal('카카오 비즈니스로 로그인');
        const consent = await browser.click(start, loginPath);
        const { html } = await browser.submit(consent, '/emulator/consent', { decision: 'agree' });
        expect(JSON.parse(html)).to.include({ provider: 'kakao-business' }).and.have.property('agreements')
          .that.is.not.empty;
      });
    });

    it('reports a cancelled consent once, then signs in', async () => {
      await writeApp();

      await consumer.serve('app.mjs', async origin => {
        const browser = new Browser();
        const consent = await browser.open(`${origin}${loginPath}`);
        const cancelled = await browser.submit(consent, '/emulator/consent', { decision: 'cancel' });
        expect(cancelled.text).to.equal('The user did not agree. 카카오 비즈니스로 로그인');
        const start = await browser.open(origin);
        expect(start.text).to.equal('카카오 비즈니스로 로그인');
        const secondConsent = await browser.click(start, loginPath);
        const { html } = await browser.submit(secondConsent, '/emulator/consent', { decision: 'agree' });
        expect(JSON.parse(html)).to.include({ provider: 'kakao-business' });
      });
    });

    it('explains why a login from 127.0.0.1 fails', async () => {
      await writeApp();

      await consumer.serve('app.mjs', async origin => {
        const browser = new Browser();
        const start = await browser.open(origin.replace('localhost', '127.0.0.1'));
        const consent = await browser.click(start, loginPath);
        const failed = await browser.submit(consent, '/emulator/consent', { decision: 'agree' });
        expect(failed.url.origin).to.equal(origin);
        expect(failed.text).to.match(/^No sign-in is pending in this session: .*another host name/);
        expect((await browser.open(origin)).text).to.equal('카카오 비즈니스로 로그인');
      });
    });

    it('shows no text from a forged callback URL', async () => {
      await writeApp();

      await consumer.serve('app.mjs', async origin => {
        const made = encodeURIComponent('<b>made up</b>');
        const forgedError = `error=${made}&error_description=${made}`;
        const atFirst = new Browser();
        const whilePending = new Browser();
        await whilePending.visit(`${origin}${loginPath}`);
        for (const [browser, query, message] of [
          [atFirst, forgedError, 'The response has no state.'],
          [atFirst, `code=${made}&state=${made}`, 'No sign-in is pending in this session'],
          [whilePending, forgedError, 'The response has no state.'],
          [whilePending, `${forgedError}&state=${made}`, 'This sign-in was not started in this session'],
        ] as const) {
          const { text } = await browser.open(`${origin}${loginPath}/callback?${query}`);
          expect(text, query)
            .to.match(new RegExp(`^${message}`))
            .and.not.include('made up');
        }
      });
    });

    it('exits with an error when its port is taken', async () => {
      await writeApp();

      await consumer.serve('app.mjs', async () => {
        const second = await consumer.run(process.execPath, 'app.mjs');
        expect(second.code).to.equal(1);
        expect(second.output).to.include('EADDRINUSE');
        expect(second.output).not.to.match(/^http:/m);
      });
    });
  });

  it('has examples that compile and run, as all other pages do', async () => {
    // Translations have the code of their original (test/docs/pages.test.ts checks that); repeated examples run once.
    const examples = new Map<string, { source: string; page: string; line: number; file: string }>();
    for (const page of PAGES) {
      for (const { language, source, line } of blocksOf(await readPage(page))) {
        const code = withoutComments(source);
        if (language !== 'ts' || NEEDS_FRAMEWORK.test(source) || examples.has(code)) continue;
        examples.set(code, { source, page, line, file: `${page.replace(/\W/g, '-')}-line-${line}` });
      }
    }
    expect(blocksOf(readme).filter(({ language }) => language === 'ts')).to.have.lengthOf(5);
    expect(examples.size).to.be.above(30);
    await consumer.write('world.mts', await readFile(join(__dirname, 'world.mts'), 'utf8'));
    for (const { source, file } of examples.values()) await consumer.write(`${file}.mts`, withWorld(source));
    await consumer.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: { strict: true, target: 'es2022', module: 'node20', types: ['node'], outDir: 'out' },
        include: ['*.mts'],
      }),
    );

    expect(await consumer.run('node_modules/.bin/tsc')).to.deep.equal({ code: 0, output: '' });
    for (const { page, line, file } of examples.values()) {
      const { code, output } = await consumer.run(process.execPath, `out/${file}.mjs`);
      expect(code, `the example of ${page}, line ${line}, ended with: ${output}`).to.equal(0);
    }
  });
});
