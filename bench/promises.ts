import type { measureLogins } from './cpu.js';
import type { measureMemory } from './memory.js';
import type { Samples } from './statistics.js';
import { BASELINE, OURS } from './subjects.js';
import type { checkRelay, measureWaits } from './waits.js';

/** Everything that was measured. */
export interface Results {
  relay: Awaited<ReturnType<typeof checkRelay>>;
  waits: Awaited<ReturnType<typeof measureWaits>>;
  oneAtATime: Awaited<ReturnType<typeof measureLogins>>;
  manyAtOnce: Awaited<ReturnType<typeof measureLogins>>;
  redirects: Samples;
  memory: Awaited<ReturnType<typeof measureMemory>>;
  loading: Samples;
}

/** What is promised of a full run, and whether it is kept. */
export function judge({ waits, oneAtATime, manyAtOnce, memory, loading }: Results) {
  const many = `${manyAtOnce.atOnce} at once`;
  const heaps = memory.map(({ heap }) => heap.median(OURS) / 2 ** 20);
  const [least, most] = [memory.at(0)?.logins, memory.at(-1)?.logins];
  return [
    atMost(0.4, 'wait at the first login, beside the best peer', waits.first.ratioToBestPeer),
    atMost(0.7, 'wait after all connections were closed, beside the best peer', waits.closed.ratioToBestPeer),
    atMost(1.05, 'wait right after another login, beside the best peer', waits.warm.ratioToBestPeer),
    atMost(1.02, `wait right after another login, beside ${BASELINE}`, waits.warm.ratioTo(BASELINE)),
    atMost(1.7, `CPU of one login at a time, beside ${BASELINE}`, oneAtATime.cpu.ratioTo(BASELINE)),
    atMost(2.1, 'CPU of one login at a time, beside the best peer', oneAtATime.cpu.ratioToBestPeer),
    atMost(1.9, `CPU of ${many}, beside ${BASELINE}`, manyAtOnce.cpu.ratioTo(BASELINE)),
    atMost(2.5, `CPU of ${many}, beside the best peer`, manyAtOnce.cpu.ratioToBestPeer),
    atMost(1.5, 'CPU of `require`, beside passport-oauth2', loading.ratioTo('passport-oauth2')),
    atMost(
      3,
      `connections for ${oneAtATime.logins} logins, one at a time`,
      oneAtATime.connections.median(OURS),
    ),
    atMost(
      5,
      `heap (MB) after ${most} logins, above that after ${least}`,
      Math.max(...heaps) - (heaps[0] ?? Number.NaN),
    ),
  ];
}

function atMost(limit: number, promise: string, value: number) {
  const measured = Number(value.toFixed(3));
  return { promise, measured: String(measured), limit: `at most ${limit}`, met: measured <= limit };
}
