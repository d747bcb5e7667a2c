import type { Run } from './contender.js';
import type { Crew } from './crew.js';
import type { Plan } from './plan.js';
import type { Site } from './site.js';
import { Samples } from './statistics.js';

/** Many logins, so many of them at once. */
export interface Throughput extends Run {
  /** Logins per second. */
  perSecond: Samples;
  /** Milliseconds of CPU for a login. */
  cpu: Samples;
  /** Connections that were opened, the first ones among them. */
  connections: Samples;
  /** Requests for a login. */
  requests: Samples;
}

/** Without a relay: what is measured is work, and no distance. */
export async function measureThroughput(
  site: Site,
  crew: Crew,
  { rounds, ...run }: Plan['throughput'][number],
): Promise<Throughput> {
  await crew.goTo(await site.hostsAt(0));
  const measured = {
    ...run,
    perSecond: new Samples(),
    cpu: new Samples(),
    connections: new Samples(),
    requests: new Samples(),
  };
  for (let round = 0; round < rounds; round++) {
    for (const { name, process } of crew.inTurn(round)) {
      await site.standIn.ask('closeConnections');
      await site.standIn.ask('counts');
      // The first ones open the connections; they count among the connections and not among the time.
      await process.ask('logins', { logins: run.atOnce, atOnce: run.atOnce });
      const { milliseconds, cpu } = await process.ask('logins', run);
      const { connections, requests } = await site.standIn.ask('counts');
      measured.perSecond.add(name, (run.logins / milliseconds) * 1000);
      measured.cpu.add(name, cpu / run.logins);
      measured.connections.add(name, connections);
      measured.requests.add(name, requests / (run.logins + run.atOnce));
    }
  }
  return measured;
}
