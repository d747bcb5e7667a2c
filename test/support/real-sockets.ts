import nock from 'nock';

/** Lets the tests of a suite use real sockets, with nock out of the way. */
export function useRealSockets(): void {
  before(() => nock.restore());
  after(() => nock.activate());
}
