import { kauthError } from '../errors/api-errors.js';
import { type HttpRequest, singleValue } from '../http/request.js';
import { type HttpResponse, jsonResponse } from '../http/response.js';
import { allowsCaller, type EmulatedApp, notAllowed, usedUp } from '../model.js';
import type { EmulatorState, Grant } from '../state.js';

/** Get business token. */
export function issueToken(request: HttpRequest, state: EmulatorState): HttpResponse {
  // Assumption (token-check-order, token-body-type): the order of these checks; a body of another type counts as an
  // empty form.
  // Assumption (token-query, token-unknown-parameters): parameters in the URL are ignored, and so are unknown ones.
  const form = request.form ?? new URLSearchParams();
  // Assumption (token-repeated-parameter): a repeated parameter counts as a missing one, here and below.
  if (singleValue(form, 'grant_type') !== 'authorization_code') {
    return kauthError('KOE310', {
      reason: reasonFor('grant_type', request, 'grant_type is not authorization_code.'),
    });
  }
  const clientID = singleValue(form, 'client_id') ?? '';
  const app = state.apps.find(each => each.clientID === clientID);
  if (!app) return unknownClient(clientID, request, state.apps);
  if (!allowsCaller(app, request.remoteAddress)) {
    return kauthError('KOE127', { reason: notAllowed(request.remoteAddress) });
  }
  const wait = state.quotas.secondsToWait(app, 'tokenRequestsPerMinute');
  if (wait !== undefined) {
    return kauthError('KOE237', { reason: usedUp('tokenRequestsPerMinute'), retryAfter: wait });
  }
  state.quotas.count(app, 'tokenRequestsPerMinute');
  return checkSecret(form, request, app) ?? exchangeCode(form, request, app, state);
}

function unknownClient(clientID: string, request: HttpRequest, apps: readonly EmulatedApp[]): HttpResponse {
  // Assumption (other-keys): KOE009, a key that is set up wrongly, means a key of another kind.
  if (apps.some(({ otherKeys }) => otherKeys.includes(clientID))) {
    return kauthError('KOE009', { reason: 'client_id is a key of the app, but not its REST API key.' });
  }
  return kauthError('KOE101', {
    reason: reasonFor('client_id', request, 'No app has this client_id.'),
    about: ` [${clientID}]`,
  });
}

function checkSecret(
  form: URLSearchParams,
  request: HttpRequest,
  { clientSecret, strict }: EmulatedApp,
): HttpResponse | undefined {
  const secret = singleValue(form, 'client_secret');
  // Assumption (secret-while-off, empty-secret): a secret is ignored while the feature is off, but an empty one is
  // rejected. Kakao only asks to leave it out.
  if (clientSecret === undefined) {
    if (!strict || secret !== '') return undefined;
    return kauthError('KOE010', {
      reason: 'client_secret is empty. Leave it out while the Client secret feature is off.',
    });
  }
  // Assumption (login-secret): the Kakao Login secret of the same key is like any other wrong secret.
  if (secret === clientSecret) return undefined;
  const otherwise = 'client_secret is not the app’s secret for Business Authentication.';
  return kauthError('KOE010', { reason: reasonFor('client_secret', request, otherwise) });
}

function exchangeCode(
  form: URLSearchParams,
  request: HttpRequest,
  app: EmulatedApp,
  { grants, quotas }: EmulatorState,
): HttpResponse {
  // Assumption (quota-keeps-code): a request over the quota does not use up its code.
  const wait = quotas.secondsToWait(app, 'tokensPerMinute');
  if (wait !== undefined) {
    return kauthError('KOE236', { reason: usedUp('tokensPerMinute'), retryAfter: wait });
  }
  // Assumption (missing-code, code-reused): a missing code is like a wrong one. A code that comes again does not revoke
  // its token, which RFC 6749 4.1.2 recommends.
  const code = singleValue(form, 'code') ?? '';
  const grant = grants.redeemCode(code);
  if (!grant) {
    return kauthError('KOE320', {
      reason: reasonFor('code', request, 'The code is unknown, was used before, or has expired.'),
      about: ` for code=${code}`,
    });
  }
  // Assumption (failed-exchange, other-failed-exchanges): the errors below use up the code, those above do not.
  if (grant.clientID !== app.clientID) {
    return kauthError('KOE114', { reason: 'The code was issued to another client_id.' });
  }
  // Assumption (token-missing-redirect-uri): a missing redirect URI is like another one.
  if (grant.redirectURI !== singleValue(form, 'redirect_uri')) {
    const otherwise = 'redirect_uri is not that of the authorize request.';
    return kauthError('KOE303', { reason: reasonFor('redirect_uri', request, otherwise) });
  }
  quotas.count(app, 'tokensPerMinute');
  return jsonResponse(200, {
    access_token: grants.issueToken(grant),
    token_type: 'bearer',
    scope: toScope(grant),
  });
}

// Observed: the order differs from that of the request. It is reversed here, so that apps do not rely on it.
const toScope = ({ items }: Grant): string =>
  items
    .map(({ id }) => id)
    .reverse()
    .join(' ');

/** Whether a token request has its client ID in an Authorization header only, where Kakao does not read it. */
export const authenticatesByHeader = ({ form, headers }: HttpRequest): boolean =>
  /^Basic /i.test(headers.authorization ?? '') && !form?.has('client_id');

/**
 * Why a parameter is not accepted.
 *
 * @param otherwise the reason when it was sent once, in the form.
 */
function reasonFor(name: string, request: HttpRequest, otherwise: string): string {
  const { form, query, headers, hasOtherBody } = request;
  const [value, ...others] = form?.getAll(name) ?? [];
  if (others.length > 0) return `${name} was sent more than once.`;
  if (value !== undefined) return value === '' ? `${name} is empty.` : otherwise;
  if (/^Basic /i.test(headers.authorization ?? '')) {
    if (name === 'client_id') {
      return 'The client ID and the secret came in an Authorization header; Kakao reads them from the form.';
    }
    if (name === 'client_secret') {
      return 'The secret came in an Authorization header; Kakao reads it from the form.';
    }
  }
  if (query.has(name)) return `${name} came in the URL; Kakao reads it from the form.`;
  if (hasOtherBody) return 'The body is not a form: application/x-www-form-urlencoded.';
  return `${name} is missing.`;
}
