import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { blocksOf, readPage } from '../docs/pages.js';
import { Browser } from '../support/browser.js';
import { packedTarball } from '../support/tarball.js';
import { NestExample } from './nest-example.js';

/** Prevents the questions of `nest new`; a later line of the recipe installs. */
const UNATTENDED = '--skip-git --skip-install --package-manager npm';

describe('A new Nest 11 project', function () {
  this.timeout(240_000);

  let folder: string;
  let app: NestExample;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nest-new-'));
    app = new NestExample(join(folder, 'my-app'));
  });
  after(async () => {
    await app.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('signs in and passes its test after the recipe in docs/recipes.md', async () => {
    const blocks = blocksOf(await readPage('docs/recipes.md'));
    const recipe = blocks.find(({ source }) => source.startsWith('npx @nestjs/cli'))?.source.trimEnd() ?? '';
    expect(recipe).to.match(/\nnpm start$/); // start() below runs it
    const script = recipe
      .replace(/\nnpm start$/, '')
      .replace(/^npx (.*)/, `npx --yes $1 ${UNATTENDED}`)
      .replace(/ passport-kakao-business$/m, ` ${await packedTarball()} --prefer-offline --no-audit`);
    await symlink(process.cwd(), join(folder, 'passport-kakao-business'));

    await promisify(execFile)('bash', ['-e', '-c', script], { cwd: folder });

    const browser = new Browser();
    const home = await browser.open(await app.start());
    const consent = await browser.click(home, '/auth/kakao-business');
    const { html } = await browser.submit(consent, '/emulator/consent', { decision: 'agree' });
    expect(JSON.parse(html)).to.include({ id: '9007199254740993', email: 'haneul.kim@example.com' });
    expect(await app.test()).to.have.property('code', 0);
  });
});
