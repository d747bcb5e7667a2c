/** The longest time that Node's timers take; they fire at once for a longer one. */
export const LONGEST_TIME = 2 ** 31 - 1;

/**
 * Gives the work a time, in milliseconds, to end in. When it has passed, the signal tells the work to stop, and the promise
 * is rejected with what `expired` gives, whether the work listens or not.
 */
export async function withDeadline<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  expired: () => Error,
): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(expired()), milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
    controller.abort(); // whatever is still open: a body too long to be read to its end, a request past its time
  }
}
