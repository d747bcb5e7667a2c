import { ALONE, type ContenderName, FLOOR, OURS, peerNames } from './contenders.js';
import type { Growth } from './growth.js';
import type { Measurements } from './measurements.js';
import type { Samples } from './statistics.js';
import type { Throughput } from './throughput.js';
import type { Waits } from './waits.js';

/** The peer with the lowest median. */
export const bestPeer = (samples: Samples): ContenderName =>
  peerNames.reduce((one, other) => (samples.median(other) < samples.median(one) ? other : one));

/** The median beside that of the best peer. */
export const toBestPeer = (samples: Samples, name: ContenderName): number =>
  samples.median(name) / samples.median(bestPeer(samples));

/** The distance that the criteria are about, or the nearest one to it that was measured. */
export const waitsAt = ({ waits }: Measurements, roundTrip: number): Waits =>
  waits.reduce((one, other) =>
    Math.abs(other.roundTrip - roundTrip) < Math.abs(one.roundTrip - roundTrip) ? other : one,
  );

/** The work of our own code in a login, as a share of what the bare calls that it consists of take: 0.1 is a tenth. */
export const ownWork = ({ ownWork: cpu }: Measurements): number => cpu.ratio(ALONE, FLOOR);

/** How much more CPU a whole login takes than those calls. */
export const beyondFloor = ({ cpu }: Throughput): number => cpu.ratio(OURS, FLOOR) - 1;

/** How far memory is apart after the last step and after earlier ones: the most of it, in bytes. */
export function drift({ steps }: Growth, after: number): number {
  const last = steps.at(-1);
  const earlier = steps.filter(({ logins }) => logins >= after);
  return Math.max(...earlier.map(({ heap }) => Math.abs((last?.heap ?? Number.NaN) - heap)));
}

export const oneByOne = ({ throughput }: Measurements): Throughput => {
  const found = throughput.find(({ atOnce }) => atOnce === 1);
  if (!found) throw new Error('The plan has no logins one after the other');
  return found;
};
