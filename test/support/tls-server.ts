import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';

/** A real TLS server on loopback that records its connections and requests. */
export interface TLSServer {
  url: URL;
  /** The certificate, for clients to trust. */
  ca: string;
  /** Every connection that completed its handshake, including closed ones. */
  connections: TLSSocket[];
  /** The number of open connections. */
  open(): Promise<number>;
  /** The number of requests. */
  readonly requests: number;
  /** Calls `act` with each new connection after its handshake. */
  onConnection(act: (socket: TLSSocket) => void): void;
  /** Ends every connection from the side of the server. */
  hangUp(): void;
  close(): Promise<void>;
}

// One for all servers: of two certificates with the same name, a client would try only the first.
let certificate: ReturnType<typeof generate> | undefined;

export async function startTLSServer(listener: RequestListener): Promise<TLSServer> {
  certificate ??= generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const { private: key, cert } = await certificate;
  let requests = 0;
  const connections: TLSSocket[] = [];
  const server: Server = createServer({ key, cert, keepAliveTimeout: 60_000 }, (request, response) => {
    requests += 1;
    listener(request, response);
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    connections.push(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  const hangUp = () => {
    for (const socket of connections) socket.end();
  };
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  return {
    url: new URL(`https://localhost:${(server.address() as AddressInfo).port}`),
    ca: cert,
    connections,
    open: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    get requests() {
      return requests;
    },
    onConnection: act => server.on('secureConnection', act),
    hangUp,
    close: async () => {
      for (const socket of connections) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
