import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { blocksOf, readPage } from '../docs/pages.js';
import { Consumer, serve } from '../package/consumer.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/server.js';

const CALLBACK = '/auth/kakao-business/callback';
const NEXT = join('node_modules', 'next', 'dist', 'bin', 'next');

const LAYOUT = `
export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="ko"><body>{children}</body></html>;
}
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    esModuleInterop: true,
    isolatedModules: true,
    resolveJsonModule: true,
    jsx: 'react-jsx',
    lib: ['dom', 'esnext'],
    plugins: [{ name: 'next' }],
  },
  include: ['next-env.d.ts', '**/*.ts', '**/*.tsx'],
};

describe('The recipe for Next.js, built and started,', function () {
  this.timeout(600_000);

  let kakao: KakaoBusinessEmulator;
  let consumer: Consumer;
  let port: number;

  before(async () => {
    port = await freePort();
    const redirectURI = `http://localhost:${port}${CALLBACK}`;
    kakao = await startKakaoBusinessEmulator({ app: { redirectURIs: [redirectURI] } });
    consumer = await Consumer.create([
      'next@16',
      'react@19',
      'react-dom@19',
      'passport',
      'typescript@5',
      '@types/node@20',
      '@types/react@19',
    ]);
    const { clientID, clientSecret } = kakao.app;
    const settings = { clientID, clientSecret, redirectURI, endpoints: kakao.endpoints };
    await write('.env', `KAKAO='${JSON.stringify(settings)}'\n`);
    await write('next.config.js', 'module.exports = { turbopack: { root: __dirname } };\n');
    await write('tsconfig.json', JSON.stringify(TSCONFIG));
    await write('app/layout.tsx', LAYOUT);
    for (const { source } of await recipe())
      await write(source.slice(3, source.indexOf('\n')), withKeys(source));

    const { code, output } = await consumer.run(process.execPath, NEXT, 'build');

    expect(code, output).to.equal(0);
  });
  after(() => Promise.all([kakao?.close(), consumer?.remove()]));

  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(join(consumer.folder, dirname(file)), { recursive: true });
    await consumer.write(file, text);
  };

  it('signs in a user, and responds with 403 to a cancelled consent and a repeated callback', async () => {
    await serve(consumer.folder, [process.execPath, NEXT, 'start', '--port', String(port)], async () => {
      const browser = new Browser();
      const open = () => browser.open(`http://localhost:${port}/auth/kakao-business`);
      const decide = async (decision: string) =>
        browser.submit(await open(), '/emulator/consent', { decision });

      const refused = await decide('cancel');
      const signedIn = await decide('agree');
      const repeated = await browser.open(signedIn.url);

      expect([refused.status, refused.html]).to.deep.equal([403, 'The user did not agree.']);
      expect(JSON.parse(signedIn.html)).to.deep.equal({
        id: '9007199254740993',
        displayName: 'haneul.kim@example.com',
      });
      expect([repeated.status, repeated.html]).to.deep.equal([403, 'The sign-in was not started here.']);
    });
  });
});

/** The files of the recipe; the first line of each names it. */
async function recipe() {
  const files = blocksOf(await readPage('docs/recipes.md')).filter(({ source }) =>
    source.startsWith('// app/'),
  );
  expect(files).to.have.lengthOf(2);
  return files;
}

/** A file with the keys of the emulator's app, and the emulator in place of Kakao. */
const withKeys = (source: string): string =>
  `const { clientID, clientSecret, redirectURI, endpoints } = JSON.parse(process.env.KAKAO ?? '');\n${source.replace(
    '({ clientID, clientSecret })',
    '({ clientID, clientSecret, ...endpoints })',
  )}`;
