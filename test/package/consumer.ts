import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { packedTarball } from '../support/tarball.js';

const run = promisify(execFile);

/** The result of a command. */
export interface Finished {
  code: number | null;
  output: string;
}

/** The packages that an Express app in TypeScript installs besides this one. */
export const EXPRESS_APP = [
  'passport',
  'express',
  'express-session',
  'typescript',
  '@types/express',
  '@types/express-session',
  '@types/node@20',
];

/** A temporary folder with the packed tarball installed, like a user's app. */
export class Consumer {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Installs the tarball, and other packages from the registry or npm's cache. */
  static async create(packages: readonly string[]): Promise<Consumer> {
    const folder = await mkdtemp(join(tmpdir(), 'passport-kakao-business-'));
    const npm = (...args: string[]) => run('npm', args, { cwd: folder });
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    await npm('install', '--prefer-offline', '--no-audit', '--no-fund', await packedTarball(), ...packages);
    return new Consumer(folder);
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, name), text);
  }

  /** Runs a command and waits until it exits. */
  run(command: string, ...args: string[]): Promise<Finished> {
    return new Promise((resolve, reject) => {
      const env = { ...process.env, KAKAO_REST_API_KEY: 'rest-api-key' };
      const child = spawn(command, args, { cwd: this.folder, env, timeout: 300_000 });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (output += text));
      child.on('error', reject).on('close', code => resolve({ code, output }));
    });
  }

  /** Starts an app of this folder, uses the address that it prints, and stops it. */
  async serve<Result>(file: string, use: (url: string) => Promise<Result>): Promise<Result> {
    const { result } = await serve(this.folder, [process.execPath, file], use);
    return result;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** Starts an app with a command, uses the address that it prints, and stops it. */
export async function serve<Result>(
  folder: string,
  [file = '', ...args]: readonly string[],
  use: (url: string) => Promise<Result>,
): Promise<{ result: Result; stderr: string }> {
  const child = spawn(file, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let stderr = '';
  child.stderr.on('data', text => (stderr += text));
  try {
    const result = await use(await addressPrintedBy(child));
    child.kill();
    await closed;
    return { result, stderr };
  } finally {
    child.kill();
  }
}

const addressPrintedBy = ({
  stdout,
  stderr,
}: ChildProcessByStdio<null, Readable, Readable>): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [stdout, stderr]) {
      stream.on('data', text => {
        output += text;
        const [address] = /http:\/\/[\w.]+:\d+/.exec(output) ?? [];
        if (address) resolve(address);
      });
    }
    stdout.on('close', () => reject(new Error(`The app ended: ${output}`)));
  });
