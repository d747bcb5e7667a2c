import { type ContenderName, OURS } from './contenders.js';
import type { Site } from './site.js';

/** One process that signs more and more users in. */
export interface Growth {
  name: ContenderName;
  /** How many other logins are pending in each session. */
  pending: number;
  /** Bytes of such a session, as it is stored. */
  sessionSize: number;
  steps: {
    /** Since the process started. */
    logins: number;
    /** Milliseconds for each login since the step before. */
    milliseconds: number;
    cpu: number;
    /** Bytes, after garbage was collected. */
    heap: number;
    rss: number;
  }[];
}

/** How many logins a session remembers, at the most. */
const MOST_PENDING = 8;

export async function measureGrowth(site: Site, totals: readonly number[]): Promise<Growth[]> {
  return [
    await grow(site, OURS, 0, totals),
    await grow(site, OURS, MOST_PENDING - 1, totals),
    await grow(site, 'passport-oauth2', 0, totals),
  ];
}

async function grow(
  site: Site,
  name: ContenderName,
  pending: number,
  totals: readonly number[],
): Promise<Growth> {
  const contender = await site.start(name, await site.hostsAt(0));
  const sessionSize = await contender.ask('sessionSize', pending + 1);
  const steps: Growth['steps'] = [];
  let before = 0;
  for (const logins of totals) {
    const more = logins - before;
    const { milliseconds, cpu } = await contender.ask('logins', { logins: more, atOnce: 8, pending });
    const memory = await contender.ask('memory');
    steps.push({ logins, milliseconds: milliseconds / more, cpu: cpu / more, ...memory });
    before = logins;
  }
  await contender.end();
  return { name, pending, sessionSize, steps };
}
