import { type Case, documented, hasCode, inferred, is } from './case.js';
import { tokenInfoRequest } from './requests.js';
import { codesIn } from './response.js';

const madeUp = 'contract-test-token';

/** Requests with a made-up token, or with none. */
export const badTokenCases: readonly Case[] = [
  {
    title: 'tokeninfo, with a made-up token',
    step: ({ app }) => ({ send: tokenInfoRequest(app, madeUp) }),
    expectations: [
      documented('fails with -401', hasCode('-401')),
      documented(
        'fails with HTTP 401',
        is(({ status }) => status === 401),
      ),
      documented(
        'fails with a msg',
        is(({ json }) => typeof json['msg'] === 'string'),
      ),
    ],
  },
  {
    title: 'tokeninfo, without a token',
    step: ({ app }) => ({ send: tokenInfoRequest(app) }),
    expectations: [
      inferred(
        'missing-token',
        'fails with HTTP 401 and -401',
        is(response => response.status === 401 && codesIn(response).join() === '-401'),
      ),
    ],
  },
  {
    title: 'tokeninfo, with a made-up token and a parameter',
    step: ({ app }) => ({ send: tokenInfoRequest(app, madeUp, { contract_test: '1' }) }),
    expectations: [inferred('kapi-check-order', 'fails for its token with -401', hasCode('-401'))],
  },
];
