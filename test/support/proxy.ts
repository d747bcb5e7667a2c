import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A real HTTP proxy on loopback that records the targets of its CONNECT requests. */
export interface ConnectProxy {
  url: string;
  targets: string[];
  close(): Promise<void>;
}

/** @param status the response to CONNECT: 200 connects to the target, any other refuses. */
export async function startProxy(status = 200): Promise<ConnectProxy> {
  const targets: string[] = [];
  const server = createServer().on('connect', ({ url = '' }, client, head) => {
    targets.push(url);
    client.on('error', () => {});
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} Refused\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`tcp://${url}`);
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connected\r\n\r\n');
      target.write(head);
      client.pipe(target).pipe(client);
    });
    target.on('error', () => client.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
