import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { serve } from './subprocess.js';

/** Forwards bytes to the hosts with a delay. */
export type Relay = typeof relay;

const relay = serve({
  /** Puts these ports a round trip (ms) away. @returns the new ports. */
  open: ({ ports, roundTrip }: { ports: number[]; roundTrip: number }): Promise<number[]> =>
    Promise.all(ports.map(port => listen(port, roundTrip))),
});

async function listen(port: number, roundTrip: number): Promise<number> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, near => {
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    // Loopback connects at once. Over a distance, the first byte leaves after the round trip of the TCP handshake.
    const connected = performance.now() + roundTrip;
    forward(near, far, roundTrip / 2, connected);
    forward(far, near, roundTrip / 2, connected);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Forwards each chunk, and the end, in order and after its own delay. */
function forward(from: Socket, to: Socket, delay: number, notBefore: number): void {
  const queue: { due: number; deliver: () => void }[] = [];
  let waiting = false;

  const send = (deliver: () => void): void => {
    queue.push({ due: Math.max(performance.now(), notBefore) + delay, deliver });
    if (!waiting) deliverDue();
  };
  const deliverDue = (): void => {
    while (queue[0] && queue[0].due <= performance.now()) queue.shift()?.deliver();
    waiting = queue[0] !== undefined;
    if (!queue[0]) return;
    // Timers are up to two milliseconds late, so the last two are polled.
    const left = queue[0].due - performance.now();
    if (left > 2) setTimeout(deliverDue, Math.floor(left - 2));
    else setImmediate(deliverDue);
  };

  from.on('data', chunk => send(() => to.write(chunk)));
  from.on('end', () => send(() => to.end()));
  from.on('error', () => send(() => to.destroy()));
}
