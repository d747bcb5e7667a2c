/**
 * `npm run bench` measures what a login costs, beside its peers: writes bench/RESULTS.md, and fails where a promise is not
 * kept. With `--quick` it only shows that it works: little is measured, nothing judged, and the report is printed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from './criteria.js';
import { describeMachine } from './machine.js';
import { measure } from './measurements.js';
import { FULL, QUICK } from './plan.js';
import { toReport } from './report.js';
import { Site } from './site.js';

async function main(isQuick: boolean): Promise<void> {
  const site = await Site.open();
  const measured = await measure(site, isQuick ? QUICK : FULL, progress).finally(() => site.close());
  const criteria = judge(measured);
  const report = toReport(measured, criteria, await describeMachine());
  if (isQuick) {
    process.stdout.write(report);
    return;
  }
  await writeFile(join(__dirname, 'RESULTS.md'), report);
  for (const { promise, measured: value, limit, met } of criteria)
    process.stdout.write(`${met ? '✓' : '✗'} ${promise}: ${value} (${limit})\n`);
  process.exitCode = criteria.every(({ met }) => met) ? 0 : 1;
}

const progress = (what: string): void =>
  void process.stderr.write(`${Math.round(performance.now() / 1000)} s: ${what}\n`);

void main(process.argv.includes('--quick'));
