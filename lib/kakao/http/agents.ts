import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { globalAgent, Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PreconnectingAgent } from './preconnecting-agent.js';
import { trackSockets } from './socket-tracker.js';

/** Node's proxy settings: defined with NODE_USE_ENV_PROXY=1 or --use-env-proxy, from Node 22.21 on. */
export const proxyEnv: unknown = Reflect.get(globalAgent.options ?? {}, 'proxyEnv');
const PROXY: object = proxyEnv ? { proxyEnv } : {}; // https only, since plain http is loopback

const KEEP_ALIVE = { keepAlive: true, timeout: 30_000 };

/** The agent for https that keeps connections alive; shared by all clients. */
export const httpsAgent = trackSockets(
  rejectingUnsolicitedData(
    new PreconnectingAgent({
      ...KEEP_ALIVE,
      ...PROXY,
      // Shorter, since a firewall may forget an idle connection: a login that uses it then times out.
      spareTimeout: 10_000,
    }),
  ),
);
const httpAgent = trackSockets(rejectingUnsolicitedData(new HttpAgent(KEEP_ALIVE)));

const httpsAgentOnce = trackSockets(new HttpsAgent(PROXY));
const httpAgentOnce = trackSockets(new HttpAgent());

/** Returns the agent that keeps connections alive. */
export const keepAliveAgent = (url: string): HttpAgent => (isHttps(url) ? httpsAgent : httpAgent);

/** Returns the agent that opens a new connection for every request. */
export const noKeepAliveAgent = (url: string): HttpAgent => (isHttps(url) ? httpsAgentOnce : httpAgentOnce);

const isHttps = (url: string): boolean => url.startsWith('https:');

/**
 * Makes an agent destroy a connection at its reuse, if the server has sent data while it was idle: the request would
 * take that for its response. The request then fails as if the server had closed the connection.
 */
function rejectingUnsolicitedData<Own extends HttpAgent>(agent: Own): Own {
  const { keepSocketAlive, reuseSocket } = agent;
  const bytesWhenIdle = new WeakMap<Duplex, number | undefined>();
  return Object.assign(agent, {
    // Compares byte counts: with a `data` listener, node-fetch would report a complete response as cut short.
    keepSocketAlive: (socket: Duplex): unknown => {
      bytesWhenIdle.set(socket, bytesRead(socket));
      return Reflect.apply(keepSocketAlive, agent, [socket]);
    },
    reuseSocket: (socket: Duplex, request: ClientRequest): void => {
      Reflect.apply(reuseSocket, agent, [socket, request]);
      if (bytesRead(socket) !== bytesWhenIdle.get(socket)) socket.destroy();
    },
  });
}

const bytesRead = (socket: Duplex): number | undefined =>
  socket instanceof Socket ? socket.bytesRead : undefined;
