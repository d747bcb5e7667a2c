import { createHash, timingSafeEqual } from 'node:crypto';
import { apiError } from './errors.js';
import { type JSONObject, member } from './json.js';
import { optionalName } from './responses.js';

/** The parameters that the browser brings back from the consent screen. */
export type AuthorizationResponse =
  | { kind: 'code'; code: string; state: string | undefined }
  | { kind: 'error'; error: string; description: string | undefined; state: string | undefined }
  | { kind: 'malformed'; message: string };

/** What a callback says. */
export type CallbackResult =
  | {
      /** Whether there is a code to exchange. */
      ok: true;
      /** The authorization code, for `exchangeCode`. */
      code: string;
    }
  | {
      /** Whether there is a code to exchange. */
      ok: false;
      /**
       * The user declined; or the state is missing or another one, so that this browser may not have started the login;
       * or the parameters are not as Kakao sends them.
       */
      code: 'access_denied' | 'invalid_state' | 'invalid_request';
      /** A sentence for developers, in English. */
      message: string;
    };

/**
 * Reads a callback.
 *
 * @param state the one that the login was started with.
 * @throws {KakaoBusinessApiError} for an error of Kakao that the user did not cause, if the state is right.
 */
export function toCallbackResult(query: JSONObject, state: string): CallbackResult {
  const response = readAuthorizationResponse(query);
  if (!response) return failed('invalid_request', 'The URL has neither a code nor an error.');
  if (response.kind === 'malformed') return failed('invalid_request', response.message);
  // The state first, for errors too: otherwise any link could display a forged error.
  if (response.state === undefined) return failed('invalid_state', 'The response has no state.');
  if (!isSame(response.state, state)) return failed('invalid_state', 'The sign-in was not started here.');
  if (response.kind === 'error') return { ok: false, ...toDenial(response) };
  return { ok: true, code: response.code };
}

const failed = (code: 'invalid_state' | 'invalid_request', message: string): CallbackResult => ({
  ok: false,
  code,
  message,
});

// In constant time. Hashes, since texts of two lengths cannot be compared so.
const isSame = (one: string, other: string): boolean => timingSafeEqual(toHash(one), toHash(other));

const toHash = (text: string): Buffer => createHash('sha256').update(text, 'utf16le').digest();

/**
 * Reads the authorization response in a query.
 *
 * @returns undefined where the query has neither a code nor an error.
 */
export function readAuthorizationResponse(query: JSONObject): AuthorizationResponse | undefined {
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

/**
 * Returns the parameters of an authorization response in a URL, which may be relative. Reads no others: getAll() for
 * each one would take seconds for a query of 16 KB.
 */
export function queryOf(url: string): JSONObject {
  const parameters = new URLSearchParams(/^[^#?]*\?([^#]*)/.exec(url)?.[1]);
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
 * Returns the code and message for an error that the user caused.
 *
 * @throws {KakaoBusinessApiError} for any other error.
 */
export function toDenial({ error, description }: AuthorizationResponse & { kind: 'error' }) {
  if (error === 'access_denied') return { code: error, message: 'The user did not agree.' } as const;
  throw apiError({ endpoint: 'authorize', secrets: [] }, { error: optionalName(error), description });
}
