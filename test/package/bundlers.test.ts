import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readPage } from '../docs/pages.js';
import { packedTarball } from '../support/tarball.js';
import { Consumer } from './consumer.js';
import { loginApp, signIn } from './login-app.js';

/** The oldest versions that package.json allows, and the newest of the later lines. */
const NODES = ['20.19.0', '22.14.0', '24', '26'];

const BUNDLERS = ['esbuild', 'webpack@5', '@vercel/ncc'];
const YARN = '@yarnpkg/cli-dist@4';

const WEBPACK = `
const [output, externals] = process.argv.slice(2);
const config = {
  mode: 'production',
  target: 'node',
  entry: './app.mjs',
  externals: JSON.parse(externals),
  output: { path: output, filename: 'app.js' },
  optimization: { minimize: false, nodeEnv: false }, // for speed; and express-session warns in production
};
require('webpack')(config, (error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString('errors-only'));
});
`;

/** Express requires this in an ES module bundle. */
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** The deprecation codes that an app prints, by version of Node. */
const nothing = (): string[] => [];
// Later versions of Node 22 print it too.
const punycode = (version: number): string[] => (version >= 24 ? ['DEP0040'] : []);

describe('An app with the package', function () {
  this.timeout(180_000);

  let consumer: Consumer;
  /** A folder outside the consumer's, without node_modules. */
  let elsewhere: string;

  before(async () => {
    const binary = `node-${process.platform}-${process.arch}`;
    const nodes = NODES.map(version => `${folderOf(version)}@npm:${binary}@${version}`);
    consumer = await Consumer.create(['passport', 'express', 'express-session', YARN, ...BUNDLERS, ...nodes]);
    elsewhere = await mkdtemp(join(tmpdir(), 'passport-kakao-business-bundles-'));
    await consumer.write('app.mjs', loginApp.module);
    await consumer.write('app.cjs', loginApp.commonJS);
    await consumer.write('webpack.cjs', WEBPACK);
  });
  after(async () => {
    await rm(elsewhere, { recursive: true, force: true });
    await consumer.remove();
  });

  it('is tested on the oldest versions of Node that package.json allows', async () => {
    const { engines } = JSON.parse(await readFile('package.json', 'utf8'));

    expect(engines.node.match(/\d+\.\d+\.\d+/g)).to.deep.equal(NODES.slice(0, 2));
  });

  describe('in node_modules', () => {
    for (const file of ['app.cjs', 'app.mjs']) {
      signsIn(file, () => [consumer.folder, file], nothing);
    }
  });

  const esbuild = (...args: string[]) =>
    build(
      'node_modules/.bin/esbuild',
      'app.mjs',
      '--bundle',
      '--platform=node',
      '--log-level=error',
      ...args,
    );

  describe('bundled without node_modules by', () => {
    const bundles = [
      {
        bundler: 'esbuild, as minified CommonJS',
        file: 'esbuild/app.cjs',
        bundle: (file: string) => esbuild('--format=cjs', '--minify', `--outfile=${file}`),
      },
      {
        bundler: 'esbuild, as an ES module',
        file: 'esbuild/app.mjs',
        bundle: (file: string) => esbuild('--format=esm', `--banner:js=${REQUIRE}`, `--outfile=${file}`),
      },
      {
        bundler: 'webpack',
        file: 'webpack/app.js',
        bundle: (file: string) => build(process.execPath, 'webpack.cjs', join(file, '..'), '{}'),
      },
      {
        bundler: 'ncc',
        file: 'ncc/index.cjs',
        bundle: (file: string) =>
          build('node_modules/.bin/ncc', 'build', 'app.cjs', '--quiet', '--out', join(file, '..')),
      },
    ];

    for (const { bundler, file, bundle } of bundles) {
      describe(bundler, () => {
        before(() => bundle(join(elsewhere, file)));

        signsIn(file, () => [elsewhere, file], documentedWarnings);
      });
    }
  });

  describe('bundled with external node-fetch by', () => {
    const bundles = [
      {
        bundler: 'esbuild',
        file: 'bundle/esbuild/app.cjs',
        bundle: (file: string) => esbuild('--format=cjs', '--external:node-fetch', `--outfile=${file}`),
      },
      {
        bundler: 'webpack',
        file: 'bundle/webpack/app.js',
        bundle: (file: string) =>
          build(process.execPath, 'webpack.cjs', join(file, '..'), '{"node-fetch":"commonjs node-fetch"}'),
      },
    ];

    for (const { bundler, file, bundle } of bundles) {
      describe(bundler, () => {
        before(() => bundle(join(consumer.folder, file)));

        signsIn(file, () => [consumer.folder, file], nothing);
      });
    }
  });

  describe("with yarn's Plug'n'Play", () => {
    const yarn = () => join(consumer.folder, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
    let folder: string;

    before(async () => {
      folder = join(elsewhere, 'yarn');
      await mkdir(folder);
      await cp(await packedTarball(), join(folder, 'package.tgz'));
      const dependencies = {
        'passport-kakao-business': 'file:./package.tgz',
        passport: '*',
        express: '*',
        'express-session': '*',
      };
      await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
      await writeFile(join(folder, 'yarn.lock'), ''); // makes it a separate project
      // With CI set, yarn would not create a lockfile.
      await writeFile(
        join(folder, '.yarnrc.yml'),
        'enableImmutableInstalls: false\nenableTelemetry: false\n',
      );
      await writeFile(join(folder, 'app.cjs'), loginApp.commonJS);
      await build(process.execPath, yarn(), '--cwd', folder, 'install');
    });

    signsIn('app.cjs', () => [folder, yarn(), 'node', 'app.cjs'], punycode);
  });

  /** Tests an app on every version of Node; `toPrint` returns the deprecation codes that a version prints. */
  function signsIn(
    file: string,
    toStart: () => readonly [folder: string, ...args: string[]],
    toPrint: (version: number) => string[] | Promise<string[]>,
  ): void {
    for (const version of NODES) {
      it(`signs in a user on Node ${version}: ${file}`, async () => {
        const [folder, ...args] = toStart();
        const node = join(consumer.folder, 'node_modules', folderOf(version), 'bin/node');

        const stderr = await signIn(folder, node, ...args);

        expect(printedIn(stderr)).to.deep.equal(await toPrint(Number.parseInt(version, 10)));
      });
    }
  }

  async function build(command: string, ...args: string[]): Promise<void> {
    const { code, output } = await consumer.run(command, ...args);
    expect(code, output).to.equal(0);
  }
});

const folderOf = (version: string): string => `node-${version}`;

/** The warnings of bundles, as documented. */
async function documentedWarnings(version: number): Promise<string[]> {
  const page = await readPage('docs/options.md');
  const warnings = [...page.matchAll(/`(DEP\d+)` \(`[\w.]+`\) from Node (\d+) on/g)];
  expect(warnings).to.have.lengthOf(2);
  return warnings.filter(([, , first]) => version >= Number(first)).map(([, code = '']) => code);
}

/** The sorted deprecation codes, and any other line unchanged. */
const printedIn = (stderr: string): string[] =>
  stderr
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('(Use `node --trace-deprecation'))
    .map(line => /^\(node:\d+\) \[(DEP\d+)\] DeprecationWarning: /.exec(line)?.[1] ?? line)
    .sort();
