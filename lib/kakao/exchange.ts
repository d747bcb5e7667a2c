import type { Agent } from 'node:http';
import { Socket } from 'node:net';

/**
 * A request on its way, and its answer: tells whether a byte of an answer has come. An error alone does not: a connection
 * that breaks in the middle of the status line looks like one that broke before.
 */
export class Exchange {
  readonly #controller = new AbortController();
  #socket: Socket | undefined;
  #bytesBefore = 0;

  /**
   * Starts the request, which is given the signal that `end()` aborts. Node gives it a connection at once, so whichever one is
   * taken meanwhile is its own.
   */
  start<Result>(request: (signal: AbortSignal) => Result): Result {
    watching = this;
    try {
      return request(this.#controller.signal);
    } finally {
      watching = undefined;
    }
  }

  /** Whether it is certain that nothing came back; false where an agent or a fetch of the app's hides the connection. */
  get isUnanswered(): boolean {
    return this.#socket !== undefined && this.#socket.bytesRead === this.#bytesBefore;
  }

  /** Ends what is left of it: an answer that does not come, a body that is too long. */
  end(): void {
    this.#controller.abort();
  }

  /** @internal */
  take(socket: Socket): void {
    this.#socket = socket;
    this.#bytesBefore = socket.bytesRead;
  }
}

let watching: Exchange | undefined;

/** Lets an agent tell the exchange that is being started which connection it has got. */
// Node documents both methods for agents of one's own; every request calls exactly one of them as it starts.
export function watched<Watched extends Agent>(agent: Watched): Watched {
  const create = agent.createConnection.bind(agent);
  const reuse = agent.reuseSocket.bind(agent);
  const noted = <Connection>(connection: Connection): Connection => {
    if (connection instanceof Socket) watching?.take(connection);
    return connection;
  };
  agent.createConnection = (options, callback) => noted(create(options, callback));
  agent.reuseSocket = (connection, request) => reuse(noted(connection), request);
  return agent;
}
