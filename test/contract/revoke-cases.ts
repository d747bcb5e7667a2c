import { type Case, documented, type Expectation, hasCode, inferred, is, withToken } from './case.js';
import { notSettled } from './finding.js';
import { revokeRequest, tokenInfoRequest } from './requests.js';
import type { KakaoResponse } from './response.js';

/** Revoking the token. */
export const revokeCases: readonly Case[] = [
  {
    title: 'revoke',
    step: withToken(revokeRequest),
    learn: response => (isSuccess(response) ? { isRevoked: true } : {}),
    expectations: [
      documented('returns a 2xx status', unlessRevoked(is(isSuccess))),
      inferred('revoke-body', 'returns no body', unlessRevoked(is(({ text }) => text === ''))),
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
  {
    title: 'revoke, again',
    step: withToken(revokeRequest),
    expectations: [inferred('revoked-twice', 'fails with -401', hasCode('-401'))],
  },
];

function isSuccess({ status }: KakaoResponse): boolean {
  return status >= 200 && status < 300;
}

function unlessRevoked(look: Expectation['look']): Expectation['look'] {
  return (response, situation) =>
    situation.isRevoked
      ? notSettled('the token was revoked when its code was sent again')
      : look(response, situation);
}
