import { ALONE, FLOOR } from './contenders.js';
import type { Crew, Member } from './crew.js';
import type { Plan } from './plan.js';
import type { Site } from './site.js';
import { Samples } from './statistics.js';

/**
 * The work of our own code in a login, by a fetch that answers at once, and of the bare calls that a login consists of, in
 * turns.
 *
 * @returns milliseconds of CPU.
 */
export async function measureOwnWork(
  site: Site,
  crew: Crew,
  { logins, rounds }: Plan['ownWork'],
): Promise<Samples> {
  const hosts = await site.hostsAt(0);
  await crew.goTo(hosts);
  const alone: Member = { name: ALONE, process: await site.start(ALONE, hosts) };
  const cpu = new Samples();
  for (let round = -1; round < rounds; round++) {
    for (const { name, process } of [alone, ...crew.inTurn(0, [FLOOR])]) {
      const cost = await process.ask('logins', { logins, atOnce: 1 });
      if (round >= 0) cpu.add(name, cost.cpu / logins); // the first ones are for the compiler
    }
  }
  await alone.process.end();
  return cpu;
}
