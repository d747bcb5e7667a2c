import type { AssumptionID } from './assumptions.js';
import { agreements, body, header, members, parameter, status, text } from './changes.js';
import type { Deviation } from './stand-in.js';

/** A Kakao that deviates from an assumption in one case. */
export interface Refutation extends Deviation {
  in: string;
  /** Another assumption that is refuted too. */
  also?: AssumptionID;
}

/** For each assumption that a run can settle, a Kakao that refutes it. */
export const refutations: Partial<Record<AssumptionID, Refutation>> = {
  'authorize-fault-order': { in: 'authorize, with several faults', change: text('KOE028', 'KOE201') },
  'missing-redirect-uri': { in: 'authorize, with no redirect URI', change: text('KOE028', 'KOE233') },
  'exact-redirect-uri': {
    in: 'authorize, with another query in the redirect URI',
    change: text('KOE028', 'KOE233'),
  },
  'repeated-parameter': { in: 'authorize, with two states', change: text('KOE233', 'KOE101') },
  'missing-scope': { in: 'authorize, with no scope', change: text('KOE233', 'KOE232') },
  'unknown-item': {
    in: 'authorize, with an unknown consent item',
    change: text('KOE232', 'KOE233'),
  },
  'error-page-status': { in: 'authorize, with a wrong key', change: status(200) },
  'resource-ids-list': {
    in: 'authorize, with two resource IDs in one parameter',
    change: text('KOE233', 'KOE232'),
  },
  'resource-ids-group': {
    in: 'authorize, with a resource ID of another group',
    change: text('KOE233', 'KOE232'),
  },
  'create-accounts': {
    in: 'authorize, with keyword_create for a single ad account',
    change: text('KOE233', 'KOE232'),
  },
  'access-denied': { in: 'consent, cancelled', change: parameter('error', 'consent_required') },
  'token-check-order': { in: 'token, with several faults', change: text('KOE310', 'KOE101') },
  'token-body-type': { in: 'token, with a body in JSON', change: text('KOE310', 'KOE320') },
  'token-query': { in: 'token, with its parameters in the URL', change: text('KOE310', 'KOE320') },
  'token-unknown-parameters': {
    in: 'token, with an unknown parameter',
    change: text('KOE320', 'KOE310'),
  },
  'token-repeated-parameter': { in: 'token, with two keys', change: text('KOE101', 'KOE320') },
  'token-missing-redirect-uri': {
    in: 'token, with no redirect URI',
    change: text('KOE303', 'KOE310'),
  },
  'missing-code': { in: 'token, with no code', change: text('KOE320', 'KOE310') },
  'login-secret': { in: 'token, with the Kakao Login secret', change: text('KOE010', 'KOE320') },
  'empty-secret': { in: 'token, with an empty secret', change: text('KOE010', 'KOE320') },
  'secret-while-off': { in: 'token, with an unneeded secret', change: text('KOE320', 'KOE010') },
  'grant-type-error': {
    in: 'token, with another grant type',
    change: members({ error: 'unsupported_grant_type' }),
  },
  'wrong-key-status': { in: 'token, with a wrong key', change: status(400) },
  'www-authenticate': { in: 'token, with a wrong secret', change: header('www-authenticate', 'Basic') },
  'failed-exchange': {
    in: 'token, with another redirect URI than the code',
    // The request does not reach the emulator, so the code stays valid.
    instead: {
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"invalid_grant","error_description":"mismatch","error_code":"KOE303"}',
    },
  },
  'code-reused': {
    in: 'tokeninfo, after the code was sent again',
    change: body('{"msg":"this access token does not exist","code":-401}'),
  },
  'no-refresh-token': { in: 'token, with a valid code', change: members({ expires_in: 3600 }) },
  'other-requests': { in: 'token, requested by GET', change: status(404) },
  'bearer-case': { in: 'tokeninfo, with "bearer" in lower case', change: status(400) },
  'missing-token': { in: 'tokeninfo, without a token', change: status(400) },
  'kapi-check-order': {
    in: 'tokeninfo, with a made-up token and a parameter',
    change: text('-401', '-2'),
  },
  'kapi-parameters': { in: 'tokeninfo, with a parameter', change: text('-2', '0') },
  'user-id': { in: 'tokeninfo', change: members({ token_user_id: 0 }) },
  'user-id-type': { in: 'tokeninfo', change: members({ token_user_id: '4242' }) },
  'tokeninfo-members': { in: 'tokeninfo', change: members({ biz_agreements: undefined }) },
  'no-agreements': {
    in: 'tokeninfo, without ad accounts',
    change: members({ biz_agreements: undefined }),
  },
  'agreement-members': { in: 'tokeninfo', change: agreements({ ad_account_ids: undefined }) },
  'agreement-types': { in: 'tokeninfo', change: agreements({ scope: 'moment_management' }) },
  'group-names': { in: 'tokeninfo', change: text('"KEYWORD"', '"KEYWORD_AD"') },
  'account-choice': { in: 'tokeninfo', change: agreements({ ad_account_ids: ['*'] }) },
  'email-member': {
    in: 'userinfo, with consent to the email',
    change: text('"email"', '"biz_account_email"'),
  },
  'email-place': {
    in: 'userinfo, with consent to the email',
    change: text('"email"', '"contact"'),
    also: 'email-member',
  },
  'account-without-email': {
    in: 'userinfo, with consent to the email',
    change: body('{"email":null}'),
  },
  'revoke-body': { in: 'revoke', change: body('{"id":4242}') },
  'revoked-twice': { in: 'revoke, again', change: text('-401', '-402') },
  'ad-check-order': { in: 'Kakao Moment, with a made-up token', change: text('-401', '-813') },
  'ad-account-header': {
    in: 'one of the Keyword Ad accounts, without the header adAccountId',
    change: text('-820', '-2'),
  },
  'ad-no-right': {
    in: 'campaigns of Keyword Ad, for an ad account of somebody else',
    change: text('9004', '9005'),
  },
  'ad-list-parameters': { in: 'Kakao Moment accounts, on page -1', change: text('-2', '-813') },
  'ad-list-end': {
    in: 'Kakao Moment accounts, on a page past the last',
    change: members({ content: [{ id: 1 }] }),
  },
  'ad-account-members': { in: 'one of the Kakao Moment accounts', change: members({ config: undefined }) },
};
