import { setTimeout as wait } from 'node:timers/promises';
import { authenticate, request } from '../support/authenticate.js';
import { createStrategy } from '../support/strategy.js';

/** A program of its own: it starts a login, and ends by itself although connections wait for the rest of it. */
async function startThenEnd(): Promise<void> {
  const endpoints = JSON.parse(process.env['ENDPOINTS'] ?? '{}');
  const outcome = await authenticate(createStrategy({ ...endpoints, preconnect: true }), request());
  await wait(1000); // for the handshakes
  process.stdout.write(outcome.kind);
}

startThenEnd();
