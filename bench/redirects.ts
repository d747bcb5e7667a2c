import { strategyNames } from './contenders.js';
import type { Crew } from './crew.js';
import type { Plan } from './plan.js';
import { Samples } from './statistics.js';

/** @returns redirect steps per second of CPU, each in a new session. By the clock, a busy machine would be measured. */
export async function measureRedirects(crew: Crew, { count, rounds }: Plan['redirects']): Promise<Samples> {
  const perSecond = new Samples();
  for (let round = -1; round < rounds; round++) {
    for (const { name, process } of crew.inTurn(Math.max(round, 0), strategyNames)) {
      const { cpu } = await process.ask('redirects', count);
      if (round >= 0) perSecond.add(name, (count / cpu) * 1000); // the first ones are for the compiler
    }
  }
  return perSecond;
}
