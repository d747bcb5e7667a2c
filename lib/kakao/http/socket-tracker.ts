import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * Tracks the socket of one request. Knows whether a byte of a response has come, which the error alone does not: a
 * connection that breaks within the status line looks like one that broke before.
 */
export class SocketTracker {
  readonly #controller = new AbortController();
  #socket: Socket | undefined;
  #bytesBefore = 0;
  #response: IncomingMessage | undefined;
  #body: Readable | undefined;

  /**
   * Starts a request, with the signal that `abort()` aborts. Node passes a request to its agent synchronously, so the
   * first request that an agent gets before this returns is the one to track.
   */
  run<Result>(start: (signal: AbortSignal) => Result): Result {
    current = this;
    try {
      return start(this.#controller.signal);
    } finally {
      current = undefined;
    }
  }

  /** Whether a byte of a response may have come: true also where the fetch option hides the socket. */
  get hasBytes(): boolean {
    return this.#socket?.bytesRead === undefined || this.#socket.bytesRead !== this.#bytesBefore;
  }

  /** Makes the body fail when the connection ends before the response does: node-fetch would wait for the rest. */
  watch(body: Readable): void {
    this.#body = body;
  }

  /** Aborts a response that goes on after its body has ended: deflated data may be followed by endless bytes. */
  abortRest(): void {
    if (this.#response?.complete === false) this.abort();
  }

  /** Aborts the request and closes its connection, unless the response is complete. */
  abort(): void {
    this.#controller.abort(ABORTED);
  }

  /** @internal */
  attach(request: ClientRequest): void {
    request.once('socket', socket => {
      this.#socket = socket;
      this.#bytesBefore = socket.bytesRead;
    });
    request.once('response', response => {
      this.#response = response;
      response.once('error', error => (this.#body ? this.#body.destroy(error) : this.abort()));
    });
  }
}

// Created once: without a reason, abort() creates an error with a stack each time.
const ABORTED = new Error('The request was aborted');

let current: SocketTracker | undefined;

type AddRequest = (request: ClientRequest, ...rest: unknown[]) => void;

const tracking =
  (agent: Agent, addRequest: AddRequest): AddRequest =>
  (request, ...rest) => {
    current?.attach(request);
    Reflect.apply(addRequest, agent, [request, ...rest]);
  };

/** Makes an agent of this package attach its requests to their trackers. */
export function trackSockets<Own extends Agent>(agent: Own): Own {
  const addRequest: AddRequest = Reflect.get<Agent, 'addRequest'>(agent, 'addRequest');
  return Object.assign(agent, { addRequest: tracking(agent, addRequest) });
}

const proxies = new WeakMap<Agent, Agent>();

/** Returns a proxy of the app's agent that attaches its requests to their trackers; the agent itself is not changed. */
export function trackSocketsOf(agent: Agent): Agent {
  const known = proxies.get(agent);
  if (known) return known;
  const proxy = new Proxy(agent, {
    // Getters and methods run on the agent itself, since they may use #private members.
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return name === 'addRequest' ? tracking(target, value.bind(target)) : value.bind(target);
    },
  });
  proxies.set(agent, proxy);
  return proxy;
}
