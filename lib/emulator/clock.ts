/** The time at the emulator: that of the given clock, and what it was moved forward by. */
export class Clock {
  readonly #base: () => number;
  #advanced = 0;

  constructor(base: () => number) {
    this.#base = base;
  }

  now(): number {
    return this.#base() + this.#advanced;
  }

  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new TypeError('advance takes a number of milliseconds, and time moves forward only');
    }
    this.#advanced += milliseconds;
  }
}
