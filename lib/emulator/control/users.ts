import { byGroup } from '../consent-items.js';
import type { EmulatorContext } from '../context.js';
import type { JSONObject } from '../http/json.js';
import { invalid } from '../invalid-member.js';
import type { EmulatedUser } from '../model.js';
import { toUser } from '../options.js';
import { USERS_PATH } from '../paths.js';
import { replaceMembers } from '../snapshot.js';
import { mergePatch } from './merge-patch.js';
import { ControlError, type ControlRoute } from './route.js';

const USER_PATH = `${USERS_PATH}/{id}`;

/** The test users. */
export const USER_ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: USERS_PATH, handle: (_, { state }) => state.users.map(toJSON) },
  {
    method: 'POST',
    path: USERS_PATH,
    status: 201,
    handle({ body }, { state: { users } }) {
      const user = toUser('', mergePatch({ adAccounts: { moment: [], keyword: [] } }, body));
      requireOwnID(user, users);
      users.push(user);
      return toJSON(user);
    },
  },
  {
    method: 'DELETE',
    path: USERS_PATH,
    handle(_, { state }) {
      state.users.length = 0;
      return undefined;
    },
  },
  {
    method: 'GET',
    path: USER_PATH,
    handle: ({ parameter }, context) => toJSON(findUser(parameter, context)),
  },
  {
    method: 'PATCH',
    path: USER_PATH,
    handle({ parameter, body }, context) {
      const user = findUser(parameter, context);
      const changed = toUser('', mergePatch(toJSON(user), body));
      requireOwnID(
        changed,
        context.state.users.filter(each => each !== user),
      );
      replaceMembers(user, changed);
      return toJSON(user);
    },
  },
  {
    method: 'DELETE',
    path: USER_PATH,
    handle({ parameter }, context) {
      const { users } = context.state;
      users.splice(users.indexOf(findUser(parameter, context)), 1);
      return undefined;
    },
  },
];

function findUser(id: string, { state: { users } }: EmulatorContext): EmulatedUser {
  const user = users.find(each => each.id === id);
  if (!user) throw new ControlError(404, `There is no user ${id}.`);
  return user;
}

function requireOwnID({ id }: EmulatedUser, others: readonly EmulatedUser[]): void {
  if (others.some(other => other.id === id)) {
    throw invalid('id', 'id must be different from that of the other users');
  }
}

const toJSON = ({ adAccounts, ...user }: EmulatedUser): JSONObject => ({
  ...user,
  adAccounts: byGroup(group => adAccounts[group].map(account => ({ ...account }))),
});
