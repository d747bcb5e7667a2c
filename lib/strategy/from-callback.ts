/**
 * Calls a function that takes a callback, and resolves with the arguments of the callback. The function may be async: a
 * rejection counts like `done(error)`. Only the first outcome counts.
 */
export const fromCallback = <Result, Details>(
  call: (done: (error?: unknown, result?: Result, details?: Details) => void) => unknown,
): Promise<[result: Result | undefined, details: Details | undefined]> =>
  new Promise((resolve, reject) => {
    Promise.resolve(
      call((error, result, details) => (error ? reject(error) : resolve([result, details]))),
    ).catch(reject);
  });

/** Whether a value can be awaited: a promise, also of another realm, or a query builder. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof Reflect.get(Object(value), 'then') === 'function';
