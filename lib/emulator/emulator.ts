import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { EmulatedApp } from './app.js';
import { ConsentCalls, type ConsentChoice } from './consent-calls.js';
import { type EmulatedEndpoint, type EmulatorEndpoints, emulatorEndpoints } from './endpoints.js';
import type { EmulatedFault } from './faults.js';
import { Grants } from './grants.js';
import { type KakaoBusinessEmulatorOptions, toSettings } from './options.js';
import { Quotas } from './quotas.js';
import { readRequest } from './received-request.js';
import { Reception } from './reception.js';
import type { RecordedRequest } from './records.js';
import { type Reply, textReply } from './replies.js';
import type { EmulatedUser } from './users.js';

/** A local Kakao that is up. Call `close()` when you are done: until then it keeps the process alive. */
export interface KakaoBusinessEmulator {
  /** The five URLs. Spread them into the options of the strategy: `{ clientID, callbackURL, ...emulator.endpoints }`. */
  readonly endpoints: EmulatorEndpoints;
  /** The registered app; of several, the first. Live: push a redirect URI, switch the secret off, take a permission away. */
  readonly app: EmulatedApp;
  /** All registered apps, told apart by their `clientID`. Live as well. */
  readonly apps: EmulatedApp[];
  /** Who can be chosen on the consent screen. Live as well. */
  readonly users: EmulatedUser[];
  /** What reached the five endpoints, oldest first, at most the last 1000. Yours to empty with `requests.length = 0`. */
  readonly requests: RecordedRequest[];
  /**
   * Gives the consent that a person would give on the page of this authorize URL, and resolves with the redirect to the app, which
   * carries `code` and `state`. Recorded as the request to `authorize` that it stands for, and met by its faults.
   *
   * @throws {TypeError} (as a rejection) when the URL is none of this emulator's, or nobody could choose that on the page.
   * @throws {Error} (as a rejection) where Kakao would show its own error page: with its `code`, such as `'KOE028'`.
   */
  approve(url: string | URL, choice?: ConsentChoice): Promise<URL>;
  /** Cancels on the page of this authorize URL: resolves with the redirect that carries `error=access_denied`, and rejects as `approve` does. */
  refuse(url: string | URL): Promise<URL>;
  /**
   * Makes the next request to an endpoint fail. Called again it queues: one fault for each request.
   *
   * @throws {TypeError} when the endpoint or the fault is not one the emulator knows.
   */
  failNext(endpoint: EmulatedEndpoint, fault: EmulatedFault): void;
  /** Forgets the faults that no request has met yet: for tests that share an emulator. */
  clearFaults(): void;
  /**
   * Moves the emulator's clock forward: after 10 minutes codes and consent screens lapse, tokens after `tokenLapsesAfter` without use.
   *
   * @throws {TypeError} for anything but a number of milliseconds from 0 on.
   */
  advance(milliseconds: number): void;
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
  const { port, apps, users, clock, tokenLapsesAfter } = toSettings(options);
  const now = (): number => clock.now();
  const kakao = { apps, users, grants: new Grants(tokenLapsesAfter, now), quotas: new Quotas(now) };
  const closing = new AbortController();
  const reception = new Reception(kakao, closing.signal);

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reply = await reception.answer(await readRequest(message));
    if (reply === 'drop') response.destroy();
    else if (reply !== 'hang') send(response, reply);
  };

  const server = createServer((message, response) => {
    // Nobody reads this when the client went away or close() cut a delay short. It is for what `app`, `users` or a fault were set to.
    answer(message, response).catch(error => send(response, textReply(500, `The emulator failed: ${error}`)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  const endpoints = emulatorEndpoints(originOf(server));
  const calls = new ConsentCalls(
    endpoints.authorizationURL,
    request => reception.answer(request),
    closing.signal,
  );
  let stopped: Promise<void> | undefined;
  return {
    endpoints,
    app: apps[0],
    apps,
    users,
    requests: reception.records.requests,
    approve: (url, choice) => calls.approve(url, choice),
    refuse: url => calls.refuse(url),
    advance: milliseconds => clock.advance(milliseconds),
    failNext: (endpoint, fault) => reception.faults.add(endpoint, fault),
    clearFaults: () => reception.faults.clear(),
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
