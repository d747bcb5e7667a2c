/**
 * Calls a function that takes a callback, such as a method of a state store, and gives a promise of what `done` is called
 * with. The function may be async: a rejection counts like `done(error)`. The first outcome counts, and no other.
 */
export const fromCallback = <Result, Details>(
  call: (done: (error?: unknown, result?: Result, details?: Details) => void) => unknown,
): Promise<[result: Result | undefined, details: Details | undefined]> =>
  new Promise((resolve, reject) => {
    const returned = call((error, result, details) => (error ? reject(error) : resolve([result, details])));
    if (isThenable(returned)) Promise.resolve(returned).catch(reject);
  });

/** Whether a value is to be awaited: a promise, of this realm or another, or what query builders give. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
