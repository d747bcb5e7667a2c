import { setTimeout as wait } from 'node:timers/promises';
import nock from 'nock';

/**
 * What holds for every test: nothing leaves this machine, every mock that was set up is used, and no promise is rejected
 * without somebody to hear of it.
 */
const unhandled: unknown[] = [];
const remember = (reason: unknown) => unhandled.push(reason);

export const mochaHooks = {
  beforeAll() {
    process.on('unhandledRejection', remember);
    nock.disableNetConnect();
    nock.enableNetConnect(host => /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)(?::\d+)?$/.test(host));
  },

  async afterEach() {
    await wait(0); // unhandled rejections are told at the end of a turn of the event loop
    const unused = nock.pendingMocks();
    nock.cleanAll();
    if (unused.length > 0) throw new Error(`Mocks that no request used: ${unused.join(', ')}`);
    if (unhandled.length > 0)
      throw new Error('A promise was rejected and nobody listened', { cause: unhandled.splice(0) });
  },

  afterAll() {
    process.off('unhandledRejection', remember);
    nock.restore();
  },
};
