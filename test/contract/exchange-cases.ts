import { type Answer, codesIn, described } from './answer.js';
import { type Case, documented, hasCode, inferred, is, observed, reported, type Situation } from './case.js';
import { learnCode } from './consent-cases.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { authorizeRequest, tokenRequest } from './requests.js';

const noCode = { skipped: 'there is no code' };

/** From a code to the only token of a run. A second code is needed only if the first was used up without a token. */
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
    learn: learnToken,
    expectations: [
      inferred('failed-exchange', 'fails with KOE320', answer => {
        if (tokenOf(answer) !== undefined) return refuted('the code was still valid');
        return codesIn(answer).join() === 'KOE320'
          ? confirmed(described(answer))
          : notSettled(described(answer));
      }),
    ],
  },
  {
    title: 'consent, given again',
    step: ({ app, state, code, token }) => {
      if (code === undefined) return noCode;
      if (token !== undefined) return { skipped: 'the first code was still valid' };
      return { consent: 'agree', at: authorizeRequest(app, { state }) };
    },
    learn: learnCode,
    expectations: [],
  },
  {
    title: 'token, with a valid code',
    step: situation => (situation.tokenAnswer ? { answered: situation.tokenAnswer } : exchange(situation)),
    learn: learnToken,
    expectations: [
      observed(
        'returns HTTP 200 and a token of type bearer',
        is(
          answer =>
            answer.status === 200 && tokenOf(answer) !== undefined && answer.json['token_type'] === 'bearer',
        ),
      ),
      documented('has all requested items in its scope', (answer, { app }) => {
        const missing = app.scope.filter(item => !scopeOf(answer).split(/[ ,]+/).includes(item));
        return missing.length === 0 ? confirmed('all') : refuted(`without ${missing.join(', ')}`);
      }),
      observed('separates the items of its scope by spaces', (answer, { app }) => {
        if (app.scope.length === 1) return notSettled('KAKAO_SCOPE has one item only');
        if (scopeOf(answer).includes(',')) return refuted('separated by commas');
        return scopeOf(answer).includes(' ') ? confirmed('separated by spaces') : refuted('of another form');
      }),
      reported('no-refresh-token', 'has neither a refresh_token nor an expires_in', ({ json }) => {
        const there = ['refresh_token', 'expires_in'].filter(name => Object.hasOwn(json, name));
        return there.length === 0 ? confirmed('neither') : refuted(there.join(', '));
      }),
    ],
  },
];

/** Runs last: Kakao may revoke the token when its code is sent twice, as RFC 6749 advises. */
export const spentCodeCase: Case = {
  title: 'token, with the same code again',
  step: ({ app, code, token }) =>
    token === undefined ? { skipped: 'there is no token' } : { send: tokenRequest(app, { code }) },
  expectations: [
    documented('fails with KOE320', hasCode('KOE320')),
    observed('repeats the code in its error_description', ({ json }, { code = '' }) =>
      String(json['error_description']).includes(code) ? confirmed('repeated') : refuted('not repeated'),
    ),
  ],
};

function exchange({ app, code }: Situation): ReturnType<Case['step']> {
  return code === undefined ? noCode : { send: tokenRequest(app, { code }) };
}

function learnToken(answer: Answer): Partial<Situation> {
  const token = tokenOf(answer);
  return token === undefined ? {} : { token, tokenAnswer: answer };
}

function tokenOf({ json }: Answer): string | undefined {
  const token = json['access_token'];
  // Any other token could not be sent in a header.
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

function scopeOf({ json }: Answer): string {
  const scope = json['scope'];
  return typeof scope === 'string' ? scope : '';
}
