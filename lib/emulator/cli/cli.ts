#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KakaoBusinessEmulator, startEmulator } from '../emulator.js';
import { type KakaoBusinessEmulatorOptions, toSettings } from '../options.js';
import { type Command, readCommand, UsageError } from './arguments.js';
import { type MadeCertificate, makeCertificate } from './certificate.js';
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

  const signal = nextSignal(io);
  const { emulator, made } = await start(command);
  const certificate = made?.file ?? command.certificate;
  print(command.json ? toJSONLine(emulator, certificate) : toText(emulator, certificate), io);
  // A signal is the usual way to stop, so the exit code is 0: `kill $!; wait $!` succeeds in a script.
  await signal;
  await emulator.close();
  made?.remove();
}

interface Started {
  emulator: KakaoBusinessEmulator;
  made: MadeCertificate | undefined;
}

async function start(command: Command): Promise<Started> {
  const { options, makesCertificate, file } = command;
  let made: MadeCertificate | undefined;
  try {
    const { host, allowedHosts } = toSettings(options);
    if (makesCertificate) made = await makeCertificate(['localhost', '127.0.0.1', host, ...allowedHosts]);
    const emulator = await startEmulator({ ...options, https: made?.https ?? options.https }, command);
    return { emulator, made };
  } catch (error) {
    made?.remove();
    throw toUsageError(error, options, file);
  }
}

function toUsageError(error: unknown, options: KakaoBusinessEmulatorOptions, file?: string): unknown {
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
