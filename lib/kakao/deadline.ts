/** The longest time that Node's timers take; they fire at once for a longer one. */
export const LONGEST_TIME = 2 ** 31 - 1;

/**
 * Rejects with what `expired` gives when the work has not settled after so many milliseconds. The work itself goes on:
 * `expired` is the place to stop it.
 */
export function withDeadline<Result>(
  milliseconds: number,
  work: Promise<Result>,
  expired: () => Error,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(expired()), milliseconds);
    work.then(
      result => {
        clearTimeout(timer);
        resolve(result);
      },
      error => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
