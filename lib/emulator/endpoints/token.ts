import { kauthErrorReply } from '../errors/kauth-errors.js';
import type { Grant } from '../grants.js';
import { isAllowedCaller, onlyValue, type ReceivedRequest } from '../http/request.js';
import { jsonReply, type Reply } from '../http/response.js';
import type { EmulatedApp } from '../model.js';
import type { Kakao } from '../state.js';

/** Get business token. */
export function answerToken(request: ReceivedRequest, kakao: Kakao): Reply {
  // Assumption (token-check-order, token-body-type, secret-while-off): the order of these checks, that a body of another type
  // counts as an empty form, and that nobody minds a secret while the feature is off.
  const form = request.form ?? new URLSearchParams();
  if (onlyValue(form, 'grant_type') !== 'authorization_code') return kauthErrorReply('KOE310');
  const clientID = onlyValue(form, 'client_id') ?? '';
  const app = kakao.apps.find(each => each.clientID === clientID);
  if (!app) return refuseClient(clientID, kakao.apps);
  if (!isAllowedCaller(request, app)) return kauthErrorReply('KOE127');

  const wait = kakao.quotas.secondsToWait(app, 'tokenRequestsPerMinute');
  if (wait !== undefined) return kauthErrorReply('KOE237', '', wait);
  kakao.quotas.count(app, 'tokenRequestsPerMinute');
  const { clientSecret } = app;
  if (clientSecret !== undefined && onlyValue(form, 'client_secret') !== clientSecret) {
    return kauthErrorReply('KOE010');
  }
  return exchangeCode(form, app, kakao);
}

function refuseClient(clientID: string, apps: readonly EmulatedApp[]): Reply {
  // Assumption (other-keys): a key of another kind is what KOE009 means by a key that is set up wrongly.
  if (apps.some(({ otherKeys }) => otherKeys.includes(clientID))) return kauthErrorReply('KOE009');
  return kauthErrorReply('KOE101', ` [${clientID}]`);
}

function exchangeCode(form: URLSearchParams, app: EmulatedApp, { grants, quotas }: Kakao): Reply {
  // Assumption (quota-keeps-code): too many tokens leave the code as it is.
  const wait = quotas.secondsToWait(app, 'tokensPerMinute');
  if (wait !== undefined) return kauthErrorReply('KOE236', '', wait);
  const code = onlyValue(form, 'code') ?? '';
  const grant = grants.redeemCode(code);
  if (!grant) return kauthErrorReply('KOE320', ` for code=${code}`);
  // Assumption (failed-exchange): an exchange that fails from here on has used the code up.
  if (grant.clientID !== app.clientID) return kauthErrorReply('KOE114');
  if (grant.redirectURI !== onlyValue(form, 'redirect_uri')) return kauthErrorReply('KOE303');
  quotas.count(app, 'tokensPerMinute');
  return jsonReply(200, {
    access_token: grants.issueToken(grant),
    token_type: 'bearer',
    scope: toScope(grant),
  });
}

// Observed: another order than that of the request. Reversed, nobody comes to rely on it.
const toScope = ({ items }: Grant): string =>
  items
    .map(({ id }) => id)
    .reverse()
    .join(' ');
