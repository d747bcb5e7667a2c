import { LIFETIME } from './limits.js';

const MAX_USED = 100_000; // about 12 MB

/**
 * The handles that were used in this process. A store in a cookie needs them: a copy of the cookie, from before the
 * login was finished, still has it.
 */
export class UsedHandles {
  readonly #used = new Map<string, number>();

  /** Marks a handle as used. @returns false when it was used before. */
  add(handle: string): boolean {
    const now = Date.now();
    for (const [used, at] of this.#used) {
      if (this.#used.size < MAX_USED && now - at <= LIFETIME) break; // the others are newer
      this.#used.delete(used);
    }
    if (this.#used.has(handle)) return false;
    this.#used.set(handle, now);
    return true;
  }

  /** Removes the mark. */
  delete(handle: string): void {
    this.#used.delete(handle);
  }
}
