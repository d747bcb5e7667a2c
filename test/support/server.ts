import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { KakaoBusinessEndpoints } from '../../lib/index.js';

/** A real server on loopback, for faults that mocks cannot simulate: silence, floods, dropped connections. */
export interface LoopbackServer {
  url: string;
  /** Kakao's endpoints on this server. */
  endpoints: KakaoBusinessEndpoints;
  close(): Promise<void>;
}

/** Starts an HTTP server; the handler gets the number of the request, from 1. */
export function startHttpServer(
  handler: (...args: [...Parameters<RequestListener>, count: number]) => void,
): Promise<LoopbackServer> {
  let count = 0;
  return listen(createHttpServer((request, response) => handler(request, response, ++count)));
}

/**
 * Starts a TCP server; the handler writes any bytes after the first data of a request, whose number it gets, from 1.
 */
export const startRawServer = (handler: (socket: Socket, count: number) => void): Promise<LoopbackServer> => {
  let count = 0;
  return listen(
    createTcpServer(socket => socket.on('error', () => {}).once('data', () => handler(socket, ++count))),
  );
};

async function listen(server: Server): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    endpoints: {
      authorizationURL: `${url}/authorize`,
      tokenURL: `${url}/token`,
      userInfoURL: `${url}/userinfo`,
      tokenInfoURL: `${url}/tokeninfo`,
      revokeURL: `${url}/revoke`,
      momentURL: url,
      keywordAdURL: url,
    },
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A port that was free a moment ago, for a process that needs one as an option. */
export async function freePort(): Promise<number> {
  const server = await startRawServer(() => {});
  await server.close();
  return Number(new URL(server.url).port);
}
