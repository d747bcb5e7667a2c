import { setTimeout as wait } from 'node:timers/promises';
import type { Crew, Member } from './crew.js';
import type { Plan } from './plan.js';
import type { Site } from './site.js';
import { Samples } from './statistics.js';

/** Milliseconds that a user waits at the callback. */
export interface Waits {
  roundTrip: number;
  /** No connection from an earlier login; whatever was opened by the redirect step is still there. */
  kept: Samples;
  /** The same, but the hosts closed all connections while the user was at the consent screen. */
  closed: Samples;
  /** Another user has just signed in. */
  warm: Samples;
}

/** Milliseconds at the consent screen: long enough for a handshake to end, and shorter than any user. */
const consentTime = (roundTrip: number): number => Math.max(150, 4 * roundTrip);

export async function measureWaits(
  site: Site,
  crew: Crew,
  { roundTrip, cold, warm, apart }: Plan['waits'][number],
): Promise<Waits> {
  await crew.goTo(await site.hostsAt(roundTrip));
  const [kept, closed, afterAnother] = [new Samples(), new Samples(), new Samples()];

  const forgetConnections = async (): Promise<void> => {
    await site.standIn.ask('closeConnections');
    await wait(10); // the agents take their notice in a later turn
  };
  const callbacks = async (round: number, samples: Samples): Promise<void> => {
    const take = async ({ name, process }: Member) => samples.add(name, await process.ask('callback'));
    const members = crew.inTurn(round);
    if (apart === undefined) for (const member of members) await take(member);
    else await Promise.all(members.map((member, place) => wait(place * apart).then(() => take(member))));
  };
  const begin = (): Promise<void> => crew.atOnce(({ process }) => process.ask('start'));

  for (let round = 0; round < cold; round++) {
    await forgetConnections();
    await begin();
    await wait(consentTime(roundTrip));
    await callbacks(round, kept);

    await forgetConnections();
    await begin();
    await wait(consentTime(roundTrip));
    await forgetConnections();
    await callbacks(round, closed);
  }

  await crew.atOnce(({ process }) => process.ask('logins', { logins: 3, atOnce: 1 }));
  for (let round = 0; round < warm; round++) {
    await begin();
    await callbacks(round, afterAnother);
  }
  return { roundTrip, kept, closed, warm: afterAnother };
}
