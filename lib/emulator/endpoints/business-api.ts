import { kapiErrorReply } from '../errors/api-errors.js';
import type { AdAccountAgreement, Grant } from '../grants.js';
import { isAllowedCaller, type ReceivedRequest } from '../http/request.js';
import { jsonReply, type Reply } from '../http/response.js';
import type { JSONValue } from '../json.js';
import type { Kakao } from '../state.js';
import { lacksPermission } from './scope.js';

/** Retrieve business token information. */
export function answerTokenInfo(request: ReceivedRequest, kakao: Kakao): Reply {
  return withToken(request, kakao, grant =>
    withPermission(grant, ({ user, agreements }) =>
      // Assumption (tokeninfo-members, user-id-type): member names are reported, their types are not confirmed.
      // Assumption (tokeninfo-rest): an `id` and a `status` are reported too, but not what they hold. Without them nobody relies on it.
      jsonReply(200, { token_user_id: BigInt(user.id), biz_agreements: agreements.map(toAgreement) }),
    ),
  );
}

/** Retrieve business user information. */
export function answerUserInfo(request: ReceivedRequest, kakao: Kakao): Reply {
  return withToken(request, kakao, grant =>
    withPermission(grant, ({ user, items }) => {
      const scope = items.map(({ id }) => id);
      if (!scope.includes(emailItem)) {
        return kapiErrorReply(-402, { members: { required_scopes: [emailItem], allowed_scopes: scope } });
      }
      // Assumption (email-member): that the email is answered is documented, under which name is not.
      return jsonReply(200, { email: user.email });
    }),
  );
}

/** Revoke business token. */
export function answerRevoke(request: ReceivedRequest, kakao: Kakao): Reply {
  return withToken(request, kakao, (_, token) => {
    kakao.grants.revoke(token);
    // Assumption (revoke-body): what the answer holds is not known. An empty one asks most of a client.
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: '' };
  });
}

const emailItem = 'biz_account_email';

function withToken(
  request: ReceivedRequest,
  { grants, quotas }: Kakao,
  answer: (grant: Grant, token: string) => Reply,
): Reply {
  // Assumption (kapi-check-order, missing-token): the order of these checks, and that no token is as bad as a wrong one.
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return kapiErrorReply(-401, { msg: 'no authentication key' });
  const grant = grants.useToken(token);
  if (!grant) return kapiErrorReply(-401);
  if (!isAllowedCaller(request, grant.app)) return kapiErrorReply(-401, { msg: 'ip mismatched' });

  const retryAfter = quotas.secondsToWait(grant.app, 'apiCallsPerMinute');
  if (retryAfter !== undefined) return kapiErrorReply(-10, { retryAfter });
  quotas.count(grant.app, 'apiCallsPerMinute');
  // Assumption (kapi-parameters): the three take no parameters, and mind those of the URL.
  if (request.query.size > 0) return kapiErrorReply(-2);
  return answer(grant, token);
}

// Assumption (permission-withdrawn): a permission that was taken away closes both, since the token stands for everything that
// was agreed to. It can be revoked all the same.
function withPermission(grant: Grant, answer: (grant: Grant) => Reply): Reply {
  return grant.items.some(item => lacksPermission(grant.app, item)) ? kapiErrorReply(-5) : answer(grant);
}

// Assumption (agreement-types): one entry for each group, the scope in it a list, IDs as numbers.
function toAgreement({ group, scope, accountIDs }: AdAccountAgreement): JSONValue {
  return {
    group: group.toUpperCase(),
    scope,
    ad_account_ids: accountIDs === '*' ? ['*'] : accountIDs.map(BigInt),
  };
}
