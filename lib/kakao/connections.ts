import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { watched } from './exchange.js';
import { type Destination, PreconnectingAgent } from './preconnecting-agent.js';

const KEEP_ALIVE = { keepAlive: true, timeout: 30_000 };
const kept = { http: watched(new HttpAgent(KEEP_ALIVE)), https: watched(new PreconnectingAgent(KEEP_ALIVE)) };
const fresh = { http: watched(new HttpAgent()), https: watched(new HttpsAgent()) };

/** Picks an agent of our own that keeps connections alive; one for all clients, since an app may have many. */
export const keptAgent = (url: URL): HttpAgent => (url.protocol === 'https:' ? kept.https : kept.http);

/** Picks an agent of our own that opens a new connection for every request. */
export const freshAgent = (url: URL): HttpAgent => (url.protocol === 'https:' ? fresh.https : fresh.http);

/** How many connections it takes to ask one server all at once. */
interface ConnectionsNeeded {
  destination: Destination;
  count: number;
}

/** What requests to these URLs need; nothing on plain http, which is loopback, where nothing is far. */
export function connectionsFor(urls: readonly string[]): ConnectionsNeeded[] {
  const origins = urls.map(url => new URL(url).origin).filter(origin => origin.startsWith('https:'));
  return [...new Set(origins)].map(origin => ({
    destination: kept.https.destinationOf(new URL(origin)),
    count: origins.filter(other => other === origin).length,
  }));
}

/** Opens spare connections, as many as are missing. */
export function preconnect(needed: readonly ConnectionsNeeded[]): void {
  for (const { destination, count } of needed) kept.https.openSpares(destination, count);
}
