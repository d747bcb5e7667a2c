import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable, type Writable } from 'node:stream';

/** How a program ended, and all that it printed. */
export interface Ended {
  /** Null when a signal killed the process. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What main() of a program uses of its process. */
export interface ProgramIO {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  once(signal: NodeJS.Signals, listener: () => void): void;
}

/** Runs main() of a program in this process. It hears the first signal only, and no signal can kill it. */
export function runHere(main: (io: ProgramIO) => Promise<number>): Program {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let send: (signal: NodeJS.Signals) => void = () => {};
  // A promise, so that a signal that is sent while the program starts is heard once it has started.
  const sent = new Promise<NodeJS.Signals>(resolve => {
    send = resolve;
  });
  const hear = async (signal: NodeJS.Signals, listener: () => void): Promise<void> => {
    if ((await sent) === signal) listener();
  };
  const run = async (): Promise<number> => {
    const closed = Promise.all([once(stdout, 'close'), once(stderr, 'close')]);
    const onceSignal = (signal: NodeJS.Signals, listener: () => void): void => void hear(signal, listener);
    const code = await main({ stdin, stdout, stderr, once: onceSignal }).finally(() => {
      for (const stream of [stdout, stderr]) stream.end();
    });
    await closed;
    return code;
  };
  return new Program({ stdin, stdout, stderr, send }, run);
}

/** Runs a TypeScript file in a process of its own. */
export function runProcess(
  file: string,
  { args = [], env = process.env }: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: path.join(__dirname, '../..'),
    env,
  });
  const { stdin, stdout, stderr } = child;
  return new Program({ stdin, stdout, stderr, send: signal => child.kill(signal) }, async () => {
    await once(child, 'close');
    return child.exitCode;
  });
}

interface Controls {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  send(signal: NodeJS.Signals): void;
}

/** A command line program that was started. */
export class Program {
  stdout = '';
  stderr = '';
  readonly #controls: Controls;
  readonly #code: Promise<number | null>;

  constructor(controls: Controls, run: () => Promise<number | null>) {
    this.#controls = controls;
    controls.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    controls.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.#code = run();
  }

  /** Waits until what it has printed matches. @returns all that it has printed. */
  async prints(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.stdout)) {
      const ended = this.ended().then(({ stdout, stderr }) => {
        throw new Error(`It ended before it printed ${pattern}: ${stdout}${stderr}`);
      });
      await Promise.race([once(this.#controls.stdout, 'data'), ended]);
    }
    return this.stdout;
  }

  /** The lines that it prints from now on, until it ends. */
  lines(): AsyncIterable<string> {
    return createInterface(this.#controls.stdout);
  }

  /** Types a line, or ends the input. */
  type(line: string | undefined): void {
    if (line === undefined) this.#controls.stdin.end();
    else this.#controls.stdin.write(`${line}\n`);
  }

  /** Nobody reads what it prints from now on. */
  stopReading(): void {
    this.#controls.stdout.destroy();
  }

  async ended(): Promise<Ended> {
    const code = await this.#code;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** Sends a signal, unless it has ended by itself. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    this.#controls.send(signal);
    return this.ended();
  }
}
