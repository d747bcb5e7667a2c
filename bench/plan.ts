import type { Run } from './contender.js';

/** How much is measured. */
export interface Plan {
  /** Logins of each contender before anything is measured. */
  warmUp: number;
  waits: {
    /** Milliseconds there and back. */
    roundTrip: number;
    /** Samples with no connection open, for each of the two kinds; and with connections open. */
    cold: number;
    warm: number;
    /** Milliseconds between two callbacks that run side by side; without it, one begins when the other has ended. */
    apart?: number;
  }[];
  /** Rounds of logins; in each, all contenders take turns. */
  throughput: (Run & { rounds: number })[];
  redirects: { count: number; rounds: number };
  ownWork: { logins: number; rounds: number };
  /** After how many logins memory is read. */
  growth: number[];
  /** Fresh processes that load the package. */
  loads: number;
}

/** The whole of it, in less than six minutes. */
export const FULL: Plan = {
  warmUp: 2000,
  waits: [
    { roundTrip: 0, cold: 8, warm: 40 },
    { roundTrip: 5, cold: 8, warm: 40 },
    { roundTrip: 20, cold: 15, warm: 60 },
    { roundTrip: 150, cold: 6, warm: 10, apart: 20 },
  ],
  throughput: [
    { logins: 1000, atOnce: 1, rounds: 5 },
    { logins: 1000, atOnce: 32, rounds: 5 },
    { logins: 1024, atOnce: 256, rounds: 3 },
  ],
  redirects: { count: 10_000, rounds: 9 },
  ownWork: { logins: 1000, rounds: 7 },
  growth: [10, 100, 1000, 10_000],
  loads: 11,
};

/** Enough to see that everything works; the numbers mean nothing. */
export const QUICK: Plan = {
  warmUp: 5,
  waits: [{ roundTrip: 20, cold: 1, warm: 3 }],
  throughput: [
    { logins: 100, atOnce: 1, rounds: 1 },
    { logins: 100, atOnce: 8, rounds: 1 },
  ],
  redirects: { count: 200, rounds: 1 },
  ownWork: { logins: 100, rounds: 1 },
  growth: [10, 100, 200],
  loads: 2,
};
