import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { eventually } from '../support/eventually.js';
import { useRealSockets } from '../support/real-sockets.js';
import { FAULTS } from './faults.js';
import { cellsOf, LONG_TIMEOUT, runFault } from './matrix.js';

const MB = 1_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** The bytes in use after a garbage collection. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Garbage collection is slow: `npm test` checks memory after floods and bombs, `npm run test:slow` after all faults.
 */
const CHECKS_ALL_MEMORY = process.env['FAULT_MEMORY'] === 'all';

describe('A login, revocation or ad request ends as expected if Kakao', () => {
  useRealSockets();

  for (const fault of FAULTS) {
    const cells = cellsOf(fault);
    const endings = Object.fromEntries(cells);

    it(fault.name, async () => {
      const checksMemory = fault.floods || CHECKS_ALL_MEMORY;
      const inUse = checksMemory ? memoryInUse() : 0;

      const running = cells.map(async ([endpoint]) => [endpoint, await runFault(fault, endpoint)] as const);
      const results = await Promise.all(running);

      expect(Object.fromEntries(results.map(([endpoint, { ending }]) => [endpoint, ending]))).to.deep.equal(
        endings,
      );
      for (const [endpoint, { ending, milliseconds, shown, next, bytesSent }] of results) {
        expect({ next, shown }, endpoint).to.deep.equal({ next: 'ok', shown: [] });
        expect(milliseconds, endpoint).to.be.below(LONG_TIMEOUT);
        // Spaces before a header value are skipped until the timeout, without using memory.
        if (ending !== 'timeout') expect(bytesSent, endpoint).to.be.below(20 * MB);
      }
      // Eventually: V8 frees memory in the background.
      if (checksMemory) await eventually(() => memoryInUse() - inUse < 50 * MB);
    });
  }
});
