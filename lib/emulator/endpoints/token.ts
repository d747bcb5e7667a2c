import { kauthError } from '../errors/api-errors.js';
import { type HttpRequest, singleValue } from '../http/request.js';
import { type HttpResponse, jsonResponse } from '../http/response.js';
import { allowsCaller, type EmulatedApp } from '../model.js';
import type { EmulatorState, Grant } from '../state.js';

/** Get business token. */
export function issueToken(request: HttpRequest, state: EmulatorState): HttpResponse {
  // Assumption (token-check-order, token-body-type, secret-while-off): the order of these checks; a body of another
  // type counts as an empty form; a secret is ignored while the feature is off.
  // Assumption (token-query, token-unknown-parameters): parameters in the URL are ignored, and so are unknown ones.
  const form = request.form ?? new URLSearchParams();
  // Assumption (token-repeated-parameter): a repeated parameter counts as a missing one, here and below.
  if (singleValue(form, 'grant_type') !== 'authorization_code') return kauthError('KOE310');
  const clientID = singleValue(form, 'client_id') ?? '';
  const app = state.apps.find(each => each.clientID === clientID);
  if (!app) return unknownClient(clientID, state.apps);
  if (!allowsCaller(app, request.remoteAddress)) return kauthError('KOE127');

  const wait = state.quotas.secondsToWait(app, 'tokenRequestsPerMinute');
  if (wait !== undefined) return kauthError('KOE237', '', wait);
  state.quotas.count(app, 'tokenRequestsPerMinute');
  const { clientSecret } = app;
  // Assumption (login-secret): the Kakao Login secret of the same key is like any other wrong secret.
  if (clientSecret !== undefined && singleValue(form, 'client_secret') !== clientSecret) {
    return kauthError('KOE010');
  }
  return exchangeCode(form, app, state);
}

function unknownClient(clientID: string, apps: readonly EmulatedApp[]): HttpResponse {
  // Assumption (other-keys): KOE009, a key that is set up wrongly, means a key of another kind.
  if (apps.some(({ otherKeys }) => otherKeys.includes(clientID))) return kauthError('KOE009');
  return kauthError('KOE101', ` [${clientID}]`);
}

function exchangeCode(
  form: URLSearchParams,
  app: EmulatedApp,
  { grants, quotas }: EmulatorState,
): HttpResponse {
  // Assumption (quota-keeps-code): a request over the quota does not use up its code.
  const wait = quotas.secondsToWait(app, 'tokensPerMinute');
  if (wait !== undefined) return kauthError('KOE236', '', wait);
  // Assumption (missing-code, code-reused): a missing code is like a wrong one. A code that comes again does not revoke
  // its token, which RFC 6749 4.1.2 recommends.
  const code = singleValue(form, 'code') ?? '';
  const grant = grants.redeemCode(code);
  if (!grant) return kauthError('KOE320', ` for code=${code}`);
  // Assumption (failed-exchange, other-failed-exchanges): the errors below use up the code, those above do not.
  if (grant.clientID !== app.clientID) return kauthError('KOE114');
  // Assumption (token-missing-redirect-uri): a missing redirect URI is like another one.
  if (grant.redirectURI !== singleValue(form, 'redirect_uri')) return kauthError('KOE303');
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
