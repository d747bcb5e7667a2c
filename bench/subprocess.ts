import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a process can be asked, by name; arguments and answers travel as JSON. */
type Commands = Record<string, (argument: never) => unknown>;

/** A process that answers one command after the other; see {@link serve}. */
export class Subprocess<Served extends Commands> {
  private readonly child: ChildProcess;
  private readonly ended: Promise<never>;

  constructor(
    file: string,
    { env = {}, flags = [] }: { env?: Record<string, string>; flags?: string[] } = {},
  ) {
    this.child = fork(file, { execArgv: flags, env: { ...process.env, ...env } });
    this.ended = once(this.child, 'exit').then(([code]) => {
      throw new Error(`${file} ended with ${code}`);
    });
    this.ended.catch(() => {}); // heard of by whoever asks it something
  }

  /** Asks, and waits for the answer: one question at a time. */
  async ask<Name extends keyof Served & string>(
    name: Name,
    ...[argument]: Parameters<Served[Name]>
  ): Promise<Awaited<ReturnType<Served[Name]>>> {
    const answered = once(this.child, 'message');
    this.child.send({ name, argument });
    const [{ answer, error }] = await Promise.race([answered, this.ended]);
    if (error !== undefined) throw new Error(`${name}: ${error}`);
    return answer;
  }

  async end(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}

/** Answers the commands of the process that started this one, until that one has had enough. */
export function serve<Served extends Commands>(commands: Served): Served {
  const answers = new Map<unknown, (argument: never) => unknown>(Object.entries(commands));
  process.on('message', async ({ name, argument }: { name: string; argument: never }) => {
    try {
      process.send?.({ answer: await answers.get(name)?.(argument) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  return commands;
}
