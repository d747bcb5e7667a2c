import type { Parameters } from 'fast-check';

/** The number of cases per property: 100 in `npm test`, 4,000 in `npm run test:slow`. */
const RUNS = toCount(process.env['FUZZ_CASES'] || '100');

/** Settings of a property, with cases that failed before. */
export const fuzz = <Case>(examples: Case[] = []): Parameters<Case> => ({ numRuns: RUNS, examples });

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`FUZZ_CASES must be a positive integer, not ${text}`);
}
