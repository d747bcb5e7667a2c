import type { EmulatedApp, EmulatedQuota } from './model.js';

// Assumption (quotas): that there are such limits is documented by their codes; how they are counted is not.
const minute = 60_000;

/** Counts what each app has asked for. */
export class Quotas {
  readonly #now: () => number;
  readonly #used = new WeakMap<EmulatedApp, Map<keyof EmulatedQuota, { since: number; count: number }>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the seconds to wait when the quota is used up; undefined while it is not. */
  secondsToWait(app: EmulatedApp, limit: keyof EmulatedQuota): number | undefined {
    const { since, count } = this.#current(app, limit);
    if (count < (app.quota[limit] ?? Infinity)) return undefined;
    return Math.ceil((since + minute - this.#now()) / 1000);
  }

  count(app: EmulatedApp, limit: keyof EmulatedQuota): void {
    this.#current(app, limit).count += 1;
  }

  #current(app: EmulatedApp, limit: keyof EmulatedQuota): { since: number; count: number } {
    const used = this.#used.get(app) ?? new Map();
    this.#used.set(app, used);
    const now = this.#now();
    const current = used.get(limit);
    if (current && now >= current.since && now < current.since + minute) return current;
    const fresh = { since: now, count: 0 };
    used.set(limit, fresh);
    return fresh;
  }
}
