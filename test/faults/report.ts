/** `npm run faults` runs every fault at every endpoint and prints the endings. */
import { FAULTS } from './faults.js';
import { cellsOf, runFault } from './matrix.js';

async function report(): Promise<void> {
  let [passed, failed] = [0, 0];
  for (const fault of FAULTS) {
    const cells: string[] = [];
    for (const [endpoint, expected] of cellsOf(fault)) {
      const { ending, next, shown, milliseconds } = await runFault(fault, endpoint);
      const good = ending === expected && next === 'ok' && shown.length === 0;
      if (good) passed += 1;
      else failed += 1;
      cells.push(
        `${good ? '✓' : `✗ expected ${expected}, then ok:`} ${endpoint} ${ending} (${Math.round(milliseconds)} ms)`,
      );
    }
    process.stdout.write(`Kakao ${fault.name}\n  ${cells.join('  ')}\n`);
  }
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void report();
