import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import nock from 'nock';
import { eventually } from '../support/eventually.js';
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

describe('a fault of Kakao', () => {
  // Real sockets, with nothing in between.
  before(() => nock.restore());
  after(() => nock.activate());

  let inUse: number;
  beforeEach(() => {
    inUse = memoryInUse();
  });

  for (const fault of FAULTS) {
    for (const [endpoint, expected] of cellsOf(fault)) {
      it(`ends one ${endpoint === 'revoke' ? 'revocation' : 'login'} as "${expected}", and no other: ${endpoint} ${fault.name}`, async () => {
        const { ending, milliseconds, shown, next, bytesTaken } = await suffer(fault, endpoint);

        expect({ ending, next, shown }).to.deep.equal({ ending: expected, next: 'ok', shown: [] });
        expect(milliseconds).to.be.below(10 * TIMEOUT);
        // Spaces before a header's value are skipped as they come, until the deadline: they cost no memory.
        if (ending !== 'timeout') expect(bytesTaken).to.be.below(20 * MB);
        // Eventually: V8 gives the bytes of what was thrown away back in the background.
        await eventually(() => memoryInUse() - inUse < 50 * MB);
      });
    }
  }
});
