import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { Browser } from '../support/browser.js';
import { packedTarball } from '../support/tarball.js';
import { Consumer, EXPRESS_APP } from './consumer.js';

/** An app that signs in against the emulator; `imports` is how it gets at the packages. */
const app = (imports: string) => `${imports}
async function main() {
  const kakao = await startKakaoBusinessEmulator({ users: [{ id: '9007199254740993', name: 'Owner', email: 'owner@example.com', adAccounts: { moment: [{ id: '11', name: 'Spring' }], keyword: [] } }] });
  const app = express();
  const server = app.listen(0, () => {
    const address = server.address();
    const origin = \`http://localhost:\${typeof address === 'object' && address ? address.port : 0}\`;
    const callbackURL = origin + '/callback';
    kakao.app.redirectURIs.push(callbackURL);
    const { clientID, clientSecret } = kakao.app;
    passport.use(new KakaoBusinessStrategy({ clientID, clientSecret, callbackURL, scope: ['biz_account_email', 'moment_management'], ...kakao.endpoints }, async (_accessToken, _refreshToken, profile) => profile));
    console.log(origin);
  });
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser((user: object, done: (error: null, user: object) => void) => done(null, user));
  app.use(session({ secret: 'test', resave: false, saveUninitialized: false }));
  app.use(passport.session());
  app.get('/login', passport.authenticate('kakao-business'));
  app.get('/callback', passport.authenticate('kakao-business', { successRedirect: '/' }));
  app.get('/', (req, res) => void res.json(req.user));
}
main();
`;
const withoutTypes = (source: string) =>
  source.replace('(user: object, done: (error: null, user: object) => void)', '(user, done)');

const ES_IMPORTS = `import express from 'express';
import session from 'express-session';
import passport from 'passport';
import { KakaoBusinessStrategy } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
`;
const CJS_IMPORTS = `const express = require('express');
const session = require('express-session');
const passport = require('passport');
const { KakaoBusinessStrategy } = require('passport-kakao-business');
const { startKakaoBusinessEmulator } = require('passport-kakao-business/emulator');
`;

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

describe('the package, installed from its tarball', function () {
  this.timeout(120_000);

  let consumer: Consumer;
  before(async () => {
    consumer = await Consumer.create([...EXPRESS_APP, 'typescript-5@npm:typescript@5.9']);
  });
  after(() => consumer.remove());

  const signsIn = (file: string) =>
    consumer.serve(file, async origin => {
      const browser = new Browser();
      const consent = await browser.open(`${origin}/login`);
      const { html } = await browser.submit(consent, '/emulator/consent', { decision: 'agree' });
      expect(JSON.parse(html)).to.deep.include({
        id: '9007199254740993',
        displayName: 'owner@example.com',
        agreements: [{ group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['11'] }],
      });
    });

  it('signs a user in from an ES module', async () => {
    await consumer.write('app.mjs', withoutTypes(app(ES_IMPORTS)));
    await signsIn('app.mjs');
  });

  it('signs a user in from CommonJS', async () => {
    await consumer.write('app.cjs', withoutTypes(app(CJS_IMPORTS)));
    await signsIn('app.cjs');
  });

  for (const [module, more] of [
    ['node20', {}],
    ['commonjs', { moduleResolution: 'bundler' }],
  ] as const) {
    it(`signs a user in from TypeScript, module ${module}, its types checked without skipLibCheck`, async () => {
      await consumer.write('app.ts', app(ES_IMPORTS));
      await consumer.write('tsconfig.json', tsconfig(module, more));

      expect(await consumer.run('node_modules/.bin/tsc')).to.deep.equal({ code: 0, output: '' });
      await signsIn('out/app.js');
    });
  }

  it('has types for TypeScript 5 without esModuleInterop, found without an exports map', async () => {
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

  it('gives one class to require and to import', async () => {
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

  it('holds what users need, and nothing else', async () => {
    const files = await readdir(installed(), { recursive: true, withFileTypes: true });
    const names = files
      .filter(file => file.isFile())
      .map(file => relative(installed(), join(file.parentPath, file.name)))
      .filter(name => !name.startsWith('node_modules'));

    const sources = (await readdir('lib', { recursive: true })).filter(name => name.endsWith('.ts'));
    const compiled = sources.flatMap(name =>
      ['.js', '.d.ts'].map(end => `dist/${name.replace(/\.ts$/, end)}`),
    );
    const docs = (await readdir('docs', { recursive: true }))
      .filter(name => /\.(?:md|webp)$/.test(name))
      .map(name => `docs/${name}`);
    const others = ['package.json', 'LICENSE', 'README.md', 'README.ko.md', 'CHANGELOG.md', 'SECURITY.md'];
    expect(names).to.have.members([...compiled, ...docs, ...others]);
  });

  it('has nothing that publint or are-the-types-wrong would mend', async () => {
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

  it('loads little beyond passport-oauth2: its own files and no other package', async () => {
    const script = `require('passport-oauth2'); const before = new Set(Object.keys(require.cache)); require('passport-kakao-business');
      console.log(JSON.stringify(Object.keys(require.cache).filter(file => !before.has(file))))`;

    const loaded: string[] = JSON.parse((await consumer.run(process.execPath, '-e', script)).output);

    expect(loaded).to.have.lengthOf.above(10);
    expect(loaded.filter(file => !file.includes('/passport-kakao-business/dist/'))).to.deep.equal([]);
    expect(loaded.filter(file => file.includes('/emulator/'))).to.deep.equal([]);
  });
});

describe('the package in vitest', function () {
  this.timeout(120_000);

  it('loads, and asks an emulator', async () => {
    const consumer = await Consumer.create(['passport', 'vitest@3']);
    try {
      await consumer.write(
        'kakao.test.ts',
        `import { expect, test } from 'vitest';
        import { KakaoBusinessApiError, KakaoBusinessClient } from 'passport-kakao-business';
        import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
        test('a token that nobody issued', async () => {
          const kakao = await startKakaoBusinessEmulator();
          const client = new KakaoBusinessClient({ clientID: kakao.app.clientID, ...kakao.endpoints });
          const error = await client.tokenInfo('made-up').catch((reason: unknown) => reason);
          expect(error).toBeInstanceOf(KakaoBusinessApiError);
          expect(error).toMatchObject({ errorCode: '-401', needsConsent: true });
          await kakao.close();
        });`,
      );

      const { code, output } = await consumer.run('node_modules/.bin/vitest', 'run');

      expect(code, output).to.equal(0);
      expect(output).to.match(/1 passed/);
    } finally {
      await consumer.remove();
    }
  });
});

describe('the package in an empty folder', function () {
  this.timeout(120_000);

  it('brings as many packages and kilobytes as the README says', async () => {
    const consumer = await Consumer.create(['passport']);
    try {
      const { output } = await consumer.run('npm', 'ls', '--all', '--parseable', '--silent');
      const names = output
        .split('\n')
        .flatMap(line => line.split('/node_modules/').slice(1))
        .filter(name => !/^passport$|^pause$/.test(name));
      const types = names.filter(name => /^@types\/|^undici-types$/.test(name));
      const code = names.filter(name => !types.includes(name));
      const kilobytes = await Promise.all(
        code.map(name => sizeOf(join(consumer.folder, 'node_modules', name))),
      );
      const total = kilobytes.reduce((sum, each) => sum + each, 0);

      const readme = await readFile('README.md', 'utf8');
      const [, packages, saidKilobytes, saidTypes] =
        /brings (\d+) packages of code \(about ([\d,]+) KB[^)]*\) and (\d+) of types/.exec(readme) ?? [];
      expect({ packages: Number(packages), types: Number(saidTypes) }).to.deep.equal({
        packages: code.length,
        types: types.length,
      });
      expect(total).to.be.within(
        Number(saidKilobytes?.replace(',', '')) * 0.8,
        Number(saidKilobytes?.replace(',', '')) * 1.2,
      );
    } finally {
      await consumer.remove();
    }
  });

  async function sizeOf(folder: string): Promise<number> {
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      files.filter(file => file.isFile()).map(file => stat(join(file.parentPath, file.name))),
    );
    return sizes.reduce((sum, { size }) => sum + size, 0) / 1024;
  }
});
