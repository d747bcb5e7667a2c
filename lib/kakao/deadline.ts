/** The longest time that Node's timers take; they fire at once for a longer one. */
export const MAX_TIMEOUT = 2 ** 31 - 1;

/**
 * Resolves with the result of the work, or with that of `expired()` when the work has not settled after so many milliseconds.
 * The work itself goes on: `expired` is the place to stop it.
 */
export function withDeadline<Result>(
  milliseconds: number,
  work: Promise<Result>,
  expired: () => Result | PromiseLike<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(expired()), milliseconds);
    const inTime =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        clearTimeout(timer);
        settle(value);
      };
    work.then(inTime(resolve), inTime(reject));
  });
}
