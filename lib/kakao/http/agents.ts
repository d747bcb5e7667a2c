import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { globalAgent, Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Transport } from './fetch.js';
import { PreconnectingAgent } from './preconnecting-agent.js';
import { watched } from './socket-tracker.js';

const KEEP_ALIVE = { keepAlive: true, timeout: 30_000 };
// Shorter for one that was opened ahead: where a firewall has forgotten it meanwhile, the login would time out.
const SPARE_TIMEOUT = 10_000;
// Set where Node takes its proxy from the environment: NODE_USE_ENV_PROXY=1 or --use-env-proxy, from Node 22.21 on.
const proxyEnv: unknown = Reflect.get(globalAgent.options ?? {}, 'proxyEnv');
const proxy: object = proxyEnv ? { proxyEnv } : {};
// No proxy for plain http, which is loopback.
const kept = {
  http: watched(guarded(new HttpAgent(KEEP_ALIVE))),
  https: watched(guarded(new PreconnectingAgent({ ...KEEP_ALIVE, ...proxy, spareTimeout: SPARE_TIMEOUT }))),
};
const fresh = { http: watched(new HttpAgent()), https: watched(new HttpsAgent(proxy)) };

/** Picks an agent of our own that keeps connections alive; one for all clients, since an app may have many. */
export const keepAliveAgent = (url: string): HttpAgent => (url.startsWith('https:') ? kept.https : kept.http);

/** Picks an agent of our own that opens a new connection for every request. */
export const noKeepAliveAgent = (url: string): HttpAgent => (url.startsWith('https:') ? fresh.https : fresh.http);

/**
 * Gives a function that opens the connections for requests to these URLs that are sent at the same time. It opens none
 * that would not be used: where the app has an agent, a fetch or Node's proxy, on Bun, under nock or msw, and for plain
 * http, which is loopback.
 */
export function createPreconnect(urls: readonly string[], { agent, fetch }: Transport): () => void {
  const origins = urls.map(url => new URL(url).origin).filter(origin => origin.startsWith('https:'));
  const needed = [...new Set(origins)].map(origin => ({
    destination: kept.https.destinationOf(new URL(origin)),
    count: origins.filter(other => other === origin).length,
  }));
  if (agent ?? fetch ?? proxyEnv ?? process.versions['bun']) return () => {};
  return () => {
    if (isIntercepted()) return;
    try {
      for (const { destination, count } of needed) kept.https.preconnect(destination, count);
    } catch {
      // The requests open their own connections, and say what is wrong.
    }
  };
}

// What nock (from 14 on) and msw leave on globalThis. nock 15 breaks connections opened before their request, the others
// let them through. Comparing Node's functions would not do: tracers replace them, too.
const INTERCEPTORS = [Symbol.for('client-request-interceptor'), '__MSW_INTERCEPTORS_REGISTRY'];
const isIntercepted = (): boolean => INTERCEPTORS.some(name => name in globalThis);

/**
 * Lets an agent close a kept connection that has sent data between requests: the next one would take it for its response. That
 * request fails as over a connection that the server has closed.
 */
function guarded<Own extends HttpAgent>(agent: Own): Own {
  const { keepSocketAlive, reuseSocket } = agent;
  const bytesWhenFree = new WeakMap<Duplex, number | undefined>();
  return Object.assign(agent, {
    // Its bytes are compared, since node-fetch takes a listener to `data` for a response that was cut short.
    keepSocketAlive: (socket: Duplex): unknown => {
      bytesWhenFree.set(socket, bytesRead(socket));
      return Reflect.apply(keepSocketAlive, agent, [socket]);
    },
    reuseSocket: (socket: Duplex, request: ClientRequest): void => {
      Reflect.apply(reuseSocket, agent, [socket, request]);
      if (bytesRead(socket) !== bytesWhenFree.get(socket)) socket.destroy();
    },
  });
}

const bytesRead = (socket: Duplex): number | undefined =>
  socket instanceof Socket ? socket.bytesRead : undefined;
