import { type AssetGroup, assetGroups } from '../consent-catalog.js';
import { type AuthorizationRequest, readAuthorizationRequest } from '../endpoints/authorization-request.js';
import { agree, decline } from '../endpoints/consent.js';
import type { ReceivedRequest } from '../http/request.js';
import { mistakeReply, type Reply } from '../http/response.js';
import { orRefusalPage } from '../pages/error-page.js';
import { endpointPaths } from '../paths.js';
import type { Kakao } from '../state.js';
import { type EmulatedUser, offeredAccounts } from '../users.js';
import { businessUserRefusal } from './business-user.js';

/** Where the consent to an authorize URL is given or refused by one call, without its consent screen. */
export const approvalPaths = { approve: '/emulator/approve', refuse: '/emulator/refuse' } as const;

/** The authorize request that such a call stands for: it is what gets recorded, and what meets the faults. */
export function approvedRequest(request: ReceivedRequest): ReceivedRequest | undefined {
  const isApproval = request.path === approvalPaths.approve || request.path === approvalPaths.refuse;
  if (!isApproval || request.method !== 'POST') return undefined;
  return { ...request, method: 'GET', path: endpointPaths.authorize, form: undefined };
}

/** Agrees as the form says: for its `user`, and the ad accounts it names under `moment` and `keyword`. */
export function answerApproval(
  { query, form = new URLSearchParams() }: ReceivedRequest,
  kakao: Kakao,
): Reply {
  return orRefusalPage(() => {
    const request = readAuthorizationRequest(query, kakao.apps);
    try {
      requireKnownFields(form);
      const user = chosenUser(form, request, kakao.users);
      const chosen = {
        moment: chosenAccounts(form, 'moment', user, request),
        keyword: chosenAccounts(form, 'keyword', user, request),
      };
      const reply = agree(request, user, chosen, kakao.grants);
      if (!reply) throw new ImpossibleChoice(`the user ${user.id} has to agree to one ad account at least`);
      return reply;
    } catch (error) {
      if (error instanceof ImpossibleChoice) return mistakeReply(error.message);
      throw error;
    }
  });
}

export function answerRefusal({ query }: ReceivedRequest, kakao: Kakao): Reply {
  return orRefusalPage(() => decline(readAuthorizationRequest(query, kakao.apps)));
}

/** What nobody could choose on the consent screen. */
class ImpossibleChoice extends Error {}

function requireKnownFields(form: URLSearchParams): void {
  const known = ['user', ...assetGroups];
  const unknown = [...form.keys()].find(name => !known.includes(name));
  if (unknown === undefined) return;
  throw new ImpossibleChoice(`there is no ${unknown} to choose; there is ${known.join(', ')}`);
}

function chosenUser(
  form: URLSearchParams,
  request: AuthorizationRequest,
  users: EmulatedUser[],
): EmulatedUser {
  const id = form.get('user');
  const user = id === null ? firstToConsent(request, users) : users.find(each => each.id === id);
  if (!user) throw new ImpossibleChoice(id === null ? 'there is no user' : `there is no user ${id}`);
  return user;
}

// The first of all when nobody can: the error page says why.
function firstToConsent(request: AuthorizationRequest, users: EmulatedUser[]): EmulatedUser | undefined {
  return users.find(user => !businessUserRefusal(request, user)) ?? users[0];
}

/** All that the page offers unless the form names some. An empty name is that of none. */
function chosenAccounts(
  form: URLSearchParams,
  group: AssetGroup,
  user: EmulatedUser,
  { groups, fixedAccounts }: AuthorizationRequest,
): string[] {
  const fixed = fixedAccounts[group];
  const owned = user.adAccounts[group].map(({ id }) => id);
  const offered = offeredAccounts(user, group, fixed === '*' ? undefined : fixed).map(({ id }) => id);
  if (!form.has(group)) return offered;
  if (!groups.includes(group)) throw new ImpossibleChoice(`the app asks for no ${group} ad account`);
  const named = form.getAll(group).filter(id => id !== '');
  const stranger = named.find(id => !owned.includes(id));
  if (stranger !== undefined)
    throw new ImpossibleChoice(`the user ${user.id} has no ${group} ad account ${stranger}`);
  const isOther = named.some(id => !offered.includes(id)) || offered.some(id => !named.includes(id));
  if (fixed && isOther) {
    throw new ImpossibleChoice(
      `the app has chosen the ${group} ad accounts: ${offered.join(', ') || 'none'}`,
    );
  }
  return named;
}
