import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { packedTarball } from '../support/tarball.js';

const run = promisify(execFile);

/** An app of examples/, copied to a temporary folder and installed there with the packed tarball. */
export class Example {
  /** Its origin, once it has started. */
  origin = '';
  /** Its whole output. */
  output = '';
  private readonly folder: string;
  private readonly startCommand: string;
  private child: ChildProcess | undefined;

  private constructor(folder: string, startCommand: string) {
    this.folder = folder;
    this.startCommand = startCommand;
  }

  /** Installs the examples in parallel. */
  static async installAll(names: readonly string[]): Promise<Map<string, Example>> {
    const tarball = `file:${await packedTarball()}`;
    const installing = names.map(async (name): Promise<[string, Example]> => {
      return [name, await Example.install(name, tarball)];
    });
    return new Map(await Promise.all(installing));
  }

  private static async install(name: string, tarball: string): Promise<Example> {
    const folder = await temporaryFolder();
    await cp(join('examples', name), folder, { recursive: true, filter: file => !isInstalled(file) });

    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    manifest.dependencies['passport-kakao-business'] = tarball;
    delete manifest.scripts.preinstall; // builds this repository's package, which the tarball replaces
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));

    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
    return new Example(folder, manifest.scripts.start);
  }

  /** Runs its start script with the emulator, and waits until it prints its address. */
  async start(): Promise<void> {
    const PORT = String(await freePort());
    const [command = '', ...args] = this.startCommand.split(' ');
    const env = { ...process.env, PORT, KAKAO_REST_API_KEY: '' };
    const child = spawn(command, args, { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.output = '';

    const expected = `http://localhost:${PORT}`;
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject).on('close', () => reject(new Error(`The example ended: ${this.output}`)));
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', text => {
          this.output += text;
          if (this.output.includes(expected)) resolve();
        });
      }
    });
    this.origin = expected;
  }

  /** Replaces a text in its app.js. */
  async edit(from: string, to: string): Promise<void> {
    const file = join(this.folder, 'app.js');
    const text = await readFile(file, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    await writeFile(file, text.replace(from, to));
  }

  /** Sends SIGTERM. @returns the signal that ended it, or its exit code. */
  async stop(): Promise<NodeJS.Signals | number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const [code, signal] = await closed;
    return signal ?? code;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const temporaryFolder = () => mkdtemp(join(tmpdir(), 'passport-kakao-business-'));

const isInstalled = (file: string): boolean =>
  ['node_modules', 'dist', 'package-lock.json'].includes(basename(file));

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
