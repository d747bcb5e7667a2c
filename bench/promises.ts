import type { measureLogins } from './cpu.js';
import type { measureMemory } from './memory.js';
import type { Samples } from './statistics.js';
import { BASELINE, OURS } from './subjects.js';
import type { checkRelay, measureWaits } from './waits.js';

/** All measurements. */
export interface Results {
  relay: Awaited<ReturnType<typeof checkRelay>>;
  waits: Awaited<ReturnType<typeof measureWaits>>;
  oneAtATime: Awaited<ReturnType<typeof measureLogins>>;
  manyAtOnce: Awaited<ReturnType<typeof measureLogins>>;
  redirects: Samples;
  memory: Awaited<ReturnType<typeof measureMemory>>;
  loading: Samples;
}

/** The promises for a full run, and whether they are kept. */
export function judge({ waits, oneAtATime, manyAtOnce, memory, loading }: Results) {
  const one = 'CPU, one login at a time';
  const many = `CPU, ${manyAtOnce.atOnce} logins at once`;
  const connections = Math.max(...oneAtATime.connections.of(OURS));
  const [heap = Number.NaN, ...later] = memory.map(step => step.heap.median(OURS) / 2 ** 20);
  return [
    atMost(0.4, 'wait, first login, relative to the best peer', waits.first.ratioToBestPeer),
    atMost(0.7, 'wait, connections closed, relative to the best peer', waits.closed.ratioToBestPeer),
    atMost(1.05, 'wait, after another login, relative to the best peer', waits.warm.ratioToBestPeer),
    atMost(1.02, `wait, after another login, relative to ${BASELINE}`, waits.warm.ratioTo(BASELINE)),
    atMost(1.7, `${one}, relative to ${BASELINE}`, oneAtATime.cpu.ratioTo(BASELINE)),
    atMost(2.1, `${one}, relative to the best peer`, oneAtATime.cpu.ratioToBestPeer),
    atMost(1.9, `${many}, relative to ${BASELINE}`, manyAtOnce.cpu.ratioTo(BASELINE)),
    atMost(2.5, `${many}, relative to the best peer`, manyAtOnce.cpu.ratioToBestPeer),
    // Kept by the bundle: as separate files, the same code is at 1.95.
    atMost(1.55, 'CPU of `require`, relative to passport-oauth2', loading.ratioTo('passport-oauth2')),
    atMost(3, `connections for ${oneAtATime.logins} logins, one at a time`, connections),
    atMost(5, `MB of heap added after ${memory[0]?.logins} logins`, Math.max(heap, ...later) - heap),
  ];
}

function atMost(limit: number, promise: string, value: number) {
  const measured = Number(value.toFixed(3));
  return { promise, measured: String(measured), limit: `at most ${limit}`, met: measured <= limit };
}
