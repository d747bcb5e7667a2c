/** Loaded by `npm test` only: lists at the end the tests that were not run. */
export function mochaGlobalTeardown(): void {
  process.stdout.write(`Not run by npm test; npm run test:all runs everything:

  npm run test:slow         child processes, a Next.js app, OAuth clients in five languages (needs Debian packages), deviations of the contract, 4,000 fuzz cases, memory of every fault
  npm run test:package      the packed tarball, installed and used; the examples of the documentation; the bench
  npm run test:integration  Express, Fastify, Koa and Nest apps; Bun and Deno; sessions in a real Redis (needs redis-server)
  npm run test:browser      the demo and the emulator in a real Chromium (needs chromium)

`);
}
