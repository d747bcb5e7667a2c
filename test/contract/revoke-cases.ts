import { type Case, documented, hasCode, inferred, is, withToken } from './case.js';
import { revokeRequest, tokenInfoRequest } from './requests.js';

/** The end of the token. */
export const revokeCases: readonly Case[] = [
  {
    title: 'revoke',
    step: withToken(revokeRequest),
    expectations: [
      documented(
        'is answered with a 2xx',
        is(({ status }) => status >= 200 && status < 300),
      ),
      inferred(
        'revoke-body',
        'is answered with no body',
        is(({ text }) => text === ''),
      ),
    ],
  },
  {
    title: 'tokeninfo, with a token that was revoked',
    step: withToken((app, token) => tokenInfoRequest(app, token)),
    expectations: [
      documented('is refused with -401', hasCode('-401')),
      documented(
        'is refused with HTTP 401',
        is(({ status }) => status === 401),
      ),
    ],
  },
];
