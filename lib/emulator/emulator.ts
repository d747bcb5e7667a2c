import { ConsentCalls, type ConsentChoice } from './endpoints/approve.js';
import type { EmulatedFault } from './faults/kinds.js';
import { FaultQueue } from './faults/queue.js';
import { Grants } from './grants.js';
import { type Answer, startServer } from './http/server.js';
import type { EmulatedApp } from './model.js';
import { type KakaoBusinessEmulatorOptions, toSettings } from './options.js';
import { type EmulatedEndpoint, type EmulatorEndpoints, emulatorEndpoints } from './paths.js';
import { Quotas } from './quotas.js';
import { receive } from './reception.js';
import { type RecordedRequest, Records } from './request-log.js';
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
   * @throws {TypeError} for anything but a number of milliseconds from 0 on, and beyond the last moment of a `Date`.
   */
  advance(milliseconds: number): void;
  /** Stops it and ends every connection, also one that hangs. A second call does no harm. */
  close(): Promise<void>;
}

/**
 * Starts a local Kakao on this machine with the five endpoints of Business Authentication, a consent screen and Kakao's error
 * page. It keeps everything in memory and calls nobody.
 *
 * @throws {TypeError} (as a rejection) that names the option which cannot be used.
 * @throws {Error} (as a rejection) with code `EADDRINUSE` when the port is taken.
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export async function startKakaoBusinessEmulator(
  options: KakaoBusinessEmulatorOptions = {},
): Promise<KakaoBusinessEmulator> {
  const { port, host, apps, users, clock, tokenLapsesAfter } = toSettings(options);
  const now = (): number => clock.now();
  const kakao = {
    apps,
    users,
    clock,
    tokenLapsesAfter,
    grants: new Grants(tokenLapsesAfter, now),
    quotas: new Quotas(now),
    faults: new FaultQueue(),
    records: new Records(apps),
  };
  const closing = new AbortController();
  const answer: Answer = request => receive(request, kakao, closing.signal);
  const { origin, stop } = await startServer({ port, host }, answer);

  const endpoints = emulatorEndpoints(origin);
  const calls = new ConsentCalls(endpoints.authorizationURL, answer, closing.signal);
  let stopped: Promise<void> | undefined;
  return {
    endpoints,
    app: apps[0],
    apps,
    users,
    requests: kakao.records.requests,
    approve: (url, choice) => calls.approve(url, choice),
    refuse: url => calls.refuse(url),
    failNext: (endpoint, fault) => kakao.faults.add(endpoint, fault),
    clearFaults: () => kakao.faults.clear(),
    advance: milliseconds => clock.advance(milliseconds),
    close: () => {
      closing.abort();
      stopped ??= stop();
      return stopped;
    },
  };
}
