import { setTimeout as wait } from 'node:timers/promises';
import { type Fixture, ROUND_TRIP } from './fixture.js';
import { Samples } from './statistics.js';

/** Milliseconds at the consent screen: enough for all handshakes that the redirect step starts. */
const CONSENT_TIME = 150;

/** @returns milliseconds that a user waits at the callback. */
export async function measureWaits(fixture: Fixture, plan: { coldRounds: number; warmRounds: number }) {
  const waits = {
    /** The first login: only the connections of the redirect step are open. */
    first: new Samples(),
    /** The same, after the hosts closed them while the user was at the consent screen. */
    closed: new Samples(),
    /** Right after the login of another user. */
    warm: new Samples(),
  };
  const startAll = () => Promise.all(fixture.workers.map(({ worker }) => worker.ask('start')));
  const takeCallbacks = async (samples: Samples, round: number): Promise<void> => {
    for (const { name, worker } of fixture.inTurn(round)) samples.add(name, await worker.ask('callback'));
  };

  await fixture.useHosts(fixture.far);
  for (let round = 0; round < plan.coldRounds; round++) {
    for (const samples of [waits.first, waits.closed]) {
      await closeConnections(fixture);
      await startAll();
      await wait(CONSENT_TIME);
      if (samples === waits.closed) await closeConnections(fixture);
      await takeCallbacks(samples, round);
    }
  }
  await Promise.all(fixture.workers.map(({ worker }) => worker.ask('logins', { logins: 3, atOnce: 1 })));
  for (let round = 0; round < plan.warmRounds; round++) {
    await startAll();
    await takeCallbacks(waits.warm, round);
  }
  return waits;
}

/**
 * Checks the relay with bare logins, which open two connections: a new one takes three round trips (TCP, TLS 1.3, the
 * request), an open one takes one. The fastest of several logins counts.
 *
 * @throws when a login is faster than the distance, or slower by more than the tolerance (a factor).
 */
export async function checkRelay(fixture: Fixture, tolerance: number) {
  const { worker } = await fixture.startWorker('two bare https.request', fixture.far);
  const fastest = { cold: Number.POSITIVE_INFINITY, warm: Number.POSITIVE_INFINITY };
  for (let tries = 0; tries < 8; tries++) {
    await closeConnections(fixture);
    fastest.cold = Math.min(fastest.cold, await worker.ask('callback'));
    fastest.warm = Math.min(fastest.warm, await worker.ask('callback'));
  }
  for (const factor of [fastest.cold / (6 * ROUND_TRIP), fastest.warm / (2 * ROUND_TRIP)]) {
    if (factor < 0.99 || factor > tolerance)
      throw new Error(`The relay is not ${ROUND_TRIP} ms away: logins took ${JSON.stringify(fastest)}`);
  }
  return fastest;
}

async function closeConnections({ provider }: Fixture): Promise<void> {
  await provider.ask('closeConnections');
  await wait(2 * ROUND_TRIP); // until the subjects notice
}
