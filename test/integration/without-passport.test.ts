import { expect } from 'chai';
import { blocksOf, readPage } from '../docs/pages.js';
import { Consumer } from '../package/consumer.js';
import { Browser, type Page } from '../support/browser.js';
import { freePort } from '../support/server.js';

const OWNER = { id: '9007199254740993', displayName: 'haneul.kim@example.com' };

/** What the recipes assume: an Express app, and the keys of an app at the emulator. */
const WORLD = (port: number) => `
import express from 'express';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

export const port = ${port};
export const origin = 'http://localhost:${port}';
export const redirectURI = origin + '/auth/kakao-business/callback';
const redirectURIs = [redirectURI, origin + '/auth/callback/kakao-business'];
const kakao = await startKakaoBusinessEmulator({ app: { redirectURIs } });
export const { clientID, clientSecret = '' } = kakao.app;
export const { endpoints } = kakao;
export const { authorizationURL, tokenURL, userInfoURL } = endpoints;
export const cookieSecret = 'thirty-two characters or even more';
export const app = express();
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    skipLibCheck: true, // the declarations of Auth.js do not compile by themselves
    target: 'es2022',
    module: 'node20',
    types: ['node'],
    outDir: 'out',
  },
  include: ['*.mts'],
};

const NAMES =
  'app, authorizationURL, clientID, clientSecret, cookieSecret, endpoints, origin, port, redirectURI, tokenURL, userInfoURL';

describe('Without Passport', function () {
  this.timeout(120_000);

  let consumer: Consumer;
  let browser: Browser;
  before(async () => {
    consumer = await Consumer.create([
      '@auth/express@0.12',
      '@hono/node-server@2',
      'express@5',
      'hono@4',
      'typescript',
      '@types/express',
      '@types/node@20',
    ]);
    await consumer.write('tsconfig.json', JSON.stringify(TSCONFIG));
    await consumer.write('world.mts', WORLD(await freePort()));
    await consumer.write(
      'hono.mts',
      await recipe(
        "from 'hono'",
        "import { serve } from '@hono/node-server';\nserve({ fetch: hono.fetch, port }, () => console.log(origin));",
      ),
    );
    await consumer.write(
      'auth.mts',
      await recipe("from '@auth/express'", 'app.listen(port, () => console.log(origin));'),
    );
    expect(await consumer.run('node_modules/.bin/tsc')).to.deep.equal({ code: 0, output: '' });
  });
  beforeEach(() => {
    browser = new Browser();
  });
  after(() => consumer.remove());

  const agree = (consent: Page) => browser.submit(consent, '/emulator/consent', { decision: 'agree' });
  const cancel = (consent: Page) => browser.submit(consent, '/emulator/consent', { decision: 'cancel' });

  describe('the recipe for Hono', () => {
    const serve = (use: (origin: string) => Promise<void>) => consumer.serve('out/hono.mjs', use);

    it('signs in a user', () =>
      serve(async origin => {
        const page = await agree(await browser.open(`${origin}/auth/kakao-business`));

        expect(JSON.parse(page.html)).to.deep.equal(OWNER);
      }));

    it('responds with 403 when the user cancels, and signs in afterwards', () =>
      serve(async origin => {
        const refused = await cancel(await browser.open(`${origin}/auth/kakao-business`));
        const page = await agree(await browser.open(`${origin}/auth/kakao-business`));

        expect([refused.status, refused.html]).to.deep.equal([403, 'The user did not agree.']);
        expect(JSON.parse(page.html)).to.deep.equal(OWNER);
      }));

    it('rejects a repeated callback and that of another browser', () =>
      serve(async origin => {
        const { url } = await agree(await browser.open(`${origin}/auth/kakao-business`));

        for (const visitor of [browser, new Browser()]) {
          const refused = await visitor.open(url);
          expect([refused.status, refused.html]).to.deep.equal([403, 'The sign-in was not started here.']);
        }
      }));
  });

  describe('the recipe for Auth.js', () => {
    const serve = (use: (origin: string) => Promise<void>) => consumer.serve('out/auth.mjs', use);
    const signIn = async (origin: string) =>
      browser.submit(await browser.open(`${origin}/auth/signin`), '/auth/signin/kakao-business');
    const session = async (origin: string) => JSON.parse((await browser.open(`${origin}/auth/session`)).html);

    it('signs in a user', () =>
      serve(async origin => {
        await agree(await signIn(origin));

        expect((await session(origin)).user).to.deep.equal({
          name: OWNER.displayName,
          email: OWNER.displayName,
        });
      }));

    it('signs in a user without email', () =>
      serve(async origin => {
        const consent = await signIn(origin);
        await browser.submit(consent, '/emulator/consent', { decision: 'agree', user: '3120457786' });

        expect((await session(origin)).user).to.deep.equal({ name: '3120457786' });
      }));

    it('signs in nobody when the user cancels', () =>
      serve(async origin => {
        const page = await cancel(await signIn(origin));

        expect(page.url.pathname).to.equal('/auth/signin');
        expect(await session(origin)).to.equal(null);
      }));
  });
});

/** The example of the recipes with this import, with the emulator in place of Kakao, and with a last line. */
async function recipe(imported: string, last: string): Promise<string> {
  const blocks = blocksOf(await readPage('docs/recipes.md'));
  const { source } = blocks.find(block => block.source.includes(imported)) ?? {};
  if (source === undefined) throw new Error(`no recipe has an import ${imported}`);
  const client = 'KakaoBusinessClient({ clientID, clientSecret, ...endpoints })';
  const example = source.replace('KakaoBusinessClient({ clientID, clientSecret })', client);
  return `import { ${NAMES} } from './world.mjs';\n${example}\n${last}\n`;
}
