/**
 * Mutation testing: changes the code in small ways, and checks whether a test notices. On demand, `npm run mutation`.
 * The result is in test/README.md.
 *
 * Read and left alone, since nobody can tell the mutant from the original:
 *
 * - options.ts, the first anchor of the loopback pattern: the URL parser refuses a host that ends in a number and is no
 *   IPv4 address, so nothing can stand before it.
 * - errors.ts, `typeof code === 'string'`: the pattern behind it refuses whatever is no such string.
 * - http.ts, callback.ts and options.ts, the empty string in the place of a body, a URL or a message that is not there.
 * - strategy.ts, the empty list of secrets of an authorize error: the browser's query holds none that we know.
 *
 * Left out are the mutants of constants that are made when a file is loaded, the table of hints above all: every test
 * would have to run for each of them. test/kakao/errors.test.ts goes through that table row by row.
 */
export default {
  testRunner: 'mocha',
  testRunnerNodeArgs: ['--import', 'tsx'],
  mochaOptions: {
    config: '.mocharc.json',
    spec: ['test/kakao/**/*.test.ts', 'test/strategy/**/*.test.ts', 'test/faults/app.test.ts'],
  },
  mutate: ['lib/kakao/**/*.ts', 'lib/strategy/**/*.ts'],
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  // Stryker would read tsconfig.json by TypeScript's JavaScript API, which version 7 does not have. Nothing here needs it.
  tsconfigFile: 'none',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'coverage/mutation.json' },
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { high: 98, low: 95, break: 85 },
  tempDirName: 'coverage/stryker',
};
