import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { originAt } from '../paths.js';
import type { Certificate } from './certificate.js';
import { type HttpRequest, readRequest } from './request.js';
import { type HttpResponse, type NoResponse, textResponse } from './response.js';

export async function startServer(
  { port, host, https }: { port: number; host: string; https?: Certificate | undefined },
  handle: (request: HttpRequest) => Promise<HttpResponse | NoResponse>,
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const respond = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const result = await handle(await readRequest(message));
    if (result === 'drop') response.destroy();
    else if (result !== 'hang') send(response, result);
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    // Invalid values in `app` or `users` end here, and so does a client that went away: it does not read the response.
    respond(message, response).catch(error =>
      send(response, textResponse(500, `The emulator failed: ${error}`)),
    );
  };
  const server = https ? createSecureServer({ ...https }, listener) : createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const origin = originAt(https ? 'https' : 'http', host, portOf(server));
  return { origin, stop: () => stop(server, sockets) };
}

function send(response: ServerResponse, { status, headers, body, stream }: HttpResponse): void {
  if (stream) {
    if (response.destroyed) return; // it would have no end
    response.writeHead(status, headers);
    response.write(body);
    const end = stream(text => {
      if (!response.writableNeedDrain) response.write(text);
    });
    response.on('close', end);
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The emulator has no port');
  return address.port;
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Not closeAllConnections(), which leaves out those within their TLS handshake.
  for (const socket of sockets) socket.destroy();
  await closed;
}
