import type { AssetGroup } from '../consent-catalog.js';
import type { AuthorizationRequest } from '../endpoints/authorization-request.js';
import type { EmulatedUser } from '../users.js';

/** What the consent screen shows. */
export interface ConsentScreen {
  users: EmulatedUser[];
  request: AuthorizationRequest;
  transaction: string;
  /** What was posted, when it cannot be accepted as it is. */
  choice?: URLSearchParams;
}

/** The field that repeats for each ad account agreed to: every user has fields of their own, since all of them are posted. */
export const accountsField = (group: AssetGroup, user: EmulatedUser): string => `${group}-${user.id}`;
