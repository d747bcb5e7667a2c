import { adAccountCases, adTokenCases } from './ad-account-cases.js';
import { authorizeCases } from './authorize-cases.js';
import { badTokenCases } from './bad-token-cases.js';
import type { Case } from './case.js';
import { consentCases } from './consent-cases.js';
import { exchangeCases, reusedCodeCases } from './exchange-cases.js';
import { revokeCases } from './revoke-cases.js';
import { tokenCases } from './token-cases.js';
import { tokenInfoCases } from './token-info-cases.js';
import { userInfoCases } from './user-info-cases.js';

/**
 * Kakao's side of Business Authentication, as requests and expected responses. Each request is sent once, in this
 * order; the whole run needs one token. Every host is asked before the person is, to find out early which one cannot
 * be reached.
 */
export const contract: readonly Case[] = [
  ...authorizeCases,
  ...tokenCases,
  ...badTokenCases,
  ...adTokenCases,
  ...consentCases,
  ...exchangeCases,
  ...tokenInfoCases,
  ...userInfoCases,
  ...adAccountCases,
  ...reusedCodeCases,
  ...revokeCases,
];
