#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KakaoBusinessEmulator, startEmulator } from '../emulator.js';
import { type Command, readCommand, UsageError } from './arguments.js';
import { HELP, toJSONLine, toText } from './output.js';

/** The part of the process that the command uses. */
export interface CommandIO {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/**
 * The command `kakao-business-emulator`: runs until a signal ends it.
 *
 * @param args the command line, without the paths of Node and of this file.
 * @returns the exit code.
 */
export async function main(args: string[], io: CommandIO): Promise<number> {
  try {
    await run(readCommand(args), io);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`kakao-business-emulator: ${error.message}\n`);
    return 2;
  }
}

async function run(command: Command, io: CommandIO): Promise<void> {
  if (command.help) return print(HELP, io);
  if (command.version) return print(`${packageVersion()}\n`, io);

  const emulator = await start(command);
  const signal = nextSignal(io);
  print(command.json ? toJSONLine(emulator) : toText(emulator), io);
  // A signal is the usual way to stop, so the exit code is 0: `kill $!; wait $!` succeeds in a script.
  await signal;
  await emulator.close();
}

async function start(command: Command): Promise<KakaoBusinessEmulator> {
  try {
    return await startEmulator(command.options, command);
  } catch (error) {
    throw toUsageError(error, command);
  }
}

function toUsageError(error: unknown, { options, file }: Command): unknown {
  if (error instanceof TypeError && file !== undefined) {
    const message = error.message.replace('startKakaoBusinessEmulator: ', '');
    return new UsageError(`${file}: ${message.replace('startKakaoBusinessEmulator', 'the emulator')}`);
  }
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  return new UsageError(
    error.code === 'EADDRINUSE'
      ? `Port ${options.port} is in use; choose another one with --port`
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
  // Ignore EPIPE: the reader may end early, as `head` does.
  stdout.on('error', () => undefined).write(text);
}

// Tests call main() in their own process.
if (require.main === module) {
  main(process.argv.slice(2), process).then(code => {
    process.exitCode = code;
  });
}
