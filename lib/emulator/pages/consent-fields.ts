import type { AssetGroup } from '../consent-catalog.js';
import type { EmulatedUser } from '../users.js';

/** The field that repeats for each ad account agreed to: every user has fields of their own, since all of them are posted. */
export const accountsField = (group: AssetGroup, user: EmulatedUser): string => `${group}-${user.id}`;
