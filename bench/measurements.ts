import { Crew } from './crew.js';
import { type Growth, measureGrowth } from './growth.js';
import { type Loads, measureLoads } from './load.js';
import { measureOwnWork } from './own-work.js';
import type { Plan } from './plan.js';
import { measureRedirects } from './redirects.js';
import { checkRelay, type RelayCheck } from './relay-check.js';
import type { Site } from './site.js';
import type { Samples } from './statistics.js';
import { measureThroughput, type Throughput } from './throughput.js';
import { measureWaits, type Waits } from './waits.js';

/** Everything that is measured. */
export interface Measurements {
  relay: RelayCheck[];
  waits: Waits[];
  throughput: Throughput[];
  redirects: Samples;
  ownWork: Samples;
  growth: Growth[];
  loads: Loads;
}

/** Measures one thing after the other, so that none is in another's way. */
export async function measure(site: Site, plan: Plan, tell: (what: string) => void): Promise<Measurements> {
  tell('loading');
  const loads = await measureLoads(site.folder, plan.loads);

  tell('the relay');
  const relay: RelayCheck[] = [];
  for (const { roundTrip } of plan.waits) if (roundTrip > 0) relay.push(await checkRelay(site, roundTrip));

  const crew = await Crew.gather(site, plan.warmUp);
  const waits: Waits[] = [];
  for (const wait of plan.waits) {
    tell(`waits, ${wait.roundTrip} ms away`);
    waits.push(await measureWaits(site, crew, wait));
  }
  const throughput: Throughput[] = [];
  for (const run of plan.throughput) {
    tell(`${run.logins} logins, ${run.atOnce} at once`);
    throughput.push(await measureThroughput(site, crew, run));
  }
  tell('redirects');
  const redirects = await measureRedirects(crew, plan.redirects);
  tell('own work');
  const ownWork = await measureOwnWork(site, crew, plan.ownWork);
  await crew.end();

  tell('growth');
  const growth = await measureGrowth(site, plan.growth);
  return { relay, waits, throughput, redirects, ownWork, growth, loads };
}
