import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Decision } from './case.js';

/** What a run asks a person to do. */
export interface Invitation {
  decision: Decision;
  address: URL;
}

/** `npm run contract` as a process of its own, with no terminal. */
export class ContractProcess {
  output = '';
  errors = '';
  /** The exit code. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(args: string[], env: NodeJS.ProcessEnv = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KAKAO_'));
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/contract/cli.ts', ...args], {
      cwd: path.join(__dirname, '../..'),
      env: { ...Object.fromEntries(inherited), ...env },
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    this.ended = new Promise(resolve => {
      child.once('close', resolve);
    });
    this.#child = child;
  }

  /** As they are printed, until the run ends. */
  async *invitations(): AsyncGenerator<Invitation> {
    let decision: Decision = 'agree';
    for await (const line of createInterface(this.#child.stdout)) {
      if (/\b(?:AGREE|CANCEL):$/.test(line)) decision = line.endsWith('AGREE:') ? 'agree' : 'cancel';
      const [, address] = /^ {2}(http\S+)$/.exec(line) ?? [];
      if (address !== undefined) yield { decision, address: new URL(address) };
    }
  }

  /** Types a line, or the end of the input. */
  type(line: string | undefined): void {
    if (line === undefined) this.#child.stdin.end();
    else this.#child.stdin.write(`${line}\n`);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
