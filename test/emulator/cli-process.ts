import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How a command ended, and what it said. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line of the emulator, as a process. */
export class CommandProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly closed: Promise<unknown>;
  private stdout = '';
  private stderr = '';

  constructor(args: readonly string[]) {
    const command = join(__dirname, '../../lib/emulator/cli.ts');
    this.child = spawn(process.execPath, ['--import', 'tsx', command, ...args]);
    this.child.stdout.on('data', text => (this.stdout += text));
    this.child.stderr.on('data', text => (this.stderr += text));
    this.closed = once(this.child, 'close');
  }

  /** Waits for it to print a line. @returns all that it has printed. */
  async printed(): Promise<string> {
    while (!this.stdout.includes('\n')) {
      await Promise.race([once(this.child.stdout, 'data'), this.closed.then(() => this.refuseToWait())]);
    }
    return this.stdout;
  }

  /** Nobody reads what it prints from now on. */
  stopReading(): void {
    this.child.stdout.destroy();
  }

  async ended(): Promise<Ended> {
    await this.closed;
    const { stdout, stderr } = this;
    return { code: this.child.exitCode, stdout, stderr };
  }

  /** Sends a signal, unless it has ended by itself. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended();
  }

  private refuseToWait(): never {
    throw new Error(`The command ended: ${this.stdout}${this.stderr}`);
  }
}
