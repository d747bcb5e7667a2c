import { randomBytes } from 'node:crypto';

/** Values under random names, which are forgotten when their time is over. */
export class Lapsing<T> {
  readonly #lifetime: number;
  readonly #now: () => number;
  readonly #entries = new Map<string, { value: T; lapses: number }>();

  /** @param lifetime - in milliseconds. */
  constructor(lifetime: number, now: () => number) {
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /** @returns the name it goes by. */
  add(value: T): string {
    this.#forgetOldest();
    const name = randomBytes(32).toString('base64url');
    this.#keep(name, value);
    return name;
  }

  get(name: string): T | undefined {
    const entry = this.#entries.get(name);
    return entry && entry.lapses > this.#now() ? entry.value : undefined;
  }

  /** Gives it, and all its time once more. */
  use(name: string): T | undefined {
    const value = this.get(name);
    this.remove(name);
    if (value !== undefined) this.#keep(name, value);
    return value;
  }

  remove(name: string): void {
    this.#entries.delete(name);
  }

  #keep(name: string, value: T): void {
    this.#entries.set(name, { value, lapses: this.#now() + this.#lifetime });
  }

  // A Map remembers the order, so the first that is still good ends it.
  #forgetOldest(): void {
    for (const [name, { lapses }] of this.#entries) {
      if (lapses > this.#now()) return;
      this.#entries.delete(name);
    }
  }
}
