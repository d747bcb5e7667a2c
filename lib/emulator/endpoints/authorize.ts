import { byGroup } from '../consent-items.js';
import type { HttpRequest } from '../http/request.js';
import { catchHttpError, type HttpResponse, type Outcome } from '../http/response.js';
import type { AuthorizeRequest, EmulatedUser } from '../model.js';
import { consentPage } from '../pages/consent-page.js';
import { expiredPage } from '../pages/error-page.js';
import { type Language, languageOf } from '../pages/language.js';
import { accountsField } from '../pages/user-choice.js';
import type { LogEntry } from '../request-log.js';
import type { EmulatorState } from '../state.js';
import { parseAuthorizationRequest } from './authorization-request.js';
import { type Decision, decide, InvalidChoice, userError } from './consent.js';

/** Get business authorization code: shows the consent screen at every request. */
export function showConsentScreen(
  { query, headers }: HttpRequest,
  state: EmulatorState,
  entry: LogEntry,
): Outcome {
  return catchHttpError(() => {
    const request = parseAuthorizationRequest(query, state.apps);
    const page = toConsentPage(
      request,
      state.grants.openConsent({ query, entry }),
      state,
      languageOf(headers),
    );
    return { ...page, consent: 'open' };
  });
}

/** Takes the form of the consent screen. */
export function submitConsent(
  { form = new URLSearchParams(), headers }: HttpRequest,
  state: EmulatorState,
): Outcome {
  const language = languageOf(headers);
  const { grants, users } = state;
  const transaction = form.get('transaction') ?? '';
  const opened = grants.openedConsent(transaction);
  if (!opened) return expiredPage(language);

  const outcome = catchHttpError(() => {
    const request = parseAuthorizationRequest(opened.query, state.apps);
    const decision = readDecision(form, users);
    const decided = decision && decide(request, decision, grants);
    if (decided && !(decided instanceof InvalidChoice)) return decided;
    return toConsentPage(request, transaction, state, language, form);
  });
  const isError = outcome instanceof Error;
  if (isError || outcome.consent !== undefined) opened.entry.decided(outcome);
  if (!isError && outcome.consent !== undefined) grants.closeConsent(transaction);
  return outcome;
}

function readDecision(form: URLSearchParams, users: readonly EmulatedUser[]): Decision | undefined {
  if (form.get('decision') === 'cancel') return 'cancel';
  const user = users.find(({ id }) => id === form.get('user'));
  if (!user) return undefined;
  return { user, accounts: byGroup(group => form.getAll(accountsField(group, user))) };
}

function toConsentPage(
  request: AuthorizeRequest,
  transaction: string,
  { users }: EmulatorState,
  language: Language,
  choice?: URLSearchParams,
): HttpResponse {
  const options = users.map(user => ({ user, error: userError(request, user)?.code }));
  return consentPage({ request, transaction, users: options, choice, language });
}
