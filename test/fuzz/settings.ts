import type { Parameters } from 'fast-check';

/** How many cases of each property are tried: 100 in `npm test`, 10,000 in `npm run test:slow`. */
const RUNS = Number(process.env['FUZZ_CASES'] || 100);

/** Settings of a property, with the cases that once failed. */
export const fuzz = <Case>(examples: Case[] = []): Parameters<Case> => ({ numRuns: RUNS, examples });
