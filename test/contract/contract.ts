import { adAccountCases } from './ad-account-cases.js';
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
 * Kakao's side of Business Authentication, as requests and expected responses. Each request is sent once, in this
 * order; the whole run needs one token.
 */
export const contract: readonly Case[] = [
  ...authorizeCases,
  ...tokenCases,
  ...badTokenCases,
  ...consentCases,
  ...exchangeCases,
  ...tokenInfoCases,
  ...userInfoCases,
  ...adAccountCases,
  ...revokeCases,
  spentCodeCase,
];
