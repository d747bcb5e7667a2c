#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommandMistake, readCommand } from './cli-arguments.js';
import { helpText, toJSONLine, toText } from './cli-output.js';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from './emulator.js';

/** The command `kakao-business-emulator`: runs until a signal ends it. */
async function main(args: string[]): Promise<void> {
  const command = readCommand(args);
  if (command.help) return print(helpText);
  if (command.version) return print(`${packageVersion()}\n`);

  const kakao = await start(command);
  for (const app of kakao.apps) app.redirectURIs.push(...command.redirectURIs);
  // A signal is how it is meant to end, hence exit code 0: `kill $!; wait $!` in a script is no failure.
  process.once('SIGINT', kakao.close);
  process.once('SIGTERM', kakao.close);
  print(command.json ? toJSONLine(kakao) : toText(kakao));
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
    readFileSync(join(__dirname, '../../package.json'), 'utf8'),
  );
  return version;
}

function print(text: string): void {
  // A reader may go away, as `head` does: EPIPE is no reason to end.
  process.stdout.on('error', () => undefined).write(text);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof CommandMistake)) throw error;
  process.stderr.write(`kakao-business-emulator: ${error.message}\n`);
  process.exitCode = 2;
});
