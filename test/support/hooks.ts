import dns from 'node:dns';
import { setTimeout as wait } from 'node:timers/promises';
import nock from 'nock';
import { lateOutcomes } from './authenticate.js';

/**
 * Rules for every test: no request leaves this machine, every mock is used, every login has one outcome, and no
 * rejection is unhandled.
 */
const unhandled: unknown[] = [];
const recordRejection = (reason: unknown) => unhandled.push(reason);

// nock sees requests only: a preconnected socket is noticed by its lookup.
const { lookup } = dns;
const lookedUp: string[] = [];
const watchedLookup = (...[name, ...rest]: Parameters<typeof lookup>) => {
  if (!/^(?:[\d.]+|::1|localhost|.+\.invalid)$/.test(name)) lookedUp.push(name);
  return lookup(name, ...rest);
};

export const mochaHooks = {
  beforeAll() {
    process.on('unhandledRejection', recordRejection);
    Object.assign(dns, { lookup: watchedLookup });
    // A parallel worker of mocha runs several files in one process, each with these hooks.
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
    nock.enableNetConnect(host => /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)(?::\d+)?$/.test(host));
  },

  beforeEach(this: Mocha.Context) {
    const { currentTest: test } = this;
    const fn = test?.fn;
    if (!test || !fn) return;
    // Checked in the test, because a root hook that throws would end the run.
    test.fn = async function () {
      test.fn = fn; // Stryker runs a test many times
      await withOneOutcome(async () => Reflect.apply(fn, this, [])); // no test takes a callback
    };
  },

  async afterEach() {
    await wait(0); // unhandled rejections are reported at the end of a turn of the event loop
    const unused = nock.pendingMocks();
    nock.cleanAll();
    if (unused.length > 0) throw new Error(`Unused mocks:  ${unused.join(', ')}`);
    if (lookedUp.length > 0) throw new Error(`Names looked up: ${lookedUp.splice(0).join(', ')}`);
    requireNoneUnhandled();
  },

  async afterAll() {
    await wait(20); // for late effects of the last test
    const late = await lateOutcomes();
    process.off('unhandledRejection', recordRejection);
    Object.assign(dns, { lookup });
    nock.restore();
    requireNone(late);
    requireNoneUnhandled();
  },
};

/** Runs a test, which also fails if one of its logins has a late second outcome. */
async function withOneOutcome(test: () => Promise<void>): Promise<void> {
  const [ended] = await Promise.allSettled([test()]);
  const late = await lateOutcomes();
  if (ended.status === 'rejected') throw ended.reason;
  requireNone(late);
}

function requireNone([error]: Error[]): void {
  if (error) throw error;
}

function requireNoneUnhandled(): void {
  if (unhandled.length > 0) throw new Error('Unhandled rejection', { cause: unhandled.splice(0) });
}
