import {
  type Case,
  documented,
  hasCode,
  inferred,
  is,
  observed,
  reported,
  type Situation,
  type Step,
  withToken,
} from './case.js';
import { learnCode } from './consent-cases.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { authorizeRequest, tokenInfoRequest, tokenRequest } from './requests.js';
import { codesIn, described, type KakaoResponse } from './response.js';

const noCode = { skipped: 'there is no code' };
const alreadyDone = { skipped: 'an earlier code was still valid' };

/** From a code to the only token of a run. More codes are needed only if the first was used up without a token. */
export const exchangeCases: readonly Case[] = [
  {
    title: 'token, with another redirect URI than the code',
    step: ({ app, code }) =>
      code === undefined
        ? noCode
        : { send: tokenRequest(app, { code, redirect_uri: 'https://unregistered.example.com/callback' }) },
    expectations: [documented('fails with KOE303', hasCode('KOE303'))],
  },
  {
    title: 'token, with the same code and the right redirect URI',
    step: exchange,
    learn: learnTokenOrSpentCode,
    expectations: [
      inferred('failed-exchange', 'fails with KOE320', response => {
        if (tokenOf(response) !== undefined) return refuted('the code was still valid');
        return codesIn(response).join() === 'KOE320'
          ? confirmed(described(response))
          : notSettled(described(response));
      }),
    ],
  },
  { title: 'consent, given again', step: consentWithoutToken, learn: learnCode, expectations: [] },
  {
    title: 'token, with no redirect URI',
    step: ({ app, code, token }) => {
      if (token !== undefined) return alreadyDone;
      return code === undefined ? noCode : { send: tokenRequest(app, { code, redirect_uri: undefined }) };
    },
    learn: learnTokenOrSpentCode,
    expectations: [inferred('token-missing-redirect-uri', 'fails with KOE303', hasCode('KOE303'))],
  },
  { title: 'consent, given a third time', step: consentWithoutToken, learn: learnCode, expectations: [] },
  {
    title: 'token, with a valid code',
    step: situation =>
      situation.tokenResponse ? { received: situation.tokenResponse } : exchange(situation),
    learn: learnToken,
    expectations: [
      observed(
        'returns HTTP 200 and a token of type bearer',
        is(
          response =>
            response.status === 200 &&
            tokenOf(response) !== undefined &&
            response.json['token_type'] === 'bearer',
        ),
      ),
      documented('has all requested items in its scope', (response, { app }) => {
        const missing = app.scope.filter(item => !scopeOf(response).split(/[ ,]+/).includes(item));
        return missing.length === 0 ? confirmed('all') : refuted(`without ${missing.join(', ')}`);
      }),
      observed('separates the items of its scope by spaces', (response, { app }) => {
        if (app.scope.length === 1) return notSettled('KAKAO_SCOPE has one item only');
        if (scopeOf(response).includes(',')) return refuted('separated by commas');
        return scopeOf(response).includes(' ')
          ? confirmed('separated by spaces')
          : refuted('of another form');
      }),
      reported('no-refresh-token', 'has neither a refresh_token nor an expires_in', ({ json }) => {
        const there = ['refresh_token', 'expires_in'].filter(name => Object.hasOwn(json, name));
        return there.length === 0 ? confirmed('neither') : refuted(there.join(', '));
      }),
    ],
  },
];

/** After all that needs a token: Kakao may revoke it when its code is sent twice, as RFC 6749 advises. */
export const reusedCodeCases: readonly Case[] = [
  {
    title: 'token, with the same code again',
    step: ({ app, code, token }) =>
      token === undefined ? { skipped: 'there is no token' } : { send: tokenRequest(app, { code }) },
    expectations: [
      documented('fails with KOE320', hasCode('KOE320')),
      observed('repeats the code in its error_description', ({ json }, { code = '' }) =>
        String(json['error_description']).includes(code) ? confirmed('repeated') : refuted('not repeated'),
      ),
    ],
  },
  {
    title: 'tokeninfo, after the code was sent again',
    step: withToken((app, token) => tokenInfoRequest(app, token)),
    learn: response => ({ isRevoked: isRejected(response) }),
    expectations: [
      inferred('code-reused', 'returns HTTP 200', response => {
        if (isRejected(response)) return refuted(described(response));
        return response.status === 200 ? confirmed('HTTP 200') : notSettled(described(response));
      }),
    ],
  },
];

const isRejected = (response: KakaoResponse): boolean => codesIn(response).join() === '-401';

function exchange({ app, code }: Situation): ReturnType<Case['step']> {
  return code === undefined ? noCode : { send: tokenRequest(app, { code }) };
}

/** Another code, unless there is a token. */
function consentWithoutToken({ app, state, agreed, token }: Situation): Step {
  if (agreed === undefined) return noCode;
  return token === undefined ? { consent: 'agree', at: authorizeRequest(app, { state }) } : alreadyDone;
}

/** The code is not used again, even if nobody agrees to the next consent screen. */
function learnTokenOrSpentCode(response: KakaoResponse): Partial<Situation> {
  return { code: undefined, ...learnToken(response) };
}

function learnToken(response: KakaoResponse): Partial<Situation> {
  const token = tokenOf(response);
  return token === undefined ? {} : { token, tokenResponse: response };
}

function tokenOf({ json }: KakaoResponse): string | undefined {
  const token = json['access_token'];
  // Any other token could not be sent in a header.
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

function scopeOf({ json }: KakaoResponse): string {
  const scope = json['scope'];
  return typeof scope === 'string' ? scope : '';
}
