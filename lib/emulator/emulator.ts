import { ConsentCalls } from './endpoints/approve.js';
import type { ConsentChoice } from './endpoints/choice.js';
import type { EmulatedFault } from './faults/kinds.js';
import { FaultQueue } from './faults/queue.js';
import { startServer } from './http/server.js';
import type { EmulatedApp, EmulatedUser } from './model.js';
import { type KakaoBusinessEmulatorOptions, toSettings } from './options.js';
import { type EmulatedEndpoint, type EmulatorEndpoints, toEndpointURLs } from './paths.js';
import { type RecordedRequest, RequestLog } from './request-log.js';
import { type HandlerContext, handleEndpoint, handleRequest } from './router.js';
import { Snapshot } from './snapshot.js';
import { Grants, Quotas } from './state.js';
import { type StubAnswer, type StubMethod, Stubs } from './stubs.js';

/** A running emulator. It keeps the process alive until `close()` is called. */
export interface KakaoBusinessEmulator {
  /**
   * The URLs of the five endpoints and the ad APIs. Spread them into the options of the strategy: `{ clientID,
   * callbackURL, ...emulator.endpoints }`.
   */
  readonly endpoints: EmulatorEndpoints;
  /** The registered app, or the first of several. Changes apply to the running emulator. */
  readonly app: EmulatedApp;
  /** All registered apps, with different `clientID`s. Changes apply to the running emulator. */
  readonly apps: EmulatedApp[];
  /** The users on the consent screen. Changes apply to the running emulator. */
  readonly users: EmulatedUser[];
  /** The last 1000 requests to the endpoints and the ad APIs, oldest first. `requests.length = 0` empties the list. */
  readonly requests: RecordedRequest[];
  /**
   * Agrees to an authorize URL like a user on the consent screen, and resolves with the redirect to the app, which has
   * `code` and `state`. The call is recorded as the request to `authorize` that it replaces, and meets its faults.
   *
   * @throws {TypeError} (as a rejection) for a URL of another server, and for a choice that the consent screen does not
   * offer.
   * @throws {Error} (as a rejection) where Kakao shows its error page: with its `code`, such as `'KOE028'`.
   */
  approve(url: string | URL, choice?: ConsentChoice): Promise<URL>;
  /**
   * Cancels an authorize URL: resolves with the redirect that has `error=access_denied`, and rejects as `approve` does.
   */
  cancel(url: string | URL): Promise<URL>;
  /**
   * Makes the next request to an endpoint fail. Further calls queue one fault for each request.
   *
   * @throws {TypeError} when the endpoint or the fault is invalid.
   */
  failNext(endpoint: EmulatedEndpoint, fault: EmulatedFault): void;
  /** Removes the queued faults. Tests that share an emulator call it between them. */
  clearFaults(): void;
  /**
   * Answers the requests to a path of an ad API, once Kakao's checks are passed: the token, the permission, the consent
   * item, the ad account and the quotas. It replaces an earlier stub for the same method and path.
   *
   * @param path such as `/openapi/v4/campaigns`, without a query.
   * @param answer a body, or a function of the request that returns `{ status, headers, body }`; nothing for an empty
   * body.
   * @throws {TypeError} when the method, the path or the answer is invalid.
   */
  stub(method: StubMethod, path: string, answer?: StubAnswer): void;
  /** Removes the stubs that `stub` has added. Those of the options stay. */
  clearStubs(): void;
  /**
   * Brings back the state at the start: the apps, the users and the clock. Codes, tokens, quotas, faults, added stubs
   * and `requests` are removed. Tests that share an emulator call it between them.
   */
  reset(): void;
  /**
   * Advances the emulator's clock: codes and consent screens expire after 10 minutes, tokens after `tokenIdleTimeout`
   * without use.
   *
   * @throws {TypeError} for anything but a number of milliseconds from 0 on, and beyond the largest valid `Date`.
   */
  advance(milliseconds: number): void;
  /** Stops the emulator and ends all connections, including those that hang. Further calls have no effect. */
  close(): Promise<void>;
}

/**
 * Starts a local emulator of Kakao Business Authentication, with its five endpoints, consent screen and error page, and
 * of the ad APIs that a business token gives access to. It keeps everything in memory and sends no requests.
 *
 * @throws {TypeError} (as a rejection) that names the invalid option.
 * @throws {Error} (as a rejection) with code `EADDRINUSE` when the port is in use.
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export function startKakaoBusinessEmulator(
  options: KakaoBusinessEmulatorOptions = {},
): Promise<KakaoBusinessEmulator> {
  return startEmulator(options);
}

/**
 * Starts an emulator.
 *
 * @param command set by the command: the redirect URIs to register with every app.
 */
export async function startEmulator(
  options: KakaoBusinessEmulatorOptions,
  command?: { redirectURIs: readonly string[] },
): Promise<KakaoBusinessEmulator> {
  const { port, host, https, allowedHosts, apps, users, clock, tokenIdleTimeout, ...settings } =
    toSettings(options);
  const now = (): number => clock.now();
  const grants = new Grants(tokenIdleTimeout, now);
  const stubs = new Stubs(settings.stubs);
  const state = { apps, users, clock, tokenIdleTimeout, grants, quotas: new Quotas(now), stubs };
  for (const app of apps) app.redirectURIs.push(...(command?.redirectURIs ?? []));
  const snapshots = [new Snapshot(apps), new Snapshot(users)];
  const faults = new FaultQueue();
  const log = new RequestLog(apps, now);
  const closing = new AbortController();
  const reset = (): void => {
    for (const snapshot of snapshots) snapshot.restore();
    for (const each of [grants, state.quotas, faults, stubs]) each.clear();
    clock.reset();
    log.requests.length = 0;
  };
  const isCommand = command !== undefined;
  const context: HandlerContext = {
    state,
    faults,
    log,
    closing: closing.signal,
    reset,
    isCommand,
    allowedHosts,
  };
  const { origin, stop } = await startServer({ port, host, https }, request =>
    handleRequest(request, context),
  );

  const endpoints = toEndpointURLs(origin);
  const calls = new ConsentCalls(
    endpoints.authorizationURL,
    state,
    (request, respond) => handleEndpoint('authorize', request, respond, context),
    closing.signal,
  );
  let stopped: Promise<void> | undefined;
  return {
    endpoints,
    app: apps[0],
    apps,
    users,
    requests: log.requests,
    approve: (url, choice) => calls.approve(url, choice),
    cancel: url => calls.cancel(url),
    failNext: (endpoint, fault) => faults.add(endpoint, fault),
    clearFaults: () => faults.clear(),
    stub: (method, path, answer) => stubs.add({ method, path, answer }),
    clearStubs: () => stubs.clear(),
    reset,
    advance: milliseconds => clock.advance(milliseconds),
    close: () => {
      closing.abort();
      stopped ??= stop();
      return stopped;
    },
  };
}
