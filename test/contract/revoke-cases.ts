import { type Case, documented, hasCode, inferred, is, withToken } from './case.js';
import { revokeRequest, tokenInfoRequest } from './requests.js';

/** Revoking the token. */
export const revokeCases: readonly Case[] = [
  {
    title: 'revoke',
    step: withToken(revokeRequest),
    expectations: [
      documented(
        'returns a 2xx status',
        is(({ status }) => status >= 200 && status < 300),
      ),
      inferred(
        'revoke-body',
        'returns no body',
        is(({ text }) => text === ''),
      ),
    ],
  },
  {
    title: 'tokeninfo, with a revoked token',
    step: withToken((app, token) => tokenInfoRequest(app, token)),
    expectations: [
      documented('fails with -401', hasCode('-401')),
      documented(
        'fails with HTTP 401',
        is(({ status }) => status === 401),
      ),
    ],
  },
];
