import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { eventually } from '../support/eventually.js';
import { useRealSockets } from '../support/real-sockets.js';
import { FAULTS } from './faults.js';
import { cellsOf, suffer, TIMEOUT } from './matrix.js';

const MB = 1_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes that are in use after everything else was thrown away. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Collecting garbage takes most of the time: `npm test` does it for floods and bombs, `npm run test:slow` for all. */
const judgesAllMemory = process.env['FAULT_MEMORY'] === 'all';

describe('a fault of Kakao gives each login and revocation the expected outcome:', () => {
  useRealSockets();

  for (const fault of FAULTS) {
    const cells = cellsOf(fault);
    const endings = Object.fromEntries(cells);

    it(`Kakao ${fault.name}: ${cells.map(cell => cell.join(' ')).join(', ')}`, async () => {
      const judgesMemory = fault.floods || judgesAllMemory;
      const inUse = judgesMemory ? memoryInUse() : 0;

      const suffered = cells.map(async ([endpoint]) => [endpoint, await suffer(fault, endpoint)] as const);
      const results = await Promise.all(suffered);

      expect(Object.fromEntries(results.map(([endpoint, { ending }]) => [endpoint, ending]))).to.deep.equal(
        endings,
      );
      for (const [endpoint, { ending, milliseconds, shown, next, bytesTaken }] of results) {
        expect({ next, shown }, endpoint).to.deep.equal({ next: 'ok', shown: [] });
        expect(milliseconds, endpoint).to.be.below(10 * TIMEOUT);
        // Spaces before a header's value are skipped as they come, until the deadline: they cost no memory.
        if (ending !== 'timeout') expect(bytesTaken, endpoint).to.be.below(20 * MB);
      }
      // Eventually: V8 gives the bytes of what was thrown away back in the background.
      if (judgesMemory) await eventually(() => memoryInUse() - inUse < 50 * MB);
    });
  }
});
