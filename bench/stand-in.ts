import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, kapi, kauth } from './answers.js';
import { serve } from './subprocess.js';

/**
 * The two hosts that a login asks, in a process of their own, so that their work is not counted. Whoever brings
 * `code-7` gets `token-7`, and is the user 7.
 */
export type StandIn = typeof standIn;

const standIn = serve({
  /** Starts both hosts. @returns their ports. */
  listen: async (certificate: { key: string; cert: string }) => ({
    kauth: await listen(certificate, kauth),
    kapi: await listen(certificate, kapi),
  }),

  /** How many connections were opened and requests answered since the last time this was asked. */
  counts: () => {
    const counted = { ...counts };
    counts.connections = 0;
    counts.requests = 0;
    return counted;
  },

  /** Closes every connection, and waits until the other side has seen it. */
  closeConnections: async () => {
    await Promise.all([...connections].map(close));
  },
});

const counts = { connections: 0, requests: 0 };
const connections = new Set<Socket>();

async function listen(
  certificate: { key: string; cert: string },
  answers: Record<string, Answer>,
): Promise<number> {
  const server = createServer(certificate, (request, response) => void answer(answers, request, response));
  server.keepAliveTimeout = 65_000; // a little longer than nginx keeps a connection without being told otherwise
  server.on('secureConnection', socket => {
    counts.connections += 1;
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function answer(
  answers: Record<string, Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  counts.requests += 1;
  const { method, url = '', headers } = request;
  const asked = method === 'POST' ? await text(request) : `${url} ${headers.authorization}`;
  const [, user] = (method === 'POST' ? /\bcode=code-(\d+)/ : /\btoken-(\d+)/).exec(asked) ?? [];
  const says = answers[url.replace(/\?.*/s, '')];
  if (!says || user === undefined) return void response.writeHead(404).end();
  const { type, body } = says(Number(user));
  response.writeHead(200, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    // Said, so that Node does not add the header Keep-Alive: nginx does not tell how long it keeps a connection.
    connection: 'keep-alive',
  });
  response.end(body);
}

async function close(socket: Socket): Promise<void> {
  const closed = new Promise(resolve => socket.once('close', resolve));
  socket.end();
  await Promise.race([closed, wait(3000)]);
  socket.destroy();
}
