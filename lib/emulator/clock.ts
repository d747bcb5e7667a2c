// As ECMAScript has it.
const lastMoment = 8.64e15;

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
    if (typeof milliseconds !== 'number' || !(milliseconds >= 0)) {
      throw new TypeError('advance takes a number of milliseconds, and time moves forward only');
    }
    if (this.now() + milliseconds > lastMoment) {
      throw new TypeError('advance cannot go beyond the last moment of a Date');
    }
    this.#advanced += milliseconds;
  }
}
