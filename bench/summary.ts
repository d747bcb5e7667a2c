import { bestPeer, oneByOne, toBestPeer, waitsAt } from './comparison.js';
import { FLOOR, OURS } from './contenders.js';
import type { Measurements } from './measurements.js';
import type { Samples } from './statistics.js';
import { digits, times, toTable, whole } from './tables.js';

/** What a reader of the README wants to know. */
export function inFiveLines(measured: Measurements): string {
  const { roundTrip, kept, closed, warm } = waitsAt(measured, 20);
  const wait = (title: string, samples: Samples): string[] => {
    const best = bestPeer(samples);
    return [
      title,
      `${digits(samples.median(OURS))} ms`,
      `${digits(samples.median(best))} ms (${best})`,
      times(toBestPeer(samples, OURS)),
    ];
  };
  const { connections, cpu, logins } = oneByOne(measured);
  const leanest = bestPeer(cpu);
  return toTable(
    [`${roundTrip} ms from Kakao`, 'passport-kakao-business', 'best peer', ''],
    [
      wait('wait at the callback, the first login', kept),
      wait('the same, after Kakao closed all connections', closed),
      wait('the same, right after another login', warm),
      [
        'CPU per login',
        `${digits(cpu.median(OURS))} ms`,
        `${digits(cpu.median(leanest))} ms (${leanest}), ${digits(cpu.median(FLOOR))} ms (three bare node-fetch)`,
        times(cpu.ratio(OURS, leanest)),
      ],
      [
        `connections for ${whole(logins)} logins`,
        whole(connections.median(OURS)),
        whole(connections.median(leanest)),
        '',
      ],
    ],
  );
}
