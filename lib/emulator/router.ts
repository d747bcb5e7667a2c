import type { EmulatorContext } from './context.js';
import { handleControl } from './control/api.js';
import { callAdAPI } from './endpoints/ad-api.js';
import {
  acceptsJSON,
  approveOverHTTP,
  cancelOverHTTP,
  replacedRequest,
  toJSONResponse,
} from './endpoints/approve.js';
import { showConsentScreen, submitConsent } from './endpoints/authorize.js';
import { revoke, tokenInfo, userInfo } from './endpoints/business-api.js';
import { authenticatesByHeader, issueToken } from './endpoints/token.js';
import { AuthorizeError } from './errors/authorize-error.js';
import { applyFault, describeFault, replacesResponse } from './faults/queue.js';
import { reasonToForbid } from './http/csrf.js';
import type { HttpRequest } from './http/request.js';
import { type HttpResponse, type NoResponse, type Outcome, redirect, textResponse } from './http/response.js';
import { errorPage } from './pages/error-page.js';
import { languageOf } from './pages/language.js';
import { streamEvents } from './panel/events.js';
import { showPanel } from './panel/page.js';
import {
  APPROVE_PATH,
  AUTHENTICATION_ENDPOINTS,
  type AuthenticationEndpoint,
  adAPIAt,
  CANCEL_PATH,
  CONSENT_PATH,
  type EmulatedEndpoint,
  ENDPOINTS,
  EVENTS_PATH,
  endpointAt,
  isAdAPI,
  PANEL_PATH,
} from './paths.js';
import type { LogEntry } from './request-log.js';
import type { EmulatorState } from './state.js';
import { isStubMethod } from './stubs.js';

/** What requests read and change. */
export interface HandlerContext extends EmulatorContext {
  /** Ends delays. */
  closing: AbortSignal;
  /** Whether the command started the emulator: how to fix an error then differs. */
  isCommand: boolean;
  /** The host names with dots that the emulator is reached at. */
  allowedHosts: readonly string[];
}

/** Handles a request that came over HTTP. */
export async function handleRequest(
  request: HttpRequest,
  context: HandlerContext,
): Promise<HttpResponse | NoResponse> {
  const reason = reasonToForbid(request, context.allowedHosts);
  if (reason !== undefined) return textResponse(403, reason);
  const replaced = replacedRequest(request);
  const logged = replaced ?? request;
  const endpoint = endpointAt(logged.path);
  if (!endpoint) return toResponse(routeToPage(request, context), request, context);
  const outcome = await handleEndpoint(
    endpoint,
    logged,
    entry => routeToEndpoint(request, context, entry),
    context,
  );
  if (typeof outcome === 'string') return outcome;
  return toResponse(replaced && acceptsJSON(request) ? toJSONResponse(outcome) : outcome, request, context);
}

/** Handles a request to an endpoint: logs it, and applies the next fault. */
export async function handleEndpoint(
  endpoint: EmulatedEndpoint,
  request: HttpRequest,
  respond: (entry: LogEntry) => Outcome | Promise<Outcome>,
  { state: { apps }, faults, log, closing }: HandlerContext,
): Promise<Outcome | NoResponse> {
  const entry = log.add(endpoint, request);
  const fault = meetsFaults(endpoint, request) ? faults.take(endpoint) : [];
  const outcome = await applyFault(fault, { endpoint, request, apps, closing }, async () => respond(entry));
  const reason = `Injected fault: ${describeFault(fault)}.`;
  if (typeof outcome === 'string') entry.responded({ reason });
  else entry.responded(replacesResponse(fault) ? Object.assign(outcome, { reason }) : outcome);
  return outcome;
}

/** Whether a request takes the next fault. A preflight or a probe by the client does not. */
function meetsFaults(endpoint: EmulatedEndpoint, request: HttpRequest): boolean {
  if (isAdAPI(endpoint)) return isStubMethod(request.method);
  if (endpoint === 'token' && authenticatesByHeader(request)) return false;
  return request.method === ENDPOINTS[endpoint].method;
}

interface Route {
  method: 'GET' | 'POST';
  handle(request: HttpRequest, context: HandlerContext, entry: LogEntry): Outcome;
}

const ENDPOINT_HANDLERS: Record<
  AuthenticationEndpoint,
  (request: HttpRequest, state: EmulatorState, entry: LogEntry) => Outcome
> = {
  authorize: showConsentScreen,
  token: issueToken,
  tokeninfo: tokenInfo,
  userinfo: userInfo,
  revoke,
};

/** What is in the request log. */
const ENDPOINT_ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ...AUTHENTICATION_ENDPOINTS.map((name): [string, Route] => [
    ENDPOINTS[name].path,
    {
      method: ENDPOINTS[name].method,
      handle: (request, { state }, entry) => ENDPOINT_HANDLERS[name](request, state, entry),
    },
  ]),
  [APPROVE_PATH, { method: 'POST', handle: (request, { state }) => approveOverHTTP(request, state) }],
  [CANCEL_PATH, { method: 'POST', handle: (request, { state }) => cancelOverHTTP(request, state) }],
]);

/** The emulator's pages. */
const PAGE_ROUTES: ReadonlyMap<string, PageRoute> = new Map<string, PageRoute>([
  ['/', { method: 'GET', handle: () => redirect(PANEL_PATH) }],
  [PANEL_PATH, { method: 'GET', handle: showPanel }],
  [EVENTS_PATH, { method: 'GET', handle: (_, context) => streamEvents(context) }],
  [CONSENT_PATH, { method: 'POST', handle: (request, { state }) => submitConsent(request, state) }],
]);

interface PageRoute {
  method: 'GET' | 'POST';
  handle(request: HttpRequest, context: HandlerContext): Outcome;
}

function routeToEndpoint(
  request: HttpRequest,
  context: HandlerContext,
  entry: LogEntry,
): Outcome | Promise<Outcome> {
  const api = adAPIAt(request.path);
  if (api) return request.tooLarge ? TOO_LARGE : callAdAPI(api, request, context.state);
  const found = ENDPOINT_ROUTES.get(request.path);
  return rejectRequest(request, found) ?? found?.handle(request, context, entry) ?? NOT_FOUND;
}

function routeToPage(request: HttpRequest, context: HandlerContext): Outcome {
  const { method, path } = request;
  const found = PAGE_ROUTES.get(path);
  const rejected = rejectRequest(request, found ?? ENDPOINT_ROUTES.get(path));
  if (rejected) return rejected;
  if (found) return found.handle(request, context);
  if (!path.startsWith(`${PANEL_PATH}/`)) return NOT_FOUND;
  const response = handleControl(request, context);
  if (method !== 'GET') context.log.notify(); // the panel shows what was changed
  return response;
}

// Assumption (other-requests): Kakao's responses to these three are not documented.
const NOT_FOUND = textResponse(404, 'The Kakao Business emulator has nothing at this path.');
const TOO_LARGE = textResponse(413, 'The body of the request is too large.');

function rejectRequest({ method, tooLarge }: HttpRequest, found?: { method: string }): Outcome | undefined {
  if (found && found.method !== method) {
    return textResponse(405, `This endpoint takes ${found.method} only.`, { allow: found.method });
  }
  return found && tooLarge ? TOO_LARGE : undefined;
}

function toResponse(outcome: Outcome, request: HttpRequest, { isCommand }: HandlerContext): HttpResponse {
  if (!(outcome instanceof Error)) return outcome;
  if (!(outcome instanceof AuthorizeError))
    return textResponse(outcome.status, outcome.message, outcome.headers);
  const { fix } = outcome;
  return errorPage(
    outcome,
    languageOf(request.headers),
    isCommand ? fix?.command(`${request.scheme}://${request.headers.host}`) : fix && [fix.statement],
  );
}
