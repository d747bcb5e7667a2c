import type { Fixture } from './fixture.js';
import { Samples } from './statistics.js';
import { strategyNames } from './subjects.js';

/** Measures logins, some of them at once, without the relay: CPU does not depend on the distance. */
export async function measureLogins(
  { useHosts, near, inTurn, provider }: Fixture,
  { rounds, ...run }: { rounds: number; logins: number; atOnce: number },
) {
  /** Milliseconds of CPU and requests per login, and connections for all logins. */
  const [cpu, requests, connections] = [new Samples(), new Samples(), new Samples()];
  await useHosts(near);
  for (let round = 0; round < rounds; round++) {
    for (const { name, worker } of inTurn(round)) {
      await provider.ask('closeConnections');
      // The logins that open the connections are not part of the CPU.
      await worker.ask('logins', { logins: run.atOnce, atOnce: run.atOnce });
      cpu.add(name, await worker.ask('logins', run));
      const counts = await provider.ask('counts');
      requests.add(name, counts.requests / (run.logins + run.atOnce));
      connections.add(name, counts.connections);
    }
  }
  return { ...run, cpu, requests, connections };
}

/** @returns redirect steps per second of CPU. They send no request. */
export async function measureRedirects({ inTurn }: Fixture, plan: { rounds: number; count: number }) {
  const perSecond = new Samples();
  for (let round = 0; round < plan.rounds; round++) {
    for (const { name, worker } of inTurn(round, strategyNames)) {
      perSecond.add(name, 1000 / (await worker.ask('redirects', plan.count)));
    }
  }
  return perSecond;
}
