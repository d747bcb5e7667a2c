import nock from 'nock';

/** Lets the tests of a suite use real sockets, without nock. */
export function useRealSockets(): void {
  before(() => nock.restore());
  after(() => nock.activate());
}
