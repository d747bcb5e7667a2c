/**
 * Mutation testing: changes the code in small ways, and checks whether a test notices. On demand, `npm run mutation`.
 * The result is in test/README.md.
 *
 * Read and left alone, since nobody can tell the mutant from the original:
 *
 * - endpoints.ts, the first anchor of the loopback pattern: the URL parser refuses a host that ends in a number and is
 *   no IPv4 address, so nothing can stand before it.
 * - redact.ts: lower case or capitals, as long as both sides have the same; `?.` where the place always exists; the
 *   mark at the first or at the last hidden character; one more step after the end of the text.
 * - body-readers.ts: `return undefined` at the end of a function.
 * - response.ts, error-codes.ts, callback.ts and strategy/options.ts: the text in the place of a body, a header, a
 *   description, a URL or a message that is not there.
 * - error-codes.ts, callback.ts and strategy.ts: the name of a kind that stands for "any other".
 * - json.ts: whether there is a `__proto__` to delete; the check is there for speed.
 * - preconnecting-agent.ts: checks of `createConnection`, which returns no socket only with a proxy, and then nothing
 *   is preconnected; one lookup more.
 * - session.ts: whether logins of exactly 2400 bytes are too long.
 * - callback.ts, the empty list of secrets: the browser's query holds none that we know.
 * - strategy.ts, the empty secret (OAuth2Strategy sends nothing) and the empty URL of a 500.
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
  // Stryker would read tsconfig.json by TypeScript's JavaScript API, which version 7 does not have, for nothing.
  tsconfigFile: 'none',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'coverage/mutation.json' },
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { high: 98, low: 95, break: 85 },
  tempDirName: 'coverage/stryker',
};
