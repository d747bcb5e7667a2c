import { spawnSync } from 'node:child_process';

/** Ends mocha with one line if a required program is missing. */
export function requireProgram(program: string, howToInstall: string): void {
  if (!spawnSync(program, ['--version']).error) return;
  process.stderr.write(`These tests need ${program}: ${howToInstall}\n`);
  process.exit(1);
}
