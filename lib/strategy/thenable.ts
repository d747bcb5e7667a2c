/** Whether a value is to be awaited: a promise, of this realm or another, or what query builders give. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
