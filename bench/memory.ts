import type { Fixture } from './fixture.js';
import { Samples } from './statistics.js';
import { OURS } from './subjects.js';

/** @returns bytes of the heap of new processes after so many logins. */
export async function measureMemory(fixture: Fixture, totals: readonly number[]) {
  const memory = totals.map(logins => ({ logins, heap: new Samples() }));
  for (const name of [OURS, 'passport-oauth2'] as const) {
    const { worker } = await fixture.startWorker(name, fixture.near);
    let done = 0;
    for (const { logins, heap } of memory) {
      await worker.ask('logins', { logins: logins - done, atOnce: 8 });
      heap.add(name, await worker.ask('memory'));
      done = logins;
    }
  }
  return memory;
}
