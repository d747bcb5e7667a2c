import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type EmulatedFault, FaultQueue, replyWithFault } from './faults.js';
import { Grants } from './grants.js';
import { type EmulatedApp, type KakaoBusinessEmulatorOptions, toSettings } from './options.js';
import { readRequest } from './received-request.js';
import { type RecordedRequest, Records } from './records.js';
import { type Reply, textReply } from './replies.js';
import {
  type EmulatedEndpoint,
  type EmulatorEndpoints,
  emulatorEndpoints,
  endpointAt,
  replyTo,
} from './routes.js';
import type { EmulatedUser } from './users.js';

/** A local Kakao that is up. Call `close()` when you are done: until then it keeps the process alive. */
export interface KakaoBusinessEmulator {
  /** The five URLs. Spread them into the options of the strategy: `{ clientID, callbackURL, ...emulator.endpoints }`. */
  readonly endpoints: EmulatorEndpoints;
  /** The registered app. Live: push a redirect URI, switch the secret off, take a permission away. */
  readonly app: EmulatedApp;
  /** Who can be chosen on the consent screen. Live as well. */
  readonly users: EmulatedUser[];
  /** What reached the five endpoints, oldest first, at most the last 1000. Yours to empty with `requests.length = 0`. */
  readonly requests: RecordedRequest[];
  /**
   * Makes the next request to an endpoint fail. Called again it queues: one fault for each request.
   *
   * @throws {TypeError} when the endpoint or the fault is not one the emulator knows.
   */
  failNext(endpoint: EmulatedEndpoint, fault: EmulatedFault): void;
  /** Stops it and ends every connection, also one that hangs. A second call does no harm. */
  close(): Promise<void>;
}

/**
 * Starts a local Kakao on 127.0.0.1 with the five endpoints of Business Authentication, a consent screen and Kakao's error
 * page. It keeps everything in memory and calls nobody.
 *
 * @throws {TypeError} (as a rejection) that names the option which cannot be used.
 * @throws {Error} (as a rejection) with code `EADDRINUSE` when the port is taken.
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export async function startKakaoBusinessEmulator(
  options: KakaoBusinessEmulatorOptions = {},
): Promise<KakaoBusinessEmulator> {
  const { port, app, users, now } = toSettings(options);
  const kakao = { app, users, grants: new Grants(now) };
  const records = new Records();
  const faults = new FaultQueue();
  const closing = new AbortController();

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    const endpoint = endpointAt(request.path);
    if (!endpoint) return send(response, replyTo(request, kakao));

    const recordReply = records.add(endpoint, request);
    const reply = await replyWithFault(faults.take(endpoint), closing.signal, () => replyTo(request, kakao));
    if (reply === 'hang') return;
    if (reply === 'drop') return void response.destroy();
    send(response, reply);
    recordReply(reply);
  };

  const server = createServer((message, response) => {
    // Nobody reads this when the client went away or close() cut a delay short. It is for what `app`, `users` or a fault were set to.
    answer(message, response).catch(error => send(response, textReply(500, `The emulator failed: ${error}`)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  let stopped: Promise<void> | undefined;
  return {
    endpoints: emulatorEndpoints(originOf(server)),
    app,
    users,
    requests: records.requests,
    failNext: (endpoint, fault) => faults.add(endpoint, fault),
    close: () => {
      closing.abort();
      stopped ??= stop(server);
      return stopped;
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The emulator has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
