import dns from 'node:dns';
import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

// Not longer: an unref'd connection lets the process end, but not before the operating system has opened it or given up.
const OPENING_TIME = 3_000;

/** A connection that ends unused within this time (ms) counts as a failure. */
const SOON = 5_000;

/** Failures in a row after which the agent rests. Not one: a server that restarts closes its connections too. */
const FAILURES = 3;

/** How long the agent rests, in milliseconds. */
const REST = 30_000;

/** TCP keep-alive (ms): most firewalls forget a connection only after seconds without a packet. */
const PROBE_AFTER = 1_000;

const DISCARD_EVENTS = ['data', 'end', 'error', 'timeout', 'close'];

/** Where connections lead to, as the requests for them say it. */
export interface Destination {
  options: RequestOptions;
  /** The agent's word for it. */
  name: string;
}

/**
 * An agent that opens connections before there is a request for them, by the methods that Node documents for agents of
 * one's own. One that ends is forgotten: the next request then opens its own, as it would have anyway. Where they cannot
 * be opened, or end soon, it rests; requests are sent as always.
 */
export class PreconnectingAgent extends Agent {
  /** By host and port: the spare connections, each with what forgets it. */
  readonly #spares = new Map<string, Map<TLSSocket, () => void>>();
  /** By host and port: what shortens the next handshake. Node keeps it too, but not for connections without a request. */
  readonly #sessions = new Map<string, Buffer>();
  /** By host and port: the failures in a row, and when the last one was. */
  readonly #failures = new Map<string, { count: number; at: number }>();
  /** By host: the connections that wait for its addresses, and what looks it up once more. */
  readonly #lookups = new Map<string, { waiting: Parameters<LookupFunction>[2][]; ask: () => void }>();
  readonly #spareTimeout: number;

  /** @param options `spareTimeout`: how long a spare connection is kept, in milliseconds. */
  constructor({ spareTimeout, ...options }: AgentOptions & { spareTimeout: number }) {
    super(options);
    this.#spareTimeout = spareTimeout;
  }

  destinationOf({ hostname, port }: URL): Destination {
    const host = hostname.replace(/^\[|\]$/g, ''); // the brackets of an IPv6 address
    const options = { ...this.options, host, port: Number(port) || 443, servername: isIP(host) ? '' : host };
    return { options, name: this.getName(options) };
  }

  /** Sees to it that so many connections are free, or about to be. */
  preconnect({ options, name }: Destination, count: number): void {
    const free = this.freeSockets[name]?.length ?? 0;
    if (free >= count || this.#rests(options)) return;
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
    for (const event of DISCARD_EVENTS) socket.off(event, forget);
    // As for a connection of its own: the lookup under way may be waiting for an answer that got lost.
    if (socket.connecting) this.#lookups.get(`${options.host}`)?.ask();
    return socket.setTimeout(options.timeout ?? 0).ref();
  }

  override destroy(): void {
    for (const spares of this.#spares.values()) for (const forget of spares.values()) forget();
    super.destroy();
  }

  #openSpare(options: RequestOptions): void {
    const openedAt = performance.now();
    const socket = this.#open({ lookup: this.#lookup, ...options });
    if (!(socket instanceof TLSSocket)) return;
    const spares = this.#sparesFor(options);
    let isOpen = false;
    const forget = () => {
      if (!spares.delete(socket)) return;
      socket.destroy();
      if (performance.now() - openedAt < SOON) this.#countFailure(options, isOpen ? 1 : FAILURES);
    };
    spares.set(socket, forget);
    // `data` is among them: what nobody asked for would be taken for the answer to the next request.
    for (const event of DISCARD_EVENTS) socket.on(event, forget);
    // No delay: a request soon after the handshake would wait until the server has acknowledged that (40 ms, measured).
    socket.setNoDelay().setTimeout(OPENING_TIME).unref();
    socket.once('secureConnect', () => {
      isOpen = true;
      if (!spares.has(socket)) return;
      // Once more: for another address of the server Node makes a new handle, which would keep the process alive again.
      socket.setTimeout(this.#spareTimeout).setKeepAlive(true, PROBE_AFTER).unref();
    });
  }

  /** One lookup for all spare connections to a host: each holds a thread of the process while DNS does not answer. */
  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    const known = this.#lookups.get(hostname);
    if (known) return void known.waiting.push(callback);
    const waiting = [callback];
    const ask = () =>
      dns.lookup(hostname, options, (...found) => {
        if (waiting.length > 0) this.#lookups.delete(hostname);
        for (const done of waiting.splice(0)) done(...found);
      });
    this.#lookups.set(hostname, { waiting, ask });
    ask();
  };

  #rests(options: RequestOptions): boolean {
    const failures = this.#failures.get(originOf(options));
    return failures !== undefined && failures.count >= FAILURES && performance.now() - failures.at < REST;
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
    const session = this.#sessions.get(origin);
    const socket = super.createConnection({ ...(session && { session }), ...options }, callback);
    socket?.on('session', (fresh: Buffer) => this.#sessions.set(origin, fresh));
    socket?.on('free', () => this.#failures.delete(origin)); // it has carried a response
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
