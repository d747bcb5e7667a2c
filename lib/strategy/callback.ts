import { apiError } from '../kakao/errors.js';
import { isJSONObject, type JSONObject, member } from '../kakao/json.js';
import { optionalName } from '../kakao/responses.js';
import type { KakaoBusinessRequest } from './state/store.js';

/** The challenge that Passport's `fail()` gets, and with it `failureMessage`, and custom callbacks as `info`. */
export interface KakaoBusinessChallenge {
  /** What happened; stable, for `switch`. */
  code: 'access_denied' | 'invalid_state' | 'invalid_grant' | 'invalid_request';
  /** Why the state is invalid: `missing`, `no_pending_login`, `unknown`, `expired`. */
  reason?: string;
  /** A sentence for developers, in English. */
  message: string;
}

/** The parameters that the browser brings back from the consent screen. */
export type AuthorizationResponse =
  | { kind: 'code'; code: string; state: string | undefined }
  | { kind: 'error'; error: string; description: string | undefined; state: string | undefined }
  | { kind: 'malformed'; message: string };

/**
 * Reads the authorization response from the query only: a form that is posted to the login route may have a field
 * `code`.
 *
 * @returns undefined at the start of a login, where the query has neither a code nor an error.
 */
export function readCallback(req: KakaoBusinessRequest): AuthorizationResponse | undefined {
  const query = toQuery(req);
  const [code, error, state] = ['code', 'error', 'state'].map(name => member(query, name));

  if (code === undefined && error === undefined) return undefined;
  if (code !== undefined && error !== undefined)
    return malformed('The authorization response has both a code and an error.');
  if (!isPlain(state) && !isAbsent(state)) return malformed('The state is not one plain string.');
  const common = { state: isAbsent(state) ? undefined : state };
  if (isPlain(code)) return { kind: 'code', code, ...common };
  if (isPlain(error)) return { kind: 'error', error, description: descriptionIn(query), ...common };
  return malformed(`The ${code === undefined ? 'error' : 'code'} is not one plain string.`);
}

// Without a framework (node:http), the query is still in the URL. Reads these parameters only: getAll() for each one
// would take seconds for a query of 16 KB.
function toQuery({ query, url }: { query?: unknown; url?: string }): JSONObject {
  if (isJSONObject(query)) return query;
  const parameters = new URLSearchParams(/\?(.*)$/s.exec(url ?? '')?.[1]);
  return Object.fromEntries(
    ['code', 'error', 'error_description', 'state'].map(name => {
      const values = parameters.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}

const malformed = (message: string): AuthorizationResponse => ({ kind: 'malformed', message });

// A repeated parameter (?code=a&code=b) or a nested one (?code[x]=1) is not a string.
const isPlain = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 2048 && /^[^\p{Cc}]+$/u.test(value);

const isAbsent = (value: unknown): value is undefined | '' => value === undefined || value === '';

function descriptionIn(query: JSONObject): string | undefined {
  const description = member(query, 'error_description');
  return typeof description === 'string' ? description : undefined;
}

/**
 * Returns the challenge for an error that the user caused.
 *
 * @throws {KakaoBusinessApiError} for any other error.
 */
export function toChallenge({
  error,
  description,
}: AuthorizationResponse & { kind: 'error' }): KakaoBusinessChallenge {
  if (error === 'access_denied') return { code: 'access_denied', message: 'The user did not agree.' };
  throw apiError({ endpoint: 'authorize', secrets: [] }, { error: optionalName(error), description });
}
