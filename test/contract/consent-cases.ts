import { type Case, documented, inferred, is, type Situation } from './case.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { authorizeRequest } from './requests.js';
import { described, type KakaoResponse } from './response.js';
import { isReturnTo } from './return.js';

const sameState = documented(
  'returns the state unchanged',
  is((response, { state }) => parameter(response, 'state') === state),
);

/** The redirect to the app after the user decided. */
export const consentCases: readonly Case[] = [
  {
    title: 'consent, cancelled',
    step: ({ app, state }) => ({ consent: 'cancel', at: authorizeRequest(app, { state }) }),
    // If the user agrees instead, the next case reuses the code.
    learn: learnCode,
    expectations: [
      inferred('access-denied', 'returns error=access_denied', response => {
        if (hasCode(response)) return notSettled('the user agreed');
        const error = parameter(response, 'error') ?? 'none';
        const seen = `error: ${/^[a-z_]{1,40}$/.test(error) ? error : 'of another form'}`;
        return error === 'access_denied' ? confirmed(seen) : refuted(seen);
      }),
      documented('returns an error_description', response => {
        if (hasCode(response)) return notSettled('the user agreed');
        return parameter(response, 'error_description')
          ? confirmed('there is one')
          : refuted('there is none');
      }),
      sameState,
    ],
  },
  {
    title: 'consent, given',
    step: ({ app, state, agreed }) =>
      agreed ? { received: agreed } : { consent: 'agree', at: authorizeRequest(app, { state }) },
    learn: learnCode,
    expectations: [
      documented('returns a code', (response, { app }) => {
        if (parameter(response, 'error') === 'access_denied') return notSettled('the user cancelled');
        return hasCode(response) && isReturnTo(app.redirectURI, response.location)
          ? confirmed(described(response))
          : refuted(described(response));
      }),
      sameState,
    ],
  },
];

/** Keeps the code of the redirect. */
export function learnCode(response: KakaoResponse): Partial<Situation> {
  return hasCode(response) ? { code: parameter(response, 'code'), agreed: response } : {};
}

const hasCode = (response: KakaoResponse): boolean => Boolean(parameter(response, 'code'));

const parameter = ({ location }: KakaoResponse, name: string): string | undefined =>
  location?.searchParams.get(name) ?? undefined;
