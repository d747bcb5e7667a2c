import { callAdAPI } from './endpoints/ad-api.js';
import { approveByForm, cancelByForm, replacedRequest } from './endpoints/approve.js';
import { showConsentScreen, submitConsent } from './endpoints/authorize.js';
import { revoke, tokenInfo, userInfo } from './endpoints/business-api.js';
import { issueToken } from './endpoints/token.js';
import { AuthorizeError } from './errors/authorize-error.js';
import { applyFault } from './faults/queue.js';
import { isCrossSite } from './http/csrf.js';
import type { HttpRequest } from './http/request.js';
import {
  type HttpResponse,
  type NoResponse,
  type Outcome,
  redirect,
  textResponse,
  unprocessable,
} from './http/response.js';
import { errorPage } from './pages/error-page.js';
import { PANEL_FORMS, showPanel } from './panel/page.js';
import type { PanelContext } from './panel/section.js';
import {
  APPROVE_PATH,
  AUTHENTICATION_ENDPOINTS,
  type AuthenticationEndpoint,
  adAPIAt,
  CANCEL_PATH,
  CONSENT_PATH,
  type EmulatedEndpoint,
  ENDPOINTS,
  endpointAt,
  PANEL_PATH,
} from './paths.js';
import type { EmulatorState } from './state.js';

/** What requests read and change. */
export interface HandlerContext extends PanelContext {
  /** Ends delays. */
  closing: AbortSignal;
}

/** Handles a request that came over HTTP. */
export async function handleRequest(
  request: HttpRequest,
  context: HandlerContext,
): Promise<HttpResponse | NoResponse> {
  if (isCrossSite(request)) return textResponse(403, 'Pages of other sites cannot call the emulator.');
  const respond = (): Outcome | Promise<Outcome> => route(request, context);
  const logged = replacedRequest(request) ?? request;
  const endpoint = endpointAt(logged.path);
  const outcome = endpoint ? await handleEndpoint(endpoint, logged, respond, context) : await respond();
  return typeof outcome === 'string' ? outcome : toResponse(outcome);
}

/** Handles a request to an endpoint: logs it, and applies the next fault. */
export async function handleEndpoint(
  endpoint: EmulatedEndpoint,
  request: HttpRequest,
  respond: () => Outcome | Promise<Outcome>,
  { state: { apps }, faults, log, closing }: HandlerContext,
): Promise<Outcome | NoResponse> {
  const logResponse = log.add(endpoint, request);
  const fault = faults.take(endpoint);
  const outcome = await applyFault(fault, { endpoint, request, apps, closing }, async () => respond());
  if (typeof outcome !== 'string') logResponse(outcome);
  return outcome;
}

type Handler = (request: HttpRequest, context: HandlerContext) => Outcome;

const ENDPOINT_HANDLERS: Record<
  AuthenticationEndpoint,
  (request: HttpRequest, state: EmulatorState) => Outcome
> = {
  authorize: showConsentScreen,
  token: issueToken,
  tokeninfo: tokenInfo,
  userinfo: userInfo,
  revoke,
};

const ROUTES: ReadonlyMap<string, { method: 'GET' | 'POST'; handle: Handler }> = new Map([
  ...AUTHENTICATION_ENDPOINTS.map(name => {
    const { path, method } = ENDPOINTS[name];
    return [path, { method, handle: withState(ENDPOINT_HANDLERS[name]) }] as const;
  }),
  ['/', { method: 'GET', handle: () => redirect(PANEL_PATH) }],
  [PANEL_PATH, { method: 'GET', handle: showPanel }],
  [CONSENT_PATH, { method: 'POST', handle: withState(submitConsent) }],
  [APPROVE_PATH, { method: 'POST', handle: formOnly(withState(approveByForm)) }],
  [CANCEL_PATH, { method: 'POST', handle: formOnly(withState(cancelByForm)) }],
  ...[...PANEL_FORMS].map(([path, submit]) => [path, { method: 'POST', handle: formOnly(submit) }] as const),
]);

function route(request: HttpRequest, context: HandlerContext): Outcome | Promise<Outcome> {
  const api = adAPIAt(request.path);
  if (api) return request.tooLarge ? TOO_LARGE : callAdAPI(api, request, context.state);
  const found = ROUTES.get(request.path);
  // Assumption (other-requests): Kakao's responses to these three are not documented.
  if (!found) return textResponse(404, 'The Kakao Business emulator has nothing at this path.');
  if (found.method !== request.method) {
    return textResponse(405, `This endpoint takes ${found.method} only.`, { allow: found.method });
  }
  if (request.tooLarge) return TOO_LARGE;
  return found.handle(request, context);
}

const TOO_LARGE = textResponse(413, 'The body of the request is too large.');

function withState(handle: (request: HttpRequest, state: EmulatorState) => Outcome): Handler {
  return (request, { state }) => handle(request, state);
}

// Otherwise a JSON body would count as an empty form.
function formOnly(handle: Handler): Handler {
  return (request, context) =>
    request.hasOtherBody
      ? unprocessable('The body must be a form: application/x-www-form-urlencoded.')
      : handle(request, context);
}

function toResponse(outcome: Outcome): HttpResponse {
  if (!(outcome instanceof Error)) return outcome;
  if (outcome instanceof AuthorizeError) return errorPage(outcome);
  return textResponse(outcome.status, outcome.message, outcome.headers);
}
