/** The longest delay of Node's timers, in milliseconds; a longer one fires at once. */
export const MAX_TIMEOUT = 2 ** 31 - 1;

/**
 * Resolves with the result of the work, or of `onTimeout()` when the work takes longer than this many milliseconds. The
 * work is not stopped: `onTimeout` may do so.
 */
export function withDeadline<Result>(
  milliseconds: number,
  work: Promise<Result>,
  onTimeout: () => Result | PromiseLike<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(onTimeout()), milliseconds);
    const inTime =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        clearTimeout(timer);
        settle(value);
      };
    work.then(inTime(resolve), inTime(reject));
  });
}
