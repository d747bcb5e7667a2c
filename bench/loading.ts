import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Fixture } from './fixture.js';
import { Samples } from './statistics.js';
import { OURS } from './subjects.js';

/** @returns milliseconds of CPU for `require` in new processes. Wall time varies several times as much. */
export async function measureLoading({ folder }: Fixture, rounds: number): Promise<Samples> {
  const samples = new Samples();
  for (let round = 0; round < rounds; round++) {
    for (const name of [OURS, 'passport-oauth2'] as const) {
      const script = `const before = process.cpuUsage();
        require('${name}');
        const { user, system } = process.cpuUsage(before);
        console.log((user + system) / 1000);`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script], { cwd: folder });
      samples.add(name, Number(stdout));
    }
  }
  return samples;
}
