import type { AdAccountAgreement, Grant } from './grants.js';
import type { JSONValue } from './json.js';
import type { Kakao } from './kakao.js';
import type { ReceivedRequest } from './received-request.js';
import { jsonReply, type Reply } from './replies.js';

/** Retrieve business token information. */
export function answerTokenInfo(request: ReceivedRequest, kakao: Kakao): Reply {
  return withToken(request, kakao, ({ user, agreements }) =>
    // Assumption: member names are reported, their types are not confirmed.
    jsonReply(200, { token_user_id: BigInt(user.id), biz_agreements: agreements.map(toAgreement) }),
  );
}

/** Retrieve business user information. */
export function answerUserInfo(request: ReceivedRequest, kakao: Kakao): Reply {
  return withToken(request, kakao, ({ user, scope }) => {
    if (!scope.includes(emailItem)) {
      return refusal(403, -402, 'insufficient scopes', {
        required_scopes: [emailItem],
        allowed_scopes: scope,
      });
    }
    // Assumption: that the email is answered is documented, under which name is not.
    return jsonReply(200, { email: user.email });
  });
}

/** Revoke business token. */
export function answerRevoke(request: ReceivedRequest, kakao: Kakao): Reply {
  return withToken(request, kakao, (_, token) => {
    kakao.grants.revoke(token);
    // Assumption: what the answer holds is not known. An empty one asks most of a client.
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: '' };
  });
}

const emailItem = 'biz_account_email';

function withToken(
  { headers }: ReceivedRequest,
  { grants }: Kakao,
  answer: (grant: Grant, token: string) => Reply,
): Reply {
  const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) return refusal(401, -401, 'no authentication key');
  const grant = grants.grantOf(token);
  return grant ? answer(grant, token) : refusal(401, -401, 'this access token does not exist');
}

// Assumption: one entry for each group, the scope in it a list, IDs as numbers.
function toAgreement({ group, scope, accountIDs }: AdAccountAgreement): JSONValue {
  return {
    group: group.toUpperCase(),
    scope,
    ad_account_ids: accountIDs === '*' ? ['*'] : accountIDs.map(BigInt),
  };
}

function refusal(status: number, code: number, msg: string, more: Record<string, JSONValue> = {}): Reply {
  return jsonReply(status, { msg, code, ...more }, { code: String(code) });
}
