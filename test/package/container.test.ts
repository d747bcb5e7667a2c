import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { blocksOf, readPage } from '../docs/pages.js';
import { freePort } from '../support/server.js';
import { packedTarball } from '../support/tarball.js';

// Root can start processes of other users; anybody else is not root already.
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

describe('The Containerfile of the emulator, run line by line without root', function () {
  this.timeout(120_000);

  let folder: string;
  let port: number;
  let instructions: Map<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passport-kakao-business-container-'));
    const tarball = join(folder, basename(await packedTarball()));
    await copyFile(await packedTarball(), tarball);
    const modules = join(folder, 'node_modules'); // so that npm does not look for a project in the folders above
    await mkdir(modules);
    if (NOBODY) for (const path of [folder, tarball, modules]) await chown(path, NOBODY.uid, NOBODY.gid);
    port = await freePort();
    const [block] = blocksOf(await readPage('docs/emulator.md')).filter(
      ({ language }) => language === 'dockerfile',
    );
    const lines = (block?.source ?? '').trimEnd().split('\n');
    instructions = new Map(lines.map(line => [line.replace(/ .*/, ''), line.replace(/^\w+ /, '')]));
    expect([...instructions.keys()]).to.deep.equal(['FROM', 'USER', 'WORKDIR', 'RUN', 'HEALTHCHECK', 'CMD']);
    const { code, output } = await run('RUN', text => text.replace('passport-kakao-business', tarball)).ended;
    expect(code, output).to.equal(0);
  });
  after(() => rm(folder, { recursive: true }));

  /** Starts the command of an instruction: a JSON array as it is, like a container, anything else in a shell. */
  function run(name: string, change = (text: string): string => text) {
    const text = change((instructions.get(name) ?? '').replace(/^CMD /, ''));
    const [file = '', ...args]: string[] = text.startsWith('[') ? JSON.parse(text) : ['/bin/sh', '-c', text];
    const others = Object.entries(process.env).filter(([variable]) => !/^npm_/i.test(variable));
    const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
    const env = { ...Object.fromEntries(others), HOME: folder, npm_config_registry: registry };
    const child = spawn(file, args, { cwd: folder, env, ...NOBODY });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
    const ended = once(child, 'close').then(([code]) => ({ code, output }));
    return { child, ended };
  }

  const checkHealth = () => run('HEALTHCHECK', text => text.replace('5252', `${port}`)).ended;

  it('is healthy while it runs, and ends at SIGTERM', async () => {
    expect(instructions.get('USER')).to.equal('node');
    expect((await checkHealth()).code).to.equal(1);

    const { child, ended } = run('CMD', text => text.replace(']', `, "--port", "${port}"]`));
    let health = await checkHealth();
    for (let tries = 0; health.code !== 0 && tries < 50; tries += 1) {
      await wait(100);
      health = await checkHealth();
    }
    child.kill('SIGTERM');

    expect(health).to.deep.equal({ code: 0, output: '' });
    expect((await ended).code).to.equal(0);
    expect((await checkHealth()).code).to.equal(1);
  });
});
