import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.js';
import { businessUserRefusal } from './business-user.js';
import type { AssetGroup } from './consent-catalog.js';
import type { Grant } from './grants.js';
import type { Kakao } from './kakao.js';
import { consentPage } from './pages/consent-page.js';
import { accountsField } from './pages/consent-screen.js';
import { expiredPage, refusalPage } from './pages/error-page.js';
import type { ReceivedRequest } from './received-request.js';
import { Refusal } from './refusals.js';
import { type Reply, redirectReply } from './replies.js';
import { type EmulatedUser, offeredAccounts } from './users.js';

/** Get business authorization code: the consent screen, on every request, or Kakao's error page. */
export function showConsentScreen({ query }: ReceivedRequest, kakao: Kakao): Reply {
  return orRefusalPage(() => {
    const request = readAuthorizationRequest(query, kakao.app);
    const transaction = kakao.grants.openConsent(request);
    return consentPage({ app: kakao.app, users: kakao.users, request, transaction });
  });
}

/** What the consent screen posts: to the app with a code, or with the refusal. */
export function takeDecision({ form = new URLSearchParams() }: ReceivedRequest, kakao: Kakao): Reply {
  const transaction = form.get('transaction') ?? '';
  const request = kakao.grants.openedConsent(transaction);
  if (!request) return expiredPage();

  if (form.get('decision') === 'cancel') {
    kakao.grants.closeConsent(transaction);
    // Assumption: documented for Kakao Login, and only inferred for Business Authentication.
    return redirectToApp(request, { error: 'access_denied', error_description: 'User denied access' });
  }
  return orRefusalPage(() => {
    const user = kakao.users.find(({ id }) => id === form.get('user'));
    const grant = user && toGrant(request, user, form);
    if (!grant) {
      return consentPage({ app: kakao.app, users: kakao.users, request, transaction, choice: form });
    }
    kakao.grants.closeConsent(transaction);
    return redirectToApp(request, { code: kakao.grants.issueCode(grant) });
  });
}

function orRefusalPage(reply: () => Reply): Reply {
  try {
    return reply();
  } catch (error) {
    if (error instanceof Refusal) return refusalPage(error);
    throw error;
  }
}

/** @returns undefined when the user has ad accounts to choose from and chose none. */
function toGrant(
  request: AuthorizationRequest,
  user: EmulatedUser,
  form: URLSearchParams,
): Grant | undefined {
  const refusal = businessUserRefusal(request, user);
  if (refusal) throw refusal;
  const agreements = request.groups.map(group => ({
    group,
    scope: request.items.filter(item => item.group === group).map(item => item.id),
    accountIDs: agreedAccounts(request, user, group, form),
  }));
  if (request.groups.length > 0 && agreements.every(({ accountIDs }) => accountIDs.length === 0)) {
    return undefined;
  }
  return {
    clientID: request.clientID,
    redirectURI: request.redirectURI,
    user,
    scope: request.items.map(item => item.id),
    agreements,
  };
}

// Assumption: the user picks ad accounts on the consent screen unless resource_ids fixed them.
function agreedAccounts(
  { fixedAccounts }: AuthorizationRequest,
  user: EmulatedUser,
  group: AssetGroup,
  form: URLSearchParams,
): string[] | '*' {
  const fixed = fixedAccounts[group];
  if (fixed === '*') return '*';
  const offered = offeredAccounts(user, group, fixed).map(account => account.id);
  if (fixed) return offered;
  const chosen = form.getAll(accountsField(group, user));
  return offered.filter(id => chosen.includes(id));
}

function redirectToApp({ redirectURI, state }: AuthorizationRequest, answer: Record<string, string>): Reply {
  const parameters = new URLSearchParams({ ...answer, ...(state === undefined ? {} : { state }) });
  const location = new URL(redirectURI);
  // Not searchParams.append(): it would write the registered query anew.
  location.search = location.search === '' ? `${parameters}` : `${location.search}&${parameters}`;
  return redirectReply(location.href);
}
