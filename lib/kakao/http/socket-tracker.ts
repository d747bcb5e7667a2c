import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * One request of node:http on its way, and its response. Tells whether a byte of a response has come: an error alone does
 * not, since a connection that breaks in the middle of the status line looks like one that broke before.
 */
export class Exchange {
  readonly #controller = new AbortController();
  #socket: Socket | undefined;
  #bytesBefore = 0;
  #response: IncomingMessage | undefined;
  #body: Readable | undefined;

  /**
   * Starts the request, which is given the signal that `end()` aborts. Node gives a request to its agent at once, so the first
   * one that the agent gets before this returns is the right one.
   */
  start<Result>(request: (signal: AbortSignal) => Result): Result {
    starting = this;
    try {
      return request(this.#controller.signal);
    } finally {
      starting = undefined;
    }
  }

  /** Whether it is certain that nothing came back; false where a fetch of the app's hides the connection. */
  get isUnanswered(): boolean {
    return this.#socket?.bytesRead !== undefined && this.#socket.bytesRead === this.#bytesBefore;
  }

  /** Sets the body to fail where the connection ends before the response does: node-fetch would wait for the rest. */
  guard(body: Readable): void {
    this.#body = body;
  }

  /** Ends a response whose body ended before it did: deflated data may be followed by bytes without end. */
  endRest(): void {
    if (this.#response?.complete === false) this.end();
  }

  /** Ends what is left of it: a response that does not come, a body that is too long. */
  end(): void {
    this.#controller.abort(ENDED);
  }

  /** @internal */
  follow(request: ClientRequest): void {
    request.once('socket', socket => {
      this.#socket = socket;
      this.#bytesBefore = socket.bytesRead;
    });
    request.once('response', response => {
      this.#response = response;
      response.once('error', error => (this.#body ? this.#body.destroy(error) : this.end()));
    });
  }
}

// Made once: abort() would make an error with a stack each time.
const ENDED = new Error('The request was ended');

let starting: Exchange | undefined;

type AddRequest = (request: ClientRequest, ...rest: unknown[]) => void;

/** How an agent takes a request, shown to the exchange that is being started. */
const showing =
  (agent: Agent, addRequest: AddRequest): AddRequest =>
  (request, ...rest) => {
    starting?.follow(request);
    Reflect.apply(addRequest, agent, [request, ...rest]);
  };

/** Lets an agent of our own show its requests. */
export function watched<Own extends Agent>(agent: Own): Own {
  const addRequest: AddRequest = Reflect.get<Agent, 'addRequest'>(agent, 'addRequest');
  return Object.assign(agent, { addRequest: showing(agent, addRequest) });
}

const appAgents = new WeakMap<Agent, Agent>();

/** Gives an agent that shows its requests and is an agent of the app in all else; the app's own stays as it is. */
export function trackSocketsOf(agent: Agent): Agent {
  const known = appAgents.get(agent);
  if (known) return known;
  const created = new Proxy(agent, {
    // Getters and methods run on the agent itself, since they may use #private members.
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return name === 'addRequest' ? showing(target, value.bind(target)) : value.bind(target);
    },
  });
  appAgents.set(agent, created);
  return created;
}
