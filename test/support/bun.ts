/** Calls a function as if it ran on Bun. */
export function pretendBun<Result>(act: () => Result): Result {
  const { versions } = process;
  const set = (value: NodeJS.ProcessVersions) => Object.defineProperty(process, 'versions', { value });
  set({ ...versions, bun: '1.4.5' });
  try {
    return act();
  } finally {
    set(versions);
  }
}
