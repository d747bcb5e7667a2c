import dns from 'node:dns';
import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

// Short, since an unref'd socket still keeps the process alive until `connect` completes or fails.
const CONNECT_TIMEOUT = 3_000;

// A spare connection that ends unused within this time counts as a failure.
const FAILURE_AGE = 5_000;

// Failures in a row after which the agent pauses. More than one, since a server that restarts closes connections too.
// A connection that never opened pauses it at once.
const MAX_FAILURES = 3;

const PAUSE = 30_000;

// TCP keep-alive, for firewalls that discard a connection after some seconds without a packet.
const KEEP_ALIVE_DELAY = 1_000;

const DISCARD_EVENTS = ['data', 'end', 'error', 'timeout', 'close'];

/** Where a connection leads to. */
export interface Destination {
  options: RequestOptions;
  /** The key in the agent's socket maps (`getName`). */
  name: string;
}

/**
 * An agent that opens spare connections before there are requests for them. A request takes a spare connection, or
 * opens its own when there is none. The agent pauses where spare connections cannot be opened or end soon; requests go
 * on.
 */
export class PreconnectingAgent extends Agent {
  /** By host and port: the spare connections, each with the function that discards it. */
  readonly #spares = new Map<string, Map<TLSSocket, () => void>>();
  /**
   * By host and port: the TLS session, for a shorter handshake. Node keeps it too, but only for connections of
   * requests.
   */
  readonly #tlsSessions = new Map<string, Buffer>();
  /** By host and port: how many failures in a row, and the time of the last one. */
  readonly #failures = new Map<string, { count: number; at: number }>();
  /** By host: the spare connections that wait for its addresses, and a function that looks it up again. */
  readonly #lookups = new Map<string, { waiting: Parameters<LookupFunction>[2][]; lookUp: () => void }>();
  readonly #spareTimeout: number;

  /** @param options `spareTimeout`: how long a spare connection is kept, in milliseconds. */
  constructor({ spareTimeout, ...options }: AgentOptions & { spareTimeout: number }) {
    super(options);
    this.#spareTimeout = spareTimeout;
  }

  destinationOf({ hostname, port }: URL): Destination {
    const host = hostname.replace(/[[\]]/g, ''); // the brackets of an IPv6 address
    const options = { ...this.options, host, port: Number(port) || 443, servername: isIP(host) ? '' : host };
    return { options, name: this.getName(options) };
  }

  /** Opens spare connections until `count` are idle or opening. */
  preconnect({ options, name }: Destination, count: number): void {
    const free = this.freeSockets[name]?.length ?? 0;
    if (free >= count || this.#isPaused(options)) return;
    for (let ready = free + this.#sparesFor(options).size; ready < count; ready++) this.#openSpare(options);
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, connection: Duplex) => void,
  ): Duplex | null | undefined {
    const spares = this.#sparesFor(options);
    const [spare] = spares;
    if (!spare) return this.#open(options, callback);
    const [socket, discard] = spare;
    spares.delete(socket);
    for (const event of DISCARD_EVENTS) socket.off(event, discard);
    // Look it up again, as for a new connection: the response to the first lookup may be lost.
    if (socket.connecting) this.#lookups.get(`${options.host}`)?.lookUp();
    return socket.setTimeout(0).ref();
  }

  override destroy(): void {
    for (const spares of this.#spares.values()) for (const discard of spares.values()) discard();
    super.destroy();
  }

  #openSpare(options: RequestOptions): void {
    const openedAt = performance.now();
    const socket = this.#open({ lookup: this.#lookup, ...options });
    if (!(socket instanceof TLSSocket)) return;
    const spares = this.#sparesFor(options);
    let isOpen = false;
    const discard = () => {
      if (!spares.delete(socket)) return;
      socket.destroy();
      if (performance.now() - openedAt < FAILURE_AGE) this.#countFailure(options, isOpen ? 1 : MAX_FAILURES);
    };
    spares.set(socket, discard);
    // `data` too: the next request would take it for its response.
    for (const event of DISCARD_EVENTS) socket.on(event, discard);
    // Without Nagle's algorithm, which delays a request soon after the handshake by 40 ms.
    socket.setNoDelay().setTimeout(CONNECT_TIMEOUT).unref();
    socket.once('secureConnect', () => {
      isOpen = true;
      if (!spares.has(socket)) return;
      // unref() again: for a second address of the server, Node creates a new handle.
      socket.setTimeout(this.#spareTimeout).setKeepAlive(true, KEEP_ALIVE_DELAY).unref();
    });
  }

  /**
   * One lookup for all spare connections to a host, since each occupies a thread of libuv while DNS does not respond.
   */
  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    const known = this.#lookups.get(hostname);
    if (known) return void known.waiting.push(callback);
    const waiting = [callback];
    const lookUp = () =>
      dns.lookup(hostname, options, (...found) => {
        if (waiting.length > 0) this.#lookups.delete(hostname);
        for (const done of waiting.splice(0)) done(...found);
      });
    this.#lookups.set(hostname, { waiting, lookUp });
    lookUp();
  };

  #isPaused(options: RequestOptions): boolean {
    const failures = this.#failures.get(originOf(options));
    return (
      failures !== undefined && failures.count >= MAX_FAILURES && performance.now() - failures.at < PAUSE
    );
  }

  #countFailure(options: RequestOptions, weight: number): void {
    const { count } = this.#failures.get(originOf(options)) ?? { count: 0 };
    this.#failures.set(originOf(options), { count: count + weight, at: performance.now() });
  }

  #open(
    options: RequestOptions,
    callback?: (error: Error | null, connection: Duplex) => void,
  ): Duplex | null | undefined {
    const origin = originOf(options);
    const session = this.#tlsSessions.get(origin);
    const socket = super.createConnection({ ...(session && { session }), ...options }, callback);
    return socket
      ?.on('session', (fresh: Buffer) => this.#tlsSessions.set(origin, fresh))
      .on('free', () => this.#failures.delete(origin)) // it carried a response
      .once('close', (failed: boolean) => {
        if (failed) this.#tlsSessions.delete(origin);
      });
  }

  #sparesFor(options: RequestOptions): Map<TLSSocket, () => void> {
    const origin = originOf(options);
    const spares = this.#spares.get(origin) ?? new Map<TLSSocket, () => void>();
    this.#spares.set(origin, spares);
    return spares;
  }
}

const originOf = ({ host, port }: RequestOptions): string => `${host}:${port}`;
