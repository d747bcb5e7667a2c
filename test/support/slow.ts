/** Loaded by `npm run test:slow` only: makes the tests that it shares with `npm test` more thorough. */
process.env['FUZZ_CASES'] ??= '4000';
process.env['FAULT_MEMORY'] ??= 'all';
