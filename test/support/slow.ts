/** Loaded for `npm run test:slow` alone: the tests that it shares with `npm test` are more thorough there. */
process.env['FUZZ_CASES'] ??= '10000';
process.env['FAULT_MEMORY'] ??= 'all';
