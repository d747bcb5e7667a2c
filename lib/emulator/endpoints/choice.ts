import { AD_ACCOUNT_GROUP_NAMES, type AdAccountGroup, byGroup } from '../consent-items.js';
import { isJSONObject, type JSONValue, optionalJSON } from '../http/json.js';
import { type HttpRequest, hasJSONBody } from '../http/request.js';
import { type AuthorizeRequest, type EmulatedUser, offeredAccounts } from '../model.js';
import { type ChosenAccounts, InvalidChoice, userError } from './consent.js';

/** What a user chooses on the consent screen. */
export interface ConsentChoice {
  /** The ID of the user who agrees. Default: the first user who can. */
  user?: string | undefined;
  /**
   * The IDs of the ad accounts to agree to. Default, for each group: all that the consent screen offers. Only groups
   * that the app requests can be named; where the app chose the ad accounts, only exactly these.
   */
  adAccounts?:
    | {
        /** Of Kakao Moment. */
        moment?: readonly string[] | undefined;
        /** Of Keyword Ad. */
        keyword?: readonly string[] | undefined;
      }
    | undefined;
}

/** A choice from either call. A group that is absent keeps its default. */
export interface Choice {
  user?: string | undefined;
  adAccounts: ChosenAccounts;
}

/** Checks a choice from JavaScript. */
export function checkChoice(choice: ConsentChoice): Choice {
  requireMembers('a choice', choice, ['user', 'adAccounts']);
  const { user, adAccounts = {} } = choice;
  requireMembers('adAccounts', adAccounts, AD_ACCOUNT_GROUP_NAMES);
  if (user !== undefined) requireID('user', user);
  const checked: Choice = { user, adAccounts: {} };
  for (const group of AD_ACCOUNT_GROUP_NAMES) {
    const ids = adAccounts[group];
    if (ids === undefined) continue;
    if (!Array.isArray(ids)) throw new TypeError(`approve: adAccounts.${group} must be an array of IDs`);
    checked.adAccounts[group] = ids.map(id => requireID(`adAccounts.${group}`, id));
  }
  return checked;
}

/** Reads a choice from a form or JSON. In a form, an empty field stands for no ad account; in JSON, an empty list. */
export function readChoice(request: HttpRequest): Choice {
  const members = hasJSONBody(request) ? membersOfJSON(request.body) : membersOfForm(request.form);
  const known = ['user', ...AD_ACCOUNT_GROUP_NAMES];
  const unknown = Object.keys(members).find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new InvalidChoice(`unknown field ${unknown}; known fields: ${known.join(', ')}`, unknown);
  }
  const choice: Choice = { user: members['user']?.[0], adAccounts: {} };
  for (const group of AD_ACCOUNT_GROUP_NAMES) {
    const ids = members[group];
    if (ids) choice.adAccounts[group] = ids.filter(id => id !== '');
  }
  return choice;
}

type Members = Record<string, string[]>;

const membersOfForm = (form = new URLSearchParams()): Members =>
  Object.fromEntries([...form.keys()].map(name => [name, form.getAll(name)]));

function membersOfJSON(text: string): Members {
  const body = text === '' ? {} : optionalJSON(text);
  if (!isJSONObject(body)) throw new InvalidChoice('The body must be a JSON object.');
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, toIDs(name, value)]));
}

function toIDs(member: string, value: JSONValue | undefined): string[] {
  const ids = Array.isArray(value) && member !== 'user' ? value : [value];
  return ids.map(id => {
    if (typeof id === 'string') return id;
    throw new InvalidChoice(`${member} takes ${member === 'user' ? 'an ID' : 'IDs'} as strings`, member);
  });
}

export function chooseUser(
  { user: id }: Choice,
  request: AuthorizeRequest,
  users: readonly EmulatedUser[],
): EmulatedUser {
  // If no user can agree, the error is that of the first one.
  const user =
    id === undefined
      ? (users.find(each => !userError(request, each)) ?? users[0])
      : users.find(each => each.id === id);
  if (!user) {
    throw new InvalidChoice(id === undefined ? 'there are no users' : `there is no user ${id}`, 'user');
  }
  return user;
}

export function chooseAccounts(
  { adAccounts }: Choice,
  user: EmulatedUser,
  request: AuthorizeRequest,
): ChosenAccounts {
  return byGroup(group => chooseInGroup(adAccounts[group], group, user, request));
}

function chooseInGroup(
  ids: readonly string[] | undefined,
  group: AdAccountGroup,
  user: EmulatedUser,
  { groups, fixedAccounts }: AuthorizeRequest,
): readonly string[] {
  const fixed = fixedAccounts[group];
  const offered = offeredAccounts(user, group, fixed).map(({ id }) => id);
  if (ids === undefined) return offered;
  if (!groups.includes(group)) throw new InvalidChoice(`the app requests no ${group} ad accounts`, group);
  const foreign = ids.find(id => !user.adAccounts[group].some(account => account.id === id));
  if (foreign !== undefined) {
    throw new InvalidChoice(`the user ${user.id} has no ${group} ad account ${foreign}`, group);
  }
  const differs = ids.some(id => !offered.includes(id)) || offered.some(id => !ids.includes(id));
  if (fixed && differs) {
    throw new InvalidChoice(`the app chose the ${group} ad accounts: ${offered.join(', ') || 'none'}`, group);
  }
  return ids;
}

function requireMembers(what: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find(member => !known.includes(member));
  if (unknown === undefined) return;
  throw new TypeError(`approve: ${what} has no ${unknown}; it has ${known.join(', ')}`);
}

function requireID(what: string, id: unknown): string {
  if (typeof id !== 'string' || id === '') throw new TypeError(`approve: ${what} takes IDs as strings`);
  return id;
}
