import { type Answer, described } from './answer.js';
import { type Case, documented, inferred, is, type Situation } from './case.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { authorizeRequest } from './requests.js';
import { isReturnTo } from './return.js';

const sameState = documented(
  'returns the state unchanged',
  is((answer, { state }) => parameter(answer, 'state') === state),
);

/** The redirect to the app after the user decided. */
export const consentCases: readonly Case[] = [
  {
    title: 'consent, cancelled',
    step: ({ app, state }) => ({ consent: 'cancel', at: authorizeRequest(app, { state }) }),
    // If the user agrees instead, the next case reuses the code.
    learn: learnCode,
    expectations: [
      inferred('access-denied', 'returns error=access_denied', answer => {
        if (hasCode(answer)) return notSettled('the user agreed');
        const error = parameter(answer, 'error') ?? 'none';
        const seen = `error: ${/^[a-z_]{1,40}$/.test(error) ? error : 'of another form'}`;
        return error === 'access_denied' ? confirmed(seen) : refuted(seen);
      }),
      documented('returns an error_description', answer => {
        if (hasCode(answer)) return notSettled('the user agreed');
        return parameter(answer, 'error_description') ? confirmed('there is one') : refuted('there is none');
      }),
      sameState,
    ],
  },
  {
    title: 'consent, given',
    step: ({ app, state, agreed }) =>
      agreed ? { answered: agreed } : { consent: 'agree', at: authorizeRequest(app, { state }) },
    learn: learnCode,
    expectations: [
      documented('returns a code', (answer, { app }) => {
        if (parameter(answer, 'error') === 'access_denied') return notSettled('the user cancelled');
        return hasCode(answer) && isReturnTo(app.redirectURI, answer.location)
          ? confirmed(described(answer))
          : refuted(described(answer));
      }),
      sameState,
    ],
  },
];

/** Keeps the code of the redirect. */
export function learnCode(answer: Answer): Partial<Situation> {
  return hasCode(answer) ? { code: parameter(answer, 'code'), agreed: answer } : {};
}

const hasCode = (answer: Answer): boolean => Boolean(parameter(answer, 'code'));

const parameter = ({ location }: Answer, name: string): string | undefined =>
  location?.searchParams.get(name) ?? undefined;
