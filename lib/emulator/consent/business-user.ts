import type { AuthorizationRequest } from '../endpoints/authorization-request.js';
import { Refusal } from '../errors/authorize-error.js';
import { type EmulatedUser, offeredAccounts } from '../users.js';

/** Why Kakao would turn this user away from this request; undefined when it would not. */
export function businessUserRefusal(request: AuthorizationRequest, user: EmulatedUser): Refusal | undefined {
  // Assumption (user-refusals): the codes are documented, but neither whether they come before or after the consent screen,
  // nor which comes first.
  const { app, appExpression, groups } = request;
  const detail = { ko: `선택한 사용자: ${user.name}`, en: `The chosen user: ${user.name}` };
  const id = JSON.stringify(user.id);
  const expression = `emulator.users.find(user => user.id === ${id})`;
  if (app.testApp && !app.members.includes(user.id)) {
    return new Refusal('KOE005', detail, `${appExpression}.members.push(${id})`);
  }
  if (user.mayUseService === false)
    return new Refusal('KOE026', detail, `${expression}.mayUseService = true`);
  if (user.businessCenter === false)
    return new Refusal('KOE025', detail, `${expression}.businessCenter = true`);
  // Assumption (assets-where-asked): Kakao documents that the user owns an asset, not that it asks for one where no ad account is
  // concerned.
  if (groups.length > 0 && !canAgree(request, user)) {
    return new Refusal(
      'KOE027',
      detail,
      `${expression}.adAccounts.${groups[0]}.push({ id: "…", name: "…" })`,
    );
  }
  return undefined;
}

// Assumption (assets-of-any-kind): an account of any kind is asset enough to agree to all accounts of a group.
function canAgree({ groups, fixedAccounts }: AuthorizationRequest, user: EmulatedUser): boolean {
  const ownsAssets = user.adAccounts.moment.length + user.adAccounts.keyword.length > 0;
  return groups.some(group => {
    const fixed = fixedAccounts[group];
    return fixed === '*' ? ownsAssets : offeredAccounts(user, group, fixed).length > 0;
  });
}
