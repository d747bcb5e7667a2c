import { setTimeout as wait } from 'node:timers/promises';

/** Waits until the condition holds, for effects that another socket sees a moment later. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  milliseconds = 5000,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Never held: ${condition}`);
    await wait(5);
  }
}
