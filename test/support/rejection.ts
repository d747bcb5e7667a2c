/** The reason of a rejected promise. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('The promise was fulfilled');
}

/** The reason of a rejected promise, which must be of this class. */
export async function rejectionAs<E extends Error>(
  expected: abstract new (...args: never[]) => E,
  promise: Promise<unknown>,
): Promise<E> {
  const error = await rejectionOf(promise);
  if (error instanceof expected) return error;
  throw new Error(`Expected ${expected.name}`, { cause: error });
}
