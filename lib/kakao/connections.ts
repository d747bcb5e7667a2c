import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { watched } from './exchange.js';
import { PreconnectingAgent } from './preconnecting-agent.js';
import type { Transport } from './transport.js';

const KEEP_ALIVE = { keepAlive: true, timeout: 30_000 };
const kept = { http: watched(new HttpAgent(KEEP_ALIVE)), https: watched(new PreconnectingAgent(KEEP_ALIVE)) };
const fresh = { http: watched(new HttpAgent()), https: watched(new HttpsAgent()) };

/** Picks an agent of our own that keeps connections alive; one for all clients, since an app may have many. */
export const keptAgent = (url: string): HttpAgent => (url.startsWith('https:') ? kept.https : kept.http);

/** Picks an agent of our own that opens a new connection for every request. */
export const freshAgent = (url: string): HttpAgent => (url.startsWith('https:') ? fresh.https : fresh.http);

/**
 * Gives a function that opens connections for requests to these URLs, all made at once; it opens none where an agent or a
 * fetch of the app's would not use them, and none on plain http, which is loopback, where nothing is far.
 */
export function toPreconnect(urls: readonly string[], { agent, fetch }: Transport): () => void {
  const origins = urls.map(url => new URL(url).origin).filter(origin => origin.startsWith('https:'));
  const needed = [...new Set(origins)].map(origin => ({
    destination: kept.https.destinationOf(new URL(origin)),
    count: origins.filter(other => other === origin).length,
  }));
  if (agent ?? fetch) return () => {};
  return () => {
    for (const { destination, count } of needed) kept.https.openSpares(destination, count);
  };
}
