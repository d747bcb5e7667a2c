import {
  type Case,
  documented,
  type Expectation,
  hasCode,
  inferred,
  is,
  observed,
  type Situation,
} from './case.js';
import { confirmed, type Finding, refuted } from './finding.js';
import { type App, type Changes, type KakaoRequest, tokenRequest } from './requests.js';
import { codesIn, described, type KakaoResponse } from './response.js';

const code = 'contract-test-code';
const wrongKey = 'contract-test-key';
const wrongSecret = 'contract-test-secret';

/** Token requests that cannot succeed, because their code is made up. */
export const tokenCases: readonly Case[] = [
  {
    ...failing('a made-up code', {}, [
      documented('fails with KOE320', hasCode('KOE320')),
      observed('fails with HTTP 400 and error=invalid_grant', failsAs(400, 'invalid_grant')),
      observed(
        'fails with an error_description',
        is(({ json }) => typeof json['error_description'] === 'string'),
      ),
    ]),
    stop: response => {
      const isMistaken = codesIn(response).some(shown => ['KOE009', 'KOE010', 'KOE101'].includes(shown));
      return isMistaken ? described(response) : undefined;
    },
  },
  failing('another grant type', { grant_type: 'refresh_token' }, [
    documented('fails with KOE310', hasCode('KOE310')),
    inferred(
      'grant-type-error',
      'fails with HTTP 400 and error=invalid_request',
      failsAs(400, 'invalid_request'),
    ),
  ]),
  failing('a wrong key', { client_id: wrongKey, client_secret: wrongSecret }, [
    documented('fails with KOE101', hasCode('KOE101')),
    inferred(
      'wrong-key-status',
      'fails with HTTP 401',
      is(({ status }) => status === 401),
    ),
  ]),
  failing('a wrong secret', whileOn({ client_secret: wrongSecret }), [
    documented('fails with KOE010', hasCode('KOE010')),
    observed('fails with HTTP 401 and error=invalid_client', failsAs(401, 'invalid_client')),
    inferred('www-authenticate', 'has a challenge with a realm and the error', challenge),
  ]),
  failing('no secret', whileOn({ client_secret: undefined }), [
    documented('fails with KOE010', hasCode('KOE010')),
  ]),
  failing('the Kakao Login secret', loginSecret, [
    inferred('login-secret', 'fails with KOE010', hasCode('KOE010')),
  ]),
  failing('an unneeded secret', whileOff({ client_secret: wrongSecret }), [
    inferred('secret-while-off', 'fails for its code with KOE320', hasCode('KOE320')),
  ]),
  failing('an empty secret', whileOff({ client_secret: '' }), [
    inferred('empty-secret', 'fails with KOE010', hasCode('KOE010')),
  ]),
  failing(
    'several faults',
    { grant_type: 'refresh_token', client_id: wrongKey, client_secret: wrongSecret },
    [inferred('token-check-order', 'fails for its grant type with KOE310', hasCode('KOE310'))],
  ),
  failing('no code', { code: undefined }, [inferred('missing-code', 'fails with KOE320', hasCode('KOE320'))]),
  failing('an unknown parameter', { contract_test: '1' }, [
    inferred('token-unknown-parameters', 'fails for its code with KOE320', hasCode('KOE320')),
  ]),
  failing('two grant types', { grant_type: ['authorization_code', 'authorization_code'] }, [
    inferred('token-repeated-parameter', 'fails with KOE310', hasCode('KOE310')),
  ]),
  failing('two keys', ({ clientID }) => ({ client_id: [clientID, clientID] }), [
    inferred('token-repeated-parameter', 'fails with KOE101', hasCode('KOE101')),
  ]),
  {
    title: 'token, with its parameters in the URL',
    // Without the secret: URLs are logged.
    step: ({ app }) => ({ send: inURL(tokenRequest(app, { code, client_secret: undefined })) }),
    expectations: [inferred('token-query', 'fails as an empty form does, with KOE310', hasCode('KOE310'))],
  },
  {
    title: 'token, with a body in JSON',
    step: ({ app }) => ({ send: inJSON(tokenRequest(app, { code, client_secret: undefined })) }),
    expectations: [
      inferred('token-body-type', 'fails as an empty form does, with KOE310', hasCode('KOE310')),
    ],
  },
  {
    title: 'token, requested by GET',
    step: ({ app }) => ({ send: { method: 'GET', url: tokenRequest(app).url, headers: {} } }),
    expectations: [
      inferred(
        'other-requests',
        'fails with HTTP 405',
        is(({ status }) => status === 405),
      ),
    ],
  },
];

/** @param changes the changed parameters, or a string with the reason why this app cannot send the request. */
function failing(
  what: string,
  changes: Changes | ((app: App) => Changes | string),
  expectations: Expectation[],
): Case {
  return {
    title: `token, with ${what}`,
    step: ({ app }: Situation) => {
      const changed = typeof changes === 'function' ? changes(app) : changes;
      if (typeof changed === 'string') return { skipped: changed };
      return { send: tokenRequest(app, { code, ...changed }) };
    },
    expectations,
  };
}

function whileOn(changes: Changes): (app: App) => Changes | string {
  return app => (app.clientSecret === undefined ? 'the Client secret feature is off' : changes);
}

function loginSecret(app: App): Changes | string {
  if (app.loginSecret === undefined) return 'KAKAO_LOGIN_SECRET is not set';
  return whileOn({ client_secret: app.loginSecret })(app);
}

function whileOff(changes: Changes): (app: App) => Changes | string {
  return app => (app.clientSecret === undefined ? changes : 'the Client secret feature is on');
}

function failsAs(status: number, error: string): Expectation['look'] {
  return is(response => response.status === status && response.json['error'] === error);
}

function challenge({ headers }: KakaoResponse): Finding {
  const [scheme = 'none', ...rest] = (headers.get('www-authenticate') ?? '').split(' ').filter(Boolean);
  const parameters = [...rest.join(' ').matchAll(/([a-z_]+)=/gi)].map(([, name = '']) => name);
  const seen = [scheme, ...parameters].join(' ');
  return seen === 'Bearer realm error' ? confirmed(seen) : refuted(seen);
}

function inURL({ url, body, ...request }: KakaoRequest): KakaoRequest {
  return { ...request, url: new URL(`?${body}`, url), body: new URLSearchParams() };
}

function inJSON({ body, ...request }: KakaoRequest): KakaoRequest {
  const members = Object.fromEntries(new URLSearchParams(body));
  return { ...request, headers: { 'content-type': 'application/json' }, body: JSON.stringify(members) };
}
