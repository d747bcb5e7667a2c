import { AsyncResource } from 'node:async_hooks';

/** The longest delay of Node's timers, in milliseconds; a longer one fires at once. */
export const MAX_TIMEOUT = 2 ** 31 - 1;

/** @throws {TypeError} when a timeout is no number of milliseconds that a timer takes. */
export function requireTimeout(owner: string, timeout: unknown): void {
  if (typeof timeout !== 'number' || !(timeout >= 1 && timeout <= MAX_TIMEOUT)) {
    throw new TypeError(
      `${owner}: the timeout option must be a number of milliseconds from 1 to ${MAX_TIMEOUT}`,
    );
  }
}

/** A signal of the app, and the result where it is aborted. */
export interface Abortion<Result> {
  signal: AbortSignal;
  onAbort: () => Result;
}

/**
 * Resolves with the result of the work; or of `onTimeout()` when the work takes longer than this many milliseconds; or
 * of `onAbort()` when the signal is aborted before. The work is not stopped: these functions may do so.
 */
export function withDeadline<Result>(
  milliseconds: number,
  work: Promise<Result>,
  onTimeout: () => Result | PromiseLike<Result>,
  abortion?: Abortion<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let stopListening = (): void => {};
    const ending =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        clearTimeout(timer);
        settle(value); // first: the signal is the app's, and may throw
        stopListening();
      };
    const timer = setTimeout(() => ending(resolve)(onTimeout()), milliseconds);
    work.then(ending(resolve), ending(reject));
    if (abortion) stopListening = listen(abortion, ending(resolve));
  });
}

function listen<Result>({ signal, onAbort }: Abortion<Result>, end: (result: Result) => void): () => void {
  // Bound, since a listener runs in the context (AsyncLocalStorage) of whoever aborts.
  const abort = AsyncResource.bind(() => end(onAbort()));
  if (signal.aborted) abort(); // by the work itself: no event will come
  signal.addEventListener('abort', abort);
  return () => signal.removeEventListener('abort', abort);
}
