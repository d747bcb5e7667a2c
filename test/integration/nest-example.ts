import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../support/server.js';
import { packedTarball } from '../support/tarball.js';

const run = promisify(execFile);

// Without Kakao keys of the environment: the example must start its emulator.
const { KAKAO_REST_API_KEY: _key, KAKAO_CLIENT_SECRET: _secret, ...env } = process.env;

/** An example in a temporary folder, with the packed tarball in place of the repository. */
export class NestExample {
  private readonly folder: string;
  private stop: () => Promise<void> = async () => {};

  /** @param folder the folder with the installed example. */
  constructor(folder: string) {
    this.folder = folder;
  }

  static async install(name: string): Promise<NestExample> {
    const folder = await mkdtemp(join(tmpdir(), `${name}-`));
    const isSource = (path: string) => !/[\\/](?:node_modules|dist|package-lock\.json)$/.test(path);
    await cp(join('examples', name), folder, { recursive: true, filter: isSource });
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    delete manifest.scripts.preinstall; // builds this repository, which the tarball replaces
    manifest.dependencies['passport-kakao-business'] = `file:${await packedTarball()}`;
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));

    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder, env });
    return new NestExample(folder);
  }

  /** Runs `npm start`, and returns the address that it prints. */
  async start(): Promise<string> {
    const port = await freePort();
    const child = spawn('npm', ['start'], {
      cwd: this.folder,
      env: { ...env, PORT: `${port}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // its own process group, because npm has child processes
    });
    const closed = once(child, 'close');
    this.stop = async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
      await closed;
    };
    let output = '';
    return new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', text => {
          output += text;
          const [, address] = /^(http:\/\/localhost:\d+)$/m.exec(output) ?? [];
          if (address) resolve(address);
        });
      }
      closed.then(() => reject(new Error(`The example ended: ${output}`)), reject);
    });
  }

  /** Runs `npm test`. */
  async test(): Promise<{ code: number; output: string }> {
    return this.finish('npm', ['test']);
  }

  /** The errors of the example's own compiler in these files, as `file.ts TS2345`. */
  async compile(sources: Record<string, string>): Promise<string[]> {
    const types = join(this.folder, 'types');
    await mkdir(types);
    for (const [name, source] of Object.entries(sources)) await writeFile(join(types, name), source);
    const options = { noEmit: true, rootDir: '.' };
    const tsconfig = { extends: '../tsconfig.json', compilerOptions: options, include: ['.'] };
    await writeFile(join(types, 'tsconfig.json'), JSON.stringify(tsconfig));

    const { output } = await this.finish('node_modules/.bin/tsc', [
      '--project',
      'types',
      '--pretty',
      'false',
    ]);
    return [...output.matchAll(/([\w-]+\.ts)\(\d+,\d+\): error (TS\d+)/g)].map(
      ([, file, code]) => `${file} ${code}`,
    );
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async finish(command: string, args: string[]): Promise<{ code: number; output: string }> {
    const child = spawn(command, args, { cwd: this.folder, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (output += text));
    const [code] = await once(child, 'close');
    return { code, output };
  }
}
