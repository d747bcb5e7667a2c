import type { Grant } from './grants.js';
import type { Kakao } from './kakao.js';
import { onlyValue, type ReceivedRequest } from './received-request.js';
import { jsonReply, type Reply } from './replies.js';

/** Get business token. */
export function answerToken({ form = new URLSearchParams() }: ReceivedRequest, kakao: Kakao): Reply {
  // Assumption: the order of these checks, the words of the descriptions, which OAuth error goes with KOE310 and KOE114, and
  // that a body of another type counts as an empty form.
  if (onlyValue(form, 'grant_type') !== 'authorization_code') {
    return refusal(400, 'invalid_request', 'KOE310', 'Unsupported grant_type');
  }
  const clientID = onlyValue(form, 'client_id');
  if (clientID !== kakao.app.clientID) {
    // Assumption: both 400 and 401 are reported.
    return refusal(401, 'invalid_client', 'KOE101', `Not exist client_id [${clientID ?? ''}]`);
  }
  const { clientSecret } = kakao.app;
  if (clientSecret !== undefined && onlyValue(form, 'client_secret') !== clientSecret) {
    return refusal(401, 'invalid_client', 'KOE010', 'Bad client credentials');
  }

  const code = onlyValue(form, 'code') ?? '';
  const grant = kakao.grants.redeemCode(code);
  if (!grant) {
    return refusal(400, 'invalid_grant', 'KOE320', `authorization code not found for code=${code}`);
  }
  // Assumption: an exchange that fails from here on has used the code up.
  if (grant.clientID !== clientID) {
    return refusal(400, 'invalid_grant', 'KOE114', 'The app key is not that of the authorization request');
  }
  if (grant.redirectURI !== onlyValue(form, 'redirect_uri')) {
    return refusal(400, 'invalid_grant', 'KOE303', 'Redirect URI mismatch');
  }
  return jsonReply(200, {
    access_token: kakao.grants.issueToken(grant),
    token_type: 'bearer',
    scope: toScope(grant),
  });
}

// Observed: another order than that of the request. Reversed, nobody comes to rely on it.
const toScope = ({ scope }: Grant): string => scope.toReversed().join(' ');

function refusal(status: 400 | 401, error: string, code: string, description: string): Reply {
  return jsonReply(
    status,
    { error, error_description: description, error_code: code },
    // Assumption: a 401 has this header; what stands in it is not known.
    { code, headers: status === 401 ? { 'www-authenticate': `Bearer realm="oauth", error="${error}"` } : {} },
  );
}
