import type { AdAccountGroup } from '../consent-items.js';
import { AuthorizeError } from '../errors/authorize-error.js';
import { appFix, userFix } from '../errors/fix.js';
import { HttpError, type HttpResponse, redirect } from '../http/response.js';
import { type AuthorizeRequest, type EmulatedUser, offeredAccounts } from '../model.js';
import type { AdAccountAgreement, Grants } from '../state.js';

/** What the user decides: to cancel, or to agree with some of the ad accounts that are open to choice. */
export type Decision = 'cancel' | { user: EmulatedUser; accounts: ChosenAccounts };

/** The IDs of the chosen ad accounts. */
export type ChosenAccounts = Partial<Record<AdAccountGroup, readonly string[]>>;

/** A choice that the consent screen does not offer or accept. */
export class InvalidChoice extends HttpError {
  status = 422;
  /** The member of the choice that is wrong, if it is one. */
  readonly member: string | undefined;

  constructor(message: string, member?: string) {
    super(message);
    this.member = member;
  }
}

/** The redirect to the app that a decision leads to, or the error of the user or the choice. */
export function decide(
  request: AuthorizeRequest,
  decision: Decision,
  grants: Grants,
): HttpResponse | AuthorizeError | InvalidChoice {
  if (decision === 'cancel') {
    // Assumption (access-denied): documented for Kakao Login, inferred for Business Authentication.
    return {
      ...redirectToApp(request, { error: 'access_denied', error_description: 'User denied access' }),
      consent: 'cancelled',
    };
  }
  const { user, accounts } = decision;
  const error = userError(request, user);
  if (error) return error;
  const agreements = request.groups.map(group => toAgreement(request, user, group, accounts[group] ?? []));
  // Assumption (one-account): one is enough, whatever its group.
  if (agreements.length > 0 && agreements.every(({ accountIDs }) => accountIDs.length === 0)) {
    return new InvalidChoice(`the user ${user.id} must agree to at least one ad account`);
  }
  const { app, clientID, redirectURI, items } = request;
  const code = grants.issueCode({ app, clientID, redirectURI, user, items, agreements });
  return { ...redirectToApp(request, { code }), consent: 'agreed' };
}

/** The error that a user's consent to a request leads to, if any. */
export function userError(request: AuthorizeRequest, user: EmulatedUser): AuthorizeError | undefined {
  // Assumption (user-errors): the codes are documented, but neither their order nor whether they come before or after
  // the consent screen.
  const { app, groups } = request;
  const detail = { ko: `선택한 사용자: ${user.name}`, en: `Chosen user: ${user.name}` };
  if (app.testApp && !app.members.includes(user.id)) {
    const members = [...app.members, user.id];
    const statement = `.members.push(${JSON.stringify(user.id)})`;
    return new AuthorizeError('KOE005', detail, appFix(request, statement, { members }));
  }
  if (user.mayUseService === false) {
    const fix = userFix(user, '.mayUseService = true', { mayUseService: true });
    return new AuthorizeError('KOE026', detail, fix);
  }
  if (user.businessCenter === false) {
    const fix = userFix(user, '.businessCenter = true', { businessCenter: true });
    return new AuthorizeError('KOE025', detail, fix);
  }
  // Assumption (assets-where-asked): it is documented that the user must own an asset, but not whether that holds for
  // requests without ad accounts.
  const [group] = groups;
  if (group === undefined || hasAssets(request, user)) return undefined;
  const statement = `.adAccounts.${group}.push({ id: "…", name: "…" })`;
  const adAccounts = {
    [group]: [...user.adAccounts[group].map(account => ({ ...account })), { id: '…', name: '…' }],
  };
  return new AuthorizeError('KOE027', detail, userFix(user, statement, { adAccounts }));
}

// Assumption (assets-of-any-kind): for consent to all accounts of a group, an account of any group is enough.
// Assumption (foreign-accounts): named accounts of other users are left out; KOE027 if none remains.
function hasAssets({ groups, fixedAccounts }: AuthorizeRequest, user: EmulatedUser): boolean {
  const ownsAny = Object.values(user.adAccounts).some(accounts => accounts.length > 0);
  return groups.some(group => {
    const fixed = fixedAccounts[group];
    return fixed === '*' ? ownsAny : offeredAccounts(user, group, fixed).length > 0;
  });
}

function toAgreement(
  { items, fixedAccounts }: AuthorizeRequest,
  user: EmulatedUser,
  group: AdAccountGroup,
  chosen: readonly string[],
): AdAccountAgreement {
  const fixed = fixedAccounts[group];
  const offered = offeredAccounts(user, group, fixed).map(({ id }) => id);
  return {
    group,
    scope: items.filter(item => item.group === group).map(item => item.id),
    // Assumption (account-choice): the user chooses ad accounts on the consent screen unless resource_ids names them.
    accountIDs: fixed === '*' ? '*' : fixed ? offered : offered.filter(id => chosen.includes(id)),
  };
}

/** Redirects to the app, with the state. */
export function redirectToApp(
  { redirectURI, state }: AuthorizeRequest,
  response: Record<string, string>,
): HttpResponse {
  const parameters = new URLSearchParams({ ...response, ...(state === undefined ? {} : { state }) });
  const location = new URL(redirectURI);
  // searchParams.append() would rewrite the registered query.
  location.search = location.search === '' ? `${parameters}` : `${location.search}&${parameters}`;
  return redirect(location.href);
}
