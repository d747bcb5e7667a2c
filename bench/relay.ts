import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { serve } from './subprocess.js';

/** Stands before a server and makes it far away. */
export type Relay = typeof relay;

const relay = serve({
  /** Listens for connections to a port of this machine, a round trip of so many milliseconds away. */
  open: async ({ port, roundTrip }: { port: number; roundTrip: number }): Promise<number> => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, near => {
      const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
      // Loopback accepts at once. Across a distance a connection takes a round trip before its first byte may leave.
      const established = performance.now() + roundTrip;
      carry(near, far, roundTrip / 2, established);
      carry(far, near, roundTrip / 2, established);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
});

/** Hands on what one side sends, its end included, in order, and each piece on its own: none waits for another. */
function carry(from: Socket, to: Socket, delay: number, notBefore: number): void {
  const under: { due: number; arrive: () => void }[] = [];
  let waiting = false;

  const depart = (arrive: () => void): void => {
    under.push({ due: Math.max(performance.now(), notBefore) + delay, arrive });
    if (!waiting) arriveInTime();
  };
  const arriveInTime = (): void => {
    waiting = false;
    while (under[0] && under[0].due <= performance.now()) under.shift()?.arrive();
    if (!under[0]) return;
    waiting = true;
    // Timers count whole milliseconds and are late by up to one or two: the rest is waited for turn by turn.
    const left = under[0].due - performance.now();
    if (left > 2) setTimeout(arriveInTime, Math.floor(left - 2));
    else setImmediate(arriveInTime);
  };

  from.on('data', chunk => depart(() => to.write(chunk)));
  from.on('end', () => depart(() => to.end()));
  from.on('error', () => depart(() => to.destroy()));
}
