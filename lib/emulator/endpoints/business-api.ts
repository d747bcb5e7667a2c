import { kapiError } from '../errors/api-errors.js';
import type { JSONValue } from '../http/json.js';
import type { HttpRequest } from '../http/request.js';
import { type HttpResponse, jsonResponse } from '../http/response.js';
import { lacksPermission, usedUp, withoutPermission } from '../model.js';
import type { AdAccountAgreement, EmulatorState, Grant } from '../state.js';
import { readBearer } from './bearer.js';

/** Retrieve business token information. */
export function tokenInfo(request: HttpRequest, state: EmulatorState): HttpResponse {
  return withToken(request, state, grant =>
    withPermission(grant, ({ user, agreements }) =>
      // Assumption (tokeninfo-members, user-id-type): the names of the members are reported, their types are not
      // confirmed.
      // Assumption (no-agreements): without ad accounts, the list is empty.
      // Assumption (tokeninfo-rest): `id` and `status` are reported too, but not their values. They are left out here,
      // so that apps do not rely on them.
      jsonResponse(200, { token_user_id: BigInt(user.id), biz_agreements: agreements.map(toAgreement) }),
    ),
  );
}

/** Retrieve business user information. */
export function userInfo(request: HttpRequest, state: EmulatorState): HttpResponse {
  return withToken(request, state, grant =>
    withPermission(grant, ({ user, items }) => {
      const scope = items.map(({ id }) => id);
      if (!scope.includes(EMAIL_ITEM)) {
        return kapiError(-402, {
          reason: `The user did not agree to ${EMAIL_ITEM}.`,
          members: { required_scopes: [EMAIL_ITEM], allowed_scopes: scope },
        });
      }
      // Assumption (account-without-email): without an email, the response has no member.
      // Assumption (email-member): the response is documented to have the email, but not under which name.
      return jsonResponse(200, { email: user.email });
    }),
  );
}

/** Revoke business token. */
export function revoke(request: HttpRequest, state: EmulatorState): HttpResponse {
  // Assumption (revoked-twice): a revoked token cannot be revoked again.
  return withToken(request, state, (_, token) => {
    state.grants.revoke(token);
    // Assumption (revoke-body): the body is not known. An empty one is the hardest for clients.
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: '' };
  });
}

const EMAIL_ITEM = 'biz_account_email';

function withToken(
  request: HttpRequest,
  state: EmulatorState,
  respond: (grant: Grant, token: string) => HttpResponse,
): HttpResponse {
  // Assumption (kapi-check-order): the order of these checks.
  const { token, grant, rejected } = readBearer(request, state);
  if (rejected) return kapiError(-401, rejected);

  const { quotas } = state;
  const retryAfter = quotas.secondsToWait(grant.app, 'apiCallsPerMinute');
  if (retryAfter !== undefined) return kapiError(-10, { retryAfter, reason: usedUp('apiCallsPerMinute') });
  quotas.count(grant.app, 'apiCallsPerMinute');
  // Assumption (kapi-parameters): these endpoints have no parameters, and reject those in the URL.
  if (request.query.size > 0) {
    return kapiError(-2, { reason: 'The URL has parameters; this endpoint takes none.' });
  }
  return respond(grant, token);
}

// Assumption (permission-withdrawn): without the permission, a token works for neither tokeninfo nor userinfo, since it
// stands for the whole consent. It can still be revoked.
function withPermission(grant: Grant, respond: (grant: Grant) => HttpResponse): HttpResponse {
  const forbidden = grant.items.find(item => lacksPermission(grant.app, item));
  return forbidden ? kapiError(-5, { reason: withoutPermission(forbidden) }) : respond(grant);
}

// Assumption (agreement-types): one entry for each group, its scope a list, IDs as numbers.
function toAgreement({ group, scope, accountIDs }: AdAccountAgreement): JSONValue {
  return {
    group: group.toUpperCase(),
    scope,
    ad_account_ids: accountIDs === '*' ? ['*'] : accountIDs.map(BigInt),
  };
}
