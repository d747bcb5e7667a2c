import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { type Destination, PreconnectingAgent } from './preconnect.js';

const KEEP_ALIVE = { keepAlive: true, timeout: 30_000 };
const kept = { http: watched(new HttpAgent(KEEP_ALIVE)), https: watched(new PreconnectingAgent(KEEP_ALIVE)) };
const fresh = { http: watched(new HttpAgent()), https: watched(new HttpsAgent()) };

/** Picks an agent of our own that keeps connections alive; one for all clients, since an app may have many. */
export const keptAgent = (url: URL): HttpAgent => (url.protocol === 'https:' ? kept.https : kept.http);

/** Picks an agent of our own that opens a new connection for every request. */
export const freshAgent = (url: URL): HttpAgent => (url.protocol === 'https:' ? fresh.https : fresh.http);

/** How many connections it takes to ask one server all at once. */
interface ConnectionsNeeded {
  destination: Destination;
  count: number;
}

/** What requests to these URLs need; nothing on plain http, which is loopback, where nothing is far. */
export function connectionsFor(urls: readonly string[]): ConnectionsNeeded[] {
  const origins = urls.map(url => new URL(url).origin).filter(origin => origin.startsWith('https:'));
  return [...new Set(origins)].map(origin => ({
    destination: kept.https.destinationOf(new URL(origin)),
    count: origins.filter(other => other === origin).length,
  }));
}

/** Opens connections of the agent that keeps them alive, as many as are missing. */
export function openAhead(needed: readonly ConnectionsNeeded[]): void {
  for (const { destination, count } of needed) kept.https.prepare(destination, count);
}

/**
 * A request on its way, and its answer: tells whether a byte of an answer has come. An error alone does not: a connection
 * that breaks in the middle of the status line looks like one that broke before.
 */
export class Exchange {
  readonly #controller = new AbortController();
  #socket: Socket | undefined;
  #bytesBefore = 0;

  /** Aborted by `end()`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Starts the request. Node gives it a connection at once, so whichever one is taken meanwhile is its own. */
  start<Result>(request: () => Result): Result {
    watching = this;
    try {
      return request();
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

// By the methods that Node documents for it: of its two agents, either one is asked at the start of every request.
function watched<Watched extends HttpAgent>(agent: Watched): Watched {
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
