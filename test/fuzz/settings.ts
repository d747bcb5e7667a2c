import type { Parameters } from 'fast-check';

/** How many cases of each property are tried: all in CI, enough for a first look elsewhere. */
const RUNS = process.env['CI'] ? 10_000 : 1000;

/** Settings of a property, with the cases that once failed. */
export const fuzz = <Case>(examples: Case[] = []): Parameters<Case> => ({ numRuns: RUNS, examples });
