#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../emulator.js';
import { type Command, CommandMistake, readCommand } from './arguments.js';
import { helpText, toJSONLine, toText } from './output.js';

/** What the command uses of the process that it runs in. */
export interface CommandIO {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/**
 * The command `kakao-business-emulator`: runs until a signal ends it.
 *
 * @param args - the command line, without the paths of Node and of this file.
 * @returns the exit code.
 */
export async function main(args: string[], io: CommandIO): Promise<number> {
  try {
    await run(readCommand(args), io);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandMistake)) throw error;
    io.stderr.write(`kakao-business-emulator: ${error.message}\n`);
    return 2;
  }
}

async function run(command: Command, io: CommandIO): Promise<void> {
  if (command.help) return print(helpText, io);
  if (command.version) return print(`${packageVersion()}\n`, io);

  const kakao = await start(command);
  for (const app of kakao.apps) app.redirectURIs.push(...command.redirectURIs);
  const signal = nextSignal(io);
  print(command.json ? toJSONLine(kakao) : toText(kakao), io);
  // A signal is how it is meant to end, hence exit code 0: `kill $!; wait $!` in a script is no failure.
  await signal;
  await kakao.close();
}

async function start(command: Command): Promise<KakaoBusinessEmulator> {
  try {
    return await startKakaoBusinessEmulator(command.options);
  } catch (error) {
    throw toMistake(error, command);
  }
}

function toMistake(error: unknown, { options, file }: Command): unknown {
  if (error instanceof TypeError && file !== undefined) {
    const message = error.message.replace('startKakaoBusinessEmulator: ', '');
    return new CommandMistake(`${file}: ${message.replace('startKakaoBusinessEmulator', 'the emulator')}`);
  }
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  return new CommandMistake(
    error.code === 'EADDRINUSE'
      ? `Port ${options.port} is taken; choose another one with --port`
      : `Cannot start: ${error.message}`,
  );
}

function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(__dirname, '../../../package.json'), 'utf8'),
  );
  return version;
}

const nextSignal = (io: CommandIO): Promise<void> =>
  new Promise(resolve => {
    io.once('SIGINT', resolve);
    io.once('SIGTERM', resolve);
  });

function print(text: string, { stdout }: CommandIO): void {
  // A reader may go away, as `head` does: EPIPE is no reason to end.
  stdout.on('error', () => undefined).write(text);
}

// Tests call main() in their own process.
if (require.main === module) {
  main(process.argv.slice(2), process).then(code => {
    process.exitCode = code;
  });
}
