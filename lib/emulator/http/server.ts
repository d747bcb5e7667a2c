import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { originAt } from '../paths.js';
import { type ReceivedRequest, readRequest } from './request.js';
import { type Reply, textReply } from './response.js';

/** Answers a request: with a reply, by ending the connection, or never. */
export type Answer = (request: ReceivedRequest) => Promise<Reply | 'drop' | 'hang'>;

export async function startServer(
  { port, host }: { port: number; host: string },
  answer: Answer,
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const respond = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reply = await answer(await readRequest(message));
    if (reply === 'drop') response.destroy();
    else if (reply !== 'hang') send(response, reply);
  };
  const server = createServer((message, response) => {
    // Nobody reads this when the client went away. It is for what `app` or `users` were set to.
    respond(message, response).catch(error =>
      send(response, textReply(500, `The emulator failed: ${error}`)),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { origin: originOf(server, host), stop: () => stop(server) };
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
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
