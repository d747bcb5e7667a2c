import { Agent, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

// Not longer: an unref'd connection lets the process end, but not before the operating system has opened it or given up.
const OPENING_TIME = 3_000;

const ENDINGS = ['data', 'end', 'error', 'timeout', 'close'];

/** Where connections lead to, as the requests for them say it. */
export interface Destination {
  options: RequestOptions;
  /** The agent's word for it. */
  name: string;
}

/**
 * An agent that opens connections before there is a request for them, by the methods that Node documents for agents of
 * one's own. Spare ones wait as long as those kept alive do. One that ends is forgotten: the next request then opens its
 * own, as it would have anyway.
 */
export class PreconnectingAgent extends Agent {
  /** By host and port: the spare connections, each with what forgets it. */
  readonly #spares = new Map<string, Map<TLSSocket, () => void>>();
  /** By host and port: what shortens the next handshake. Node keeps it too, but not for connections without a request. */
  readonly #sessions = new Map<string, Buffer>();

  destinationOf({ hostname, port }: URL): Destination {
    const host = hostname.replace(/^\[|\]$/g, ''); // the brackets of an IPv6 address
    const options = { ...this.options, host, port: Number(port) || 443, servername: isIP(host) ? '' : host };
    return { options, name: this.getName(options) };
  }

  /** Sees to it that so many connections are free, or about to be. */
  openSpares({ options, name }: Destination, count: number): void {
    const free = this.freeSockets[name]?.length ?? 0;
    if (free >= count) return;
    for (let ready = free + this.#sparesFor(options).size; ready < count; ready++) this.#openSpare(options);
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, connection: Duplex) => void,
  ): Duplex | null | undefined {
    const spares = this.#sparesFor(options);
    const [spare] = spares;
    if (!spare) return this.#open(options, callback);
    const [socket, forget] = spare;
    spares.delete(socket);
    for (const event of ENDINGS) socket.off(event, forget);
    return socket.setTimeout(options.timeout ?? 0).ref();
  }

  override destroy(): void {
    for (const spares of this.#spares.values()) for (const forget of spares.values()) forget();
    super.destroy();
  }

  #openSpare(options: RequestOptions): void {
    const socket = this.#open(options);
    if (!(socket instanceof TLSSocket)) return;
    const spares = this.#sparesFor(options);
    const forget = () => {
      spares.delete(socket);
      socket.destroy();
    };
    spares.set(socket, forget);
    // `data` is among them: what nobody asked for would be taken for the answer to the next request.
    for (const event of ENDINGS) socket.on(event, forget);
    // No delay: a request soon after the handshake would wait until the server has acknowledged that (40 ms, measured).
    socket.setNoDelay().setTimeout(OPENING_TIME).unref();
    socket.once('secureConnect', () => {
      // Once more: for another address of the server Node makes a new handle, which would keep the process alive again.
      if (spares.has(socket)) socket.setTimeout(options.timeout ?? 0).unref();
    });
  }

  #open(
    options: RequestOptions,
    callback?: (error: Error | null, connection: Duplex) => void,
  ): Duplex | null | undefined {
    const origin = originOf(options);
    const session = this.#sessions.get(origin);
    const socket = super.createConnection({ ...(session && { session }), ...options }, callback);
    socket?.on('session', (fresh: Buffer) => this.#sessions.set(origin, fresh));
    socket?.once('close', (failed: boolean) => {
      if (failed) this.#sessions.delete(origin);
    });
    return socket;
  }

  #sparesFor(options: RequestOptions): Map<TLSSocket, () => void> {
    const origin = originOf(options);
    const spares = this.#spares.get(origin) ?? new Map<TLSSocket, () => void>();
    this.#spares.set(origin, spares);
    return spares;
  }
}

const originOf = ({ host, port }: RequestOptions): string => `${host}:${port}`;
