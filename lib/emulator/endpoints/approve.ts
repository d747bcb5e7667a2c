import { once } from 'node:events';
import { AuthorizeError } from '../errors/authorize-error.js';
import { type HttpRequest, hasJSONBody } from '../http/request.js';
import { catchHttpError, HttpError, jsonResponse, type NoResponse, type Outcome } from '../http/response.js';
import { APPROVE_PATH, CANCEL_PATH, ENDPOINTS } from '../paths.js';
import type { EmulatorState } from '../state.js';
import { parseAuthorizationRequest } from './authorization-request.js';
import {
  type Choice,
  type ConsentChoice,
  checkChoice,
  chooseAccounts,
  chooseUser,
  readChoice,
} from './choice.js';
import { decide, InvalidChoice } from './consent.js';

/** Handles a request to `authorize`: logs it, and applies the next fault. */
type Authorize = (request: HttpRequest, respond: () => Outcome) => Promise<Outcome | NoResponse>;

/** `approve` and `cancel`: decide on authorize URLs, without HTTP. */
export class ConsentCalls {
  readonly #authorizationURL: string;
  readonly #state: EmulatorState;
  readonly #authorize: Authorize;
  readonly #closing: AbortSignal;

  /** @param closing ends a call that gets no response. */
  constructor(authorizationURL: string, state: EmulatorState, authorize: Authorize, closing: AbortSignal) {
    this.#authorizationURL = authorizationURL;
    this.#state = state;
    this.#authorize = authorize;
    this.#closing = closing;
  }

  async approve(url: string | URL, choice: ConsentChoice = {}): Promise<URL> {
    const checked = checkChoice(choice);
    return this.#call('approve', url, query => approveRequest(query, () => checked, this.#state));
  }

  async cancel(url: string | URL): Promise<URL> {
    return this.#call('cancel', url, query => cancelRequest(query, this.#state));
  }

  async #call(call: string, url: string | URL, respond: (query: URLSearchParams) => Outcome): Promise<URL> {
    const { searchParams: query } = this.#requireAuthorizeURL(call, url);
    if (this.#closing.aborted) throw new Error(`${call}: the emulator is closed`);
    const outcome = await this.#authorize(toAuthorizeRequest(query), () => respond(query));
    if (outcome === 'hang' && !this.#closing.aborted) await once(this.#closing, 'abort');
    if (typeof outcome === 'string') throw new Error(`${call}: the connection ended without a response`);
    return toRedirectURL(call, outcome);
  }

  #requireAuthorizeURL(call: string, url: string | URL): URL {
    const parsed = URL.canParse(`${url}`) ? new URL(url) : undefined;
    if (parsed && parsed.origin + parsed.pathname === this.#authorizationURL) return parsed;
    throw new TypeError(`${call} takes an authorize URL of this emulator: ${this.#authorizationURL}?…`);
  }
}

/** `approve` over HTTP. The form or JSON has `user`, and ad accounts by group. */
export function approveOverHTTP(request: HttpRequest, state: EmulatorState): Outcome {
  return rejectBody(request) ?? approveRequest(request.query, () => readChoice(request), state);
}

/** `cancel` over HTTP. */
export function cancelOverHTTP(request: HttpRequest, state: EmulatorState): Outcome {
  return rejectBody(request) ?? cancelRequest(request.query, state);
}

function rejectBody(request: HttpRequest): InvalidChoice | undefined {
  if (!request.hasOtherBody || hasJSONBody(request)) return undefined;
  return new InvalidChoice(
    'The body must be a form or JSON: application/x-www-form-urlencoded or application/json.',
  );
}

/**
 * What `approve` and `cancel` over HTTP answer to a client that sends or accepts JSON. Others get the redirect or the
 * error page.
 */
export function toJSONResponse(outcome: Outcome): Outcome {
  if (outcome instanceof HttpError) {
    const { status, code, message } = outcome;
    const member = outcome instanceof InvalidChoice ? outcome.member : undefined;
    return jsonResponse(status, { code, message, member });
  }
  const location = outcome.headers['location'];
  return location === undefined ? outcome : jsonResponse(200, { location });
}

export const acceptsJSON = (request: HttpRequest): boolean =>
  hasJSONBody(request) || /\bapplication\/json\b/i.test(request.headers.accept ?? '');

/** The authorize request that a call over HTTP replaces: it is the one to log, and it meets the faults. */
export function replacedRequest(request: HttpRequest): HttpRequest | undefined {
  const isCall = request.path === APPROVE_PATH || request.path === CANCEL_PATH;
  if (!isCall || request.method !== 'POST') return undefined;
  return { ...request, method: 'GET', path: ENDPOINTS.authorize.path, form: undefined };
}

const toAuthorizeRequest = (query: URLSearchParams): HttpRequest => ({
  scheme: 'http',
  method: 'GET',
  path: ENDPOINTS.authorize.path,
  query,
  headers: {},
  form: undefined,
  body: '',
  hasOtherBody: false,
  tooLarge: false,
  remoteAddress: undefined,
});

function approveRequest(query: URLSearchParams, toChoice: () => Choice, state: EmulatorState): Outcome {
  return catchHttpError(() => {
    const request = parseAuthorizationRequest(query, state.apps);
    const choice = toChoice();
    const user = chooseUser(choice, request, state.users);
    return decide(request, { user, accounts: chooseAccounts(choice, user, request) }, state.grants);
  });
}

function cancelRequest(query: URLSearchParams, { apps, grants }: EmulatorState): Outcome {
  return catchHttpError(() => decide(parseAuthorizationRequest(query, apps), 'cancel', grants));
}

function toRedirectURL(call: string, outcome: Outcome): URL {
  // A new error: the members of an AuthorizeError quote the request, which may have a secret in the wrong place.
  if (outcome instanceof AuthorizeError) {
    throw Object.assign(new Error(outcome.message), { code: outcome.code });
  }
  if (outcome instanceof HttpError) throw new TypeError(`${call}: ${outcome.message}`);
  const location = outcome.headers['location'] ?? '';
  if (!URL.canParse(location))
    throw new Error(`${call}: the authorize endpoint responded with ${outcome.status}`);
  return new URL(location);
}
