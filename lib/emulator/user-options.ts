import type { AssetGroup } from './consent-catalog.js';
import {
  requireBoolean,
  requireDistinct,
  requireID,
  requireKnownMembers,
  requireList,
  requireText,
} from './option-checks.js';
import { type EmulatedAdAccount, type EmulatedUser, sampleUsers } from './users.js';

/** The users that were asked for, or those of every emulator. */
export function toUsers(users: EmulatedUser[] = sampleUsers()): EmulatedUser[] {
  const all = requireList('users', users).map(toUser);
  requireDistinct('users', all, 'id'); // the consent screen tells them apart by nothing else
  return all;
}

function toUser(user: EmulatedUser, index: number): EmulatedUser {
  const name = `users[${index}]`;
  requireKnownMembers(name, user, ['id', 'email', 'name', 'adAccounts', 'businessCenter', 'mayUseService']);
  requireKnownMembers(`${name}.adAccounts`, user.adAccounts, ['moment', 'keyword']);
  const accounts = (group: AssetGroup): EmulatedAdAccount[] =>
    requireList(`${name}.adAccounts.${group}`, user.adAccounts[group]).map((account, at) =>
      toAdAccount(`${name}.adAccounts.${group}[${at}]`, account),
    );
  return {
    id: requireID(`${name}.id`, user.id),
    ...(user.email === undefined ? {} : { email: requireText(`${name}.email`, user.email) }),
    name: requireText(`${name}.name`, user.name),
    adAccounts: { moment: accounts('moment'), keyword: accounts('keyword') },
    businessCenter: requireBoolean(`${name}.businessCenter`, user.businessCenter ?? true),
    mayUseService: requireBoolean(`${name}.mayUseService`, user.mayUseService ?? true),
  };
}

function toAdAccount(name: string, account: EmulatedAdAccount): EmulatedAdAccount {
  requireKnownMembers(name, account, ['id', 'name']);
  return { id: requireID(`${name}.id`, account.id), name: requireText(`${name}.name`, account.name) };
}
