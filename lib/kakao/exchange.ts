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

  /** Ends the request when `end()` is called. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it is certain that nothing came back; false where a fetch of the app's hides the connection. */
  get isUnanswered(): boolean {
    return this.#socket !== undefined && this.#socket.bytesRead === this.#bytesBefore;
  }

  /** Gives an agent that is the given one, and shows this exchange the request that it is to send. */
  watch(agent: Agent): Agent {
    // Not in Node's documentation, but what Node asks of every agent: it refuses one without this method.
    const send: AddRequest = Reflect.get(agent, 'addRequest');
    const addRequest: AddRequest = (request, ...rest) => {
      this.#follow(request);
      Reflect.apply(send, agent, [request, ...rest]);
    };
    return Object.create(agent, { addRequest: { value: addRequest } });
  }

  /** Fails the body where the connection ends before the response does: node-fetch would wait for the rest. */
  guard(body: Readable): void {
    this.#response?.once('error', error => body.destroy(error));
  }

  /** Ends what is left of it: a response that does not come, a body that is too long. */
  end(): void {
    this.#controller.abort();
  }

  #follow(request: ClientRequest): void {
    request.once('socket', socket => {
      this.#socket = socket;
      this.#bytesBefore = socket.bytesRead;
    });
    request.once('response', response => {
      this.#response = response;
    });
  }
}

type AddRequest = (request: ClientRequest, ...rest: unknown[]) => void;
