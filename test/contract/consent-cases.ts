import { type Answer, described } from './answer.js';
import { type Case, documented, inferred, is, type Situation } from './case.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { authorizeRequest } from './requests.js';
import { isReturnTo } from './return.js';

const sameState = documented(
  'comes back with the state as it was sent',
  is((answer, { state }) => parameter(answer, 'state') === state),
);

/** What the app hears of a user who decided. */
export const consentCases: readonly Case[] = [
  {
    title: 'consent, cancelled',
    step: ({ app, state }) => ({ consent: 'cancel', at: authorizeRequest(app, { state }) }),
    // Whoever agrees after all need not do so again.
    learn: learnCode,
    expectations: [
      inferred('access-denied', 'comes back with error=access_denied', answer => {
        if (hasCode(answer)) return notSettled('the user agreed');
        const error = parameter(answer, 'error') ?? 'none';
        const seen = `error: ${/^[a-z_]{1,40}$/.test(error) ? error : 'of another form'}`;
        return error === 'access_denied' ? confirmed(seen) : refuted(seen);
      }),
      documented('comes back with an error_description', answer => {
        if (hasCode(answer)) return notSettled('the user agreed');
        return parameter(answer, 'error_description') ? confirmed('there is one') : refuted('there is none');
      }),
      sameState,
    ],
  },
  {
    title: 'consent, agreed to',
    step: ({ app, state, agreed }) =>
      agreed ? { answered: agreed } : { consent: 'agree', at: authorizeRequest(app, { state }) },
    learn: learnCode,
    expectations: [
      documented('comes back with a code', (answer, { app }) => {
        if (parameter(answer, 'error') === 'access_denied') return notSettled('the user cancelled');
        return hasCode(answer) && isReturnTo(app.redirectURI, answer.location)
          ? confirmed(described(answer))
          : refuted(described(answer));
      }),
      sameState,
    ],
  },
];

/** The code that a browser came back with. */
export function learnCode(answer: Answer): Partial<Situation> {
  return hasCode(answer) ? { code: parameter(answer, 'code'), agreed: answer } : {};
}

const hasCode = (answer: Answer): boolean => Boolean(parameter(answer, 'code'));

const parameter = ({ location }: Answer, name: string): string | undefined =>
  location?.searchParams.get(name) ?? undefined;
