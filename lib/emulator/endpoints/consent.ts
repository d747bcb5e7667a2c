import { businessUserRefusal } from '../consent/business-user.js';
import type { AssetGroup } from '../consent-catalog.js';
import type { AdAccountAgreement, Grants } from '../grants.js';
import { type Reply, redirectReply } from '../http/response.js';
import { type EmulatedUser, offeredAccounts } from '../users.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** The IDs of the ad accounts that were chosen, by group. What the request does not leave open is not looked at. */
export type ChosenAccounts = Record<AssetGroup, readonly string[]>;

/**
 * Sends a user who agrees back to the app, with a code.
 *
 * @returns undefined when the user has ad accounts to choose from and chose none.
 * @throws {Refusal} when Kakao turns the user away.
 */
export function agree(
  request: AuthorizationRequest,
  user: EmulatedUser,
  chosen: ChosenAccounts,
  grants: Grants,
): Reply | undefined {
  const refusal = businessUserRefusal(request, user);
  if (refusal) throw refusal;
  const agreements = request.groups.map(group => toAgreement(request, user, group, chosen));
  if (agreements.length > 0 && agreements.every(({ accountIDs }) => accountIDs.length === 0))
    return undefined;
  const { app, clientID, redirectURI, items } = request;
  const code = grants.issueCode({ app, clientID, redirectURI, user, items, agreements });
  return redirectToApp(request, { code });
}

/** Sends a user who does not agree back to the app, without one. */
export function decline(request: AuthorizationRequest): Reply {
  // Assumption (access-denied): documented for Kakao Login, and only inferred for Business Authentication.
  return redirectToApp(request, { error: 'access_denied', error_description: 'User denied access' });
}

function toAgreement(
  request: AuthorizationRequest,
  user: EmulatedUser,
  group: AssetGroup,
  chosen: ChosenAccounts,
): AdAccountAgreement {
  return {
    group,
    scope: request.items.filter(item => item.group === group).map(item => item.id),
    accountIDs: agreedAccounts(request, user, group, chosen),
  };
}

// Assumption (account-choice): the user picks ad accounts on the consent screen unless resource_ids fixed them.
function agreedAccounts(
  { fixedAccounts }: AuthorizationRequest,
  user: EmulatedUser,
  group: AssetGroup,
  chosen: ChosenAccounts,
): string[] | '*' {
  const fixed = fixedAccounts[group];
  if (fixed === '*') return '*';
  const offered = offeredAccounts(user, group, fixed).map(account => account.id);
  return fixed ? offered : offered.filter(id => chosen[group].includes(id));
}

/** Ends a request where the app waits for it. */
export function redirectToApp(
  { redirectURI, state }: AuthorizationRequest,
  answer: Record<string, string>,
): Reply {
  const parameters = new URLSearchParams({ ...answer, ...(state === undefined ? {} : { state }) });
  const location = new URL(redirectURI);
  // Not searchParams.append(): it would write the registered query anew.
  location.search = location.search === '' ? `${parameters}` : `${location.search}&${parameters}`;
  return redirectReply(location.href);
}
