import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * One request of node:http on its way, and its response. Tells whether a byte of a response has come: an error alone does
 * not, since a connection that breaks in the middle of the status line looks like one that broke before.
 */
export class Exchange {
  /** The status of a 2xx where only that counts; from then on, no failure does. */
  acceptedStatus: number | undefined;
  readonly #controller = new AbortController();
  #socket: Socket | undefined;
  #bytesBefore = 0;
  #response: IncomingMessage | undefined;

  /**
   * Starts the request, which is given the signal that `end()` aborts. It hands its request of node:http to the agent at once,
   * so whichever one the agent is given meanwhile is its own.
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
    return this.#socket !== undefined && this.#socket.bytesRead === this.#bytesBefore;
  }

  /** Fails the body where the connection ends before the response does: node-fetch would wait for the rest. */
  guard(body: Readable): void {
    this.#response?.once('error', error => body.destroy(error));
  }

  /** Ends what is left of it: a response that does not come, a body that is too long. */
  end(): void {
    this.#controller.abort();
  }

  /** @internal */
  follow(request: ClientRequest): void {
    request.once('socket', socket => {
      this.#socket = socket;
      this.#bytesBefore = socket.bytesRead;
    });
    request.once('response', response => {
      this.#response = response;
    });
  }
}

let starting: Exchange | undefined;

type AddRequest = (request: ClientRequest, ...rest: unknown[]) => void;

/** How an agent takes a request, shown to the exchange that is being started. */
function watchedAddRequest(agent: Agent): AddRequest {
  // Not in Node's documentation, but what Node asks of every agent: it refuses one without this method.
  const addRequest: AddRequest = Reflect.get(agent, 'addRequest');
  return (request, ...rest) => {
    starting?.follow(request);
    Reflect.apply(addRequest, agent, [request, ...rest]);
  };
}

/** Lets an agent of our own show its requests. */
export const watched = <Own extends Agent>(agent: Own): Own =>
  Object.assign(agent, { addRequest: watchedAddRequest(agent) });

const appAgents = new WeakMap<Agent, Agent>();

/** Gives an agent that shows its requests and is an agent of the app in all else; the app's own stays as it is. */
export function watchedFromOutside(agent: Agent): Agent {
  const known = appAgents.get(agent);
  if (known) return known;
  const addRequest = watchedAddRequest(agent);
  const created = new Proxy(agent, {
    // The receiver is the agent itself, since a getter may read a #private field.
    get: (target, name) => (name === 'addRequest' ? addRequest : Reflect.get(target, name, target)),
  });
  appAgents.set(agent, created);
  return created;
}
