import { setTimeout as wait } from 'node:timers/promises';
import { authenticate, request } from '../support/authenticate.js';
import { createStrategy } from '../support/strategy.js';

/** A child process that starts a login and ends by itself, although its connections are open. */
async function startThenEnd(): Promise<void> {
  const endpoints = JSON.parse(process.env['ENDPOINTS'] ?? '{}');
  const outcome = await authenticate(createStrategy({ ...endpoints, preconnect: true }), request());
  await wait(1000); // for the handshakes
  process.stdout.write(outcome.kind);
}

startThenEnd();
