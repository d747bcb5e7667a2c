import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable, type Writable } from 'node:stream';

/** The exit code and the output of a program. */
export interface Ended {
  /** Null when a signal killed the process. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The part of the process that main() of a program uses. */
export interface ProgramIO {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  once(signal: NodeJS.Signals, listener: () => void): void;
}

/** Runs main() of a program in this process. It receives the first signal only, and no signal can kill it. */
export function runHere(main: (io: ProgramIO) => Promise<number>): Program {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let send: (signal: NodeJS.Signals) => void = () => {};
  // A promise, so that a signal sent during the start is received after it.
  const sent = new Promise<NodeJS.Signals>(resolve => {
    send = resolve;
  });
  const receive = async (signal: NodeJS.Signals, listener: () => void): Promise<void> => {
    if ((await sent) === signal) listener();
  };
  const run = async (): Promise<number> => {
    const closed = Promise.all([once(stdout, 'close'), once(stderr, 'close')]);
    const onceSignal = (signal: NodeJS.Signals, listener: () => void): void => void receive(signal, listener);
    const code = await main({ stdin, stdout, stderr, once: onceSignal }).finally(() => {
      for (const stream of [stdout, stderr]) stream.end();
    });
    await closed;
    return code;
  };
  return new Program({ stdin, stdout, stderr, send }, run);
}

/** Runs a TypeScript file in a child process. */
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

/** A running command line program. */
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

  /** Waits until the output matches. @returns all of the output. */
  async prints(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.stdout)) {
      const ended = this.ended().then(({ stdout, stderr }) => {
        throw new Error(`The program ended before it printed ${pattern}: ${stdout}${stderr}`);
      });
      await Promise.race([once(this.#controls.stdout, 'data'), ended]);
    }
    return this.stdout;
  }

  /** The lines printed from now on, until the end. */
  lines(): AsyncIterable<string> {
    return createInterface(this.#controls.stdout);
  }

  /** Types a line, or ends the input. */
  type(line: string | undefined): void {
    if (line === undefined) this.#controls.stdin.end();
    else this.#controls.stdin.write(`${line}\n`);
  }

  /** Closes the reading end of the output. */
  stopReading(): void {
    this.#controls.stdout.destroy();
  }

  async ended(): Promise<Ended> {
    const code = await this.#code;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** Sends a signal, unless the program has ended. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    this.#controls.send(signal);
    return this.ended();
  }
}
