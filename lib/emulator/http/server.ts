import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { originAt } from '../paths.js';
import { type HttpRequest, readRequest } from './request.js';
import { type HttpResponse, type NoResponse, textResponse } from './response.js';

export async function startServer(
  { port, host }: { port: number; host: string },
  handle: (request: HttpRequest) => Promise<HttpResponse | NoResponse>,
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const respond = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const result = await handle(await readRequest(message));
    if (result === 'drop') response.destroy();
    else if (result !== 'hang') send(response, result);
  };
  const server = createServer((message, response) => {
    // Invalid values in `app` or `users` end here, and so does a client that went away: it does not read the response.
    respond(message, response).catch(error =>
      send(response, textResponse(500, `The emulator failed: ${error}`)),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { origin: originOf(server, host), stop: () => stop(server) };
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

function originOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The emulator has no port');
  return originAt(host, address.port);
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
