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
 * Gives a function that opens the connections for requests to these URLs that are sent at the same time. It opens none where
 * the app has an agent or a fetch, which would not use them, and none for plain http, which is loopback.
 */
export function toPreconnect(urls: readonly string[], { agent, fetch }: Transport): () => void {
  const origins = urls.map(url => new URL(url).origin).filter(origin => origin.startsWith('https:'));
  const needed = [...new Set(origins)].map(origin => ({
    destination: kept.https.destinationOf(new URL(origin)),
    count: origins.filter(other => other === origin).length,
  }));
  if (agent ?? fetch) return () => {};
  return () => {
    try {
      for (const { destination, count } of needed) kept.https.openSpares(destination, count);
    } catch {
      // The requests open their own connections, and say what is wrong.
    }
  };
}
