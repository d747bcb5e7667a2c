/**
 * `npm run bench` compares the cost of a login with other strategies. It writes RESULTS.md, and exits with 1 when a
 * promise is not kept. `npm run bench -- --quick` only checks that everything works, and writes no file.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureLogins, measureRedirects } from './cpu.js';
import { type Fixture, openFixture } from './fixture.js';
import { measureLoading } from './loading.js';
import { measureMemory } from './memory.js';
import { judge, type Results } from './promises.js';
import { toReport } from './report.js';
import { checkRelay, measureWaits } from './waits.js';

/** Takes four minutes. */
const FULL = {
  warmUp: { logins: 2000, atOnce: 1 },
  relayTolerance: 1.2,
  waits: { coldRounds: 15, warmRounds: 101 },
  oneAtATime: { rounds: 7, logins: 1000, atOnce: 1 },
  manyAtOnce: { rounds: 7, logins: 1000, atOnce: 32 },
  redirects: { rounds: 9, count: 10_000 },
  memory: [100, 1000, 10_000],
  loading: 41,
};

/** Only checks that everything works; the numbers are meaningless. */
const QUICK: typeof FULL = {
  warmUp: { logins: 5, atOnce: 1 },
  relayTolerance: 10,
  waits: { coldRounds: 1, warmRounds: 3 },
  oneAtATime: { rounds: 1, logins: 100, atOnce: 1 },
  manyAtOnce: { rounds: 1, logins: 100, atOnce: 8 },
  redirects: { rounds: 1, count: 200 },
  memory: [10, 100, 200],
  loading: 3,
};

async function main(isQuick: boolean): Promise<void> {
  const plan = isQuick ? QUICK : FULL;
  const fixture = await openFixture();
  await Promise.all(fixture.workers.map(({ worker }) => worker.ask('logins', plan.warmUp)));
  const results = await measure(fixture, plan);
  const verdicts = judge(results);
  const report = await toReport(results, verdicts);
  process.stdout.write(report);
  if (!isQuick) await writeFile(join(__dirname, 'RESULTS.md'), report);
  process.exit(isQuick || verdicts.every(({ met }) => met) ? 0 : 1); // ends the child processes too
}

/** Runs the measurements one after the other, so that none slows down another. */
const measure = async (fixture: Fixture, plan: typeof FULL): Promise<Results> => ({
  relay: await done('relay', checkRelay(fixture, plan.relayTolerance)),
  loading: await done('loading', measureLoading(fixture, plan.loading)),
  waits: await done('waits', measureWaits(fixture, plan.waits)),
  oneAtATime: await done('logins, one at a time', measureLogins(fixture, plan.oneAtATime)),
  manyAtOnce: await done('logins, many at once', measureLogins(fixture, plan.manyAtOnce)),
  redirects: await done('redirects', measureRedirects(fixture, plan.redirects)),
  memory: await done('memory', measureMemory(fixture, plan.memory)),
});

async function done<Result>(title: string, measuring: Promise<Result>): Promise<Result> {
  const result = await measuring;
  process.stderr.write(`${Math.round(performance.now() / 1000)} s: ${title}\n`);
  return result;
}

void main(process.argv.includes('--quick'));
