import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** The commands of a process. Arguments and results are sent as JSON. */
type Commands = Record<string, (argument: never) => unknown>;

/** A process that runs one command at a time; see {@link serve}. */
export class Subprocess<Served extends Commands> {
  private readonly child: ChildProcess;

  constructor(file: string, options: { execArgv?: string[]; env?: NodeJS.ProcessEnv } = {}) {
    this.child = fork(file, { execArgv: [], ...options });
    // The child process has printed the error. End the run.
    this.child.on('exit', code => {
      if (code !== 0) throw new Error(`${file} failed`);
    });
  }

  async ask<Name extends keyof Served & string>(
    name: Name,
    ...[argument]: Parameters<Served[Name]>
  ): Promise<Awaited<ReturnType<Served[Name]>>> {
    this.child.send({ name, argument });
    const [{ answer }] = await once(this.child, 'message');
    return answer;
  }
}

/** Runs the commands of the parent process until it disconnects. */
export function serve<Served extends Commands>(commands: Served): Served {
  process.on('message', async ({ name, argument }: { name: string; argument: never }) => {
    process.send?.({ answer: await commands[name]?.(argument) });
  });
  process.on('disconnect', () => process.exit());
  return commands;
}
