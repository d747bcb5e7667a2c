import type { Site } from './site.js';

/** What one bare request takes through a relay, in milliseconds: the best of several tries. */
export interface RelayCheck {
  roundTrip: number;
  cold: number;
  warm: number;
}

/**
 * Measures the measure: a new connection has to cost three round trips (TCP, TLS 1.3, the request), an open one a single
 * one, and little more.
 *
 * @throws when it does not.
 */
export async function checkRelay(site: Site, roundTrip: number): Promise<RelayCheck> {
  const hosts = await site.hostsAt(roundTrip);
  const contender = await site.start('two bare https.request', hosts);
  let [cold, warm] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let tries = 0; tries < 8; tries++) {
    const tried = await contender.ask('roundTrips', `${hosts.kapi}/v1/business/tokeninfo`);
    cold = Math.min(cold, tried.cold);
    warm = Math.min(warm, tried.warm);
  }
  await contender.end();
  if (!isNear(cold, 3 * roundTrip) || !isNear(warm, roundTrip)) {
    throw new Error(
      `The relay is not ${roundTrip} ms away: a request took ${cold} ms on a new connection, and ${warm} ms on the same one`,
    );
  }
  return { roundTrip, cold, warm };
}

// The rest is for the handshake's arithmetic and a busy machine.
const isNear = (measured: number, expected: number): boolean =>
  measured >= expected - 0.5 && measured <= expected * 1.1 + 10;
