import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { packedTarball } from '../support/tarball.js';
import { Consumer, EXPRESS_APP } from './consumer.js';
import { loginApp, signIn } from './login-app.js';

const tsconfig = (module: string, more: object = {}) =>
  JSON.stringify({
    compilerOptions: {
      strict: true,
      target: 'es2022',
      types: ['node'],
      esModuleInterop: true,
      outDir: 'out',
      rootDir: '.',
      module,
      ...more,
    },
    files: ['app.ts'],
  });

describe('The package, installed from its tarball', function () {
  this.timeout(120_000);

  let consumer: Consumer;
  before(async () => {
    consumer = await Consumer.create([...EXPRESS_APP, 'typescript-5@npm:typescript@5.9']);
  });
  after(() => consumer.remove());

  const expectQuietLogin = async (file: string): Promise<void> => {
    expect(await signIn(consumer.folder, process.execPath, file)).to.equal('');
  };

  it('signs in a user from an ES module, and prints nothing', async () => {
    await consumer.write('app.mjs', loginApp.module);
    await expectQuietLogin('app.mjs');
  });

  it('signs in a user from CommonJS, and prints nothing', async () => {
    await consumer.write('app.cjs', loginApp.commonJS);
    await expectQuietLogin('app.cjs');
  });

  for (const [module, more] of [
    ['node20', {}],
    ['commonjs', { moduleResolution: 'bundler' }],
  ] as const) {
    it(`signs in a user from TypeScript without skipLibCheck, module ${module}`, async () => {
      await consumer.write('app.ts', loginApp.typeScript);
      await consumer.write('tsconfig.json', tsconfig(module, more));

      expect(await consumer.run('node_modules/.bin/tsc')).to.deep.equal({ code: 0, output: '' });
      await expectQuietLogin('out/app.js');
    });
  }

  it('has types for TypeScript 5 without esModuleInterop and exports map', async () => {
    await consumer.write(
      'app.ts',
      `import passport = require('passport');
      import { KakaoBusinessStrategy } from 'passport-kakao-business';
      import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
      startKakaoBusinessEmulator;
      const strategy = new KakaoBusinessStrategy({ clientID: 'key', callbackURL: 'https://example.com/' }, async (_token, _refresh, profile) => ({ id: profile.id }));
      passport.use(strategy);
      strategy.fail; strategy.userProfile;
      passport.authenticate(strategy.name, { resourceIDs: ['moment:1'], state: { returnTo: '/' } });`,
    );
    await consumer.write('tsconfig.json', tsconfig('commonjs', { esModuleInterop: false }));

    expect(await consumer.run(process.execPath, 'node_modules/typescript-5/bin/tsc')).to.deep.equal({
      code: 0,
      output: '',
    });
  });

  it('exports the same class to require and import', async () => {
    await consumer.write(
      'identity.mjs',
      `import { createRequire } from 'node:module';
      import * as imported from 'passport-kakao-business';
      import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
      const require = createRequire(import.meta.url);
      const required = require('passport-kakao-business');
      const names = Object.keys(required).filter(name => required[name] !== imported[name]);
      const emulators = require('passport-kakao-business/emulator').startKakaoBusinessEmulator === startKakaoBusinessEmulator;
      console.log(JSON.stringify({ names, emulators, strategy: typeof imported.Strategy }));`,
    );

    const { output } = await consumer.run(process.execPath, 'identity.mjs');

    expect(JSON.parse(output)).to.deep.equal({ names: [], emulators: true, strategy: 'function' });
  });

  const installed = () => join(consumer.folder, 'node_modules/passport-kakao-business');

  it('contains the expected files only', async () => {
    const files = await readdir(installed(), { recursive: true, withFileTypes: true });
    const names = files
      .filter(file => file.isFile())
      .map(file => relative(installed(), join(file.parentPath, file.name)))
      .filter(name => !name.startsWith('node_modules'));

    const sources = (await readdir('lib', { recursive: true })).filter(name => name.endsWith('.ts'));
    // The .js of lib/kakao and lib/strategy is bundled into index.js.
    const compiled = sources.flatMap(name =>
      [...(/^(?:index|emulator)\b/.test(name) ? ['.js'] : []), '.d.ts'].map(
        end => `dist/${name.replace(/\.ts$/, end)}`,
      ),
    );
    const docs = (await readdir('docs', { recursive: true }))
      .filter(name => /\.(?:md|webp|json)$/.test(name))
      .map(name => `docs/${name}`);
    const others = ['package.json', 'LICENSE', 'README.md', 'README.ko.md', 'CHANGELOG.md', 'SECURITY.md'];
    expect(names).to.have.members([...compiled, ...docs, ...others]);
  });

  it('passes publint and are-the-types-wrong', async () => {
    const checker = join(__dirname, 'check-package.mjs');

    const { output } = await consumer.run(process.execPath, checker, installed(), await packedTarball());

    expect(JSON.parse(output)).to.deep.equal({ messages: [], problems: [] });
  });

  it('loads no HTTP client before the first request', async () => {
    const hidden = join(consumer.folder, 'node_modules/node-fetch');
    await rename(hidden, `${hidden}-hidden`);
    try {
      const script =
        "const { KakaoBusinessClient } = require('passport-kakao-business'); new KakaoBusinessClient({ clientID: 'k' }); console.log('loaded')";
      expect(await consumer.run(process.execPath, '-e', script)).to.deep.equal({
        code: 0,
        output: 'loaded\n',
      });
    } finally {
      await rename(`${hidden}-hidden`, hidden);
    }
  });

  it('loads one file besides passport-oauth2', async () => {
    const script = `require('passport-oauth2'); const before = new Set(Object.keys(require.cache)); require('passport-kakao-business');
      console.log(JSON.stringify(Object.keys(require.cache).filter(file => !before.has(file))))`;

    const loaded: string[] = JSON.parse((await consumer.run(process.execPath, '-e', script)).output);

    expect(loaded.map(file => relative(installed(), file))).to.deep.equal(['dist/index.js']);
  });
});

describe('The package in an empty folder', function () {
  this.timeout(120_000);

  it('installs at most 13 packages and 2 MB, as the README says', async () => {
    const consumer = await Consumer.create(['passport']);
    try {
      const { output } = await consumer.run('npm', 'ls', '--all', '--parseable', '--silent');
      const names = output.split('\n').flatMap(line => line.split('/node_modules/').slice(1));
      const types = names.filter(name => /^@types\/|^undici-types$/.test(name));
      const code = names.filter(name => !types.includes(name));
      const sizes = await Promise.all(code.map(name => sizeOf(join(consumer.folder, 'node_modules', name))));
      const megabytes = sizes.reduce((sum, each) => sum + each, 0) / 1e6;

      const readme = await readFile('README.md', 'utf8');
      const [, ...said] =
        /installs (\d+) packages \(([\d.]+) MB\) and (\d+) packages of types/.exec(readme) ?? [];
      const [packages, saidMegabytes, packagesOfTypes] = said.map(Number);
      expect({ packages, packagesOfTypes }).to.deep.equal({
        packages: code.length,
        packagesOfTypes: types.length,
      });
      expect(megabytes).to.be.closeTo(Number(saidMegabytes), 0.15);
      expect(code.length).to.be.at.most(13);
      expect(megabytes).to.be.at.most(2);
    } finally {
      await consumer.remove();
    }
  });

  async function sizeOf(folder: string): Promise<number> {
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      files.filter(file => file.isFile()).map(file => stat(join(file.parentPath, file.name))),
    );
    return sizes.reduce((sum, { size }) => sum + size, 0);
  }
});
