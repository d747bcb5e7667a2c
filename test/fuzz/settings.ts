import type { Parameters } from 'fast-check';

/** How many cases of each property are tried: 100 in `npm test`, 10,000 in `npm run test:slow`. */
const RUNS = toCount(process.env['FUZZ_CASES'] || '100');

/** Settings of a property, with the cases that once failed. */
export const fuzz = <Case>(examples: Case[] = []): Parameters<Case> => ({ numRuns: RUNS, examples });

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`FUZZ_CASES has to be a whole number above 0, and is ${text}`);
}
