import { authorizeCases } from './authorize-cases.js';
import { badTokenCases } from './bad-token-cases.js';
import type { Case } from './case.js';
import { consentCases } from './consent-cases.js';
import { exchangeCases, spentCodeCase } from './exchange-cases.js';
import { revokeCases } from './revoke-cases.js';
import { tokenCases } from './token-cases.js';
import { tokenInfoCases } from './token-info-cases.js';
import { userInfoCases } from './user-info-cases.js';

/**
 * Kakao's side of Business Authentication, as requests and what is expected of the answers: each is sent once, in this order,
 * and all of them take one token.
 */
export const contract: readonly Case[] = [
  ...authorizeCases,
  ...tokenCases,
  ...badTokenCases,
  ...consentCases,
  ...exchangeCases,
  ...tokenInfoCases,
  ...userInfoCases,
  ...revokeCases,
  spentCodeCase,
];
