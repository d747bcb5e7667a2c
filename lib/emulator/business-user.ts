import type { AuthorizationRequest } from './authorization-request.js';
import { Refusal } from './refusals.js';
import { type EmulatedUser, offeredAccounts } from './users.js';

/** Why Kakao would turn this user away from this request; undefined when it would not. */
export function businessUserRefusal(request: AuthorizationRequest, user: EmulatedUser): Refusal | undefined {
  // Assumption: both codes are documented, but not whether they come before or after the consent screen.
  const detail = { ko: `선택한 사용자: ${user.name}`, en: `The chosen user: ${user.name}` };
  if (user.businessCenter === false) return new Refusal('KOE025', detail, user.id);
  if (request.groups.length > 0 && !canAgree(request, user)) return new Refusal('KOE027', detail, user.id);
  return undefined;
}

// Assumption: an account of any kind is asset enough to agree to all accounts of a group.
function canAgree({ groups, fixedAccounts }: AuthorizationRequest, user: EmulatedUser): boolean {
  const ownsAssets = user.adAccounts.moment.length + user.adAccounts.keyword.length > 0;
  return groups.some(group => {
    const fixed = fixedAccounts[group];
    return fixed === '*' ? ownsAssets : offeredAccounts(user, group, fixed).length > 0;
  });
}
