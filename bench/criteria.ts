import { drift, oneByOne, ownWork, toBestPeer, waitsAt } from './comparison.js';
import { FLOOR, OURS } from './contenders.js';
import type { Measurements } from './measurements.js';
import { megabytes } from './tables.js';

/** Something that was promised, and what came of it. */
export interface Criterion {
  promise: string;
  measured: string;
  limit: string;
  met: boolean;
}

const ROUND_TRIP = 20; // milliseconds
const FLAT = 5 * 2 ** 20;

/** What has to hold of a full run. */
export function judge(measured: Measurements): Criterion[] {
  const { roundTrip, kept, closed, warm } = waitsAt(measured, ROUND_TRIP);
  const { connections, requests, logins } = oneByOne(measured);
  const atMost = (promise: string, value: number, limit: number, show = ratio): Criterion => ({
    promise,
    measured: show(value),
    limit: `at most ${show(limit)}`,
    met: value <= limit,
  });
  const wait = `wait at the callback beside the best peer's, ${roundTrip} ms away`;
  return [
    atMost(`cold ${wait}, connections kept by the server`, toBestPeer(kept, OURS), 0.4),
    atMost(`cold ${wait}, every connection closed meanwhile`, toBestPeer(closed, OURS), 0.7),
    atMost(`warm ${wait}`, toBestPeer(warm, OURS), 1.03),
    atMost(
      `warm wait at the callback beside three bare node-fetch, ${roundTrip} ms away`,
      warm.median(OURS) / warm.median(FLOOR),
      1.02,
    ),
    atMost(
      `connections for ${logins.toLocaleString('en')} logins one after the other`,
      Math.max(...connections.of(OURS)),
      3,
      String,
    ),
    atMost('requests for a login', Math.max(...requests.of(OURS)), 3, String),
    atMost(
      "work of our own code in a login, beside the login's three requests by bare node-fetch",
      ownWork(measured),
      0.15,
      percent,
    ),
    {
      promise: "redirect steps per second of CPU beside passport-oauth2's",
      measured: ratio(measured.redirects.ratio(OURS, 'passport-oauth2')),
      limit: 'at least 1.000',
      met: measured.redirects.ratio(OURS, 'passport-oauth2') >= 1,
    },
    ...measured.growth
      .filter(({ name }) => name === OURS)
      .map(growth =>
        atMost(
          `MB between 100 and ${lastOf(growth.steps).logins.toLocaleString('en')} logins, ${growth.pending + 1} pending in a session`,
          drift(growth, 100),
          FLAT,
          megabytes,
        ),
      ),
  ];
}

const ratio = (value: number): string => value.toFixed(3);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function lastOf<Value>(values: readonly Value[]): Value {
  const last = values.at(-1);
  if (last === undefined) throw new Error('Nothing was measured');
  return last;
}
