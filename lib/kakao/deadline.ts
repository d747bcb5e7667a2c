/**
 * Gives the work a time to end in. When it passes, the signal tells the work to stop, and the answer is that of
 * `expired`, whether the work listens or not.
 */
export async function withDeadline<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  expired: () => Result,
): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Result>(resolve => {
    timer = setTimeout(() => resolve(expired()), milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
    controller.abort(); // whatever is still open: a body too long to be read to its end, a request past its time
  }
}
