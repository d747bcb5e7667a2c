/** The longest time that Node's timers take; they fire at once for a longer one. */
export const LONGEST_TIME = 2 ** 31 - 1;

/**
 * Gives the work a time, in milliseconds, to end in. When it has passed, the promise is rejected with what `expired` gives,
 * whatever becomes of the work.
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
