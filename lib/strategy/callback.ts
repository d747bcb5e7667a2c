import { isJSONObject, type JSONObject, member } from '../kakao/json.js';
import type { KakaoBusinessRequest } from './state/store.js';

/** What the browser brought back from the consent screen. */
export type AuthorizationResponse =
  | { kind: 'code'; code: string; state: string | undefined }
  | { kind: 'error'; error: string; description: string | undefined; state: string | undefined }
  | { kind: 'malformed'; message: string };

/**
 * Reads the answer of the consent screen from the query of the request, and from there only: a form posted to the login
 * route may well have a field named `code`.
 *
 * @returns undefined when the browser has not been there yet: the query has neither a code nor an error.
 */
export function readCallback(req: KakaoBusinessRequest): AuthorizationResponse | undefined {
  const query = toQuery(req);
  const [code, error, state] = ['code', 'error', 'state'].map(name => member(query, name));

  if (code === undefined && error === undefined) return undefined;
  if (code !== undefined && error !== undefined) return malformed('The answer has both a code and an error.');
  if (!isPlain(state) && !isAbsent(state)) return malformed('The state is not one plain string.');
  const common = { state: isAbsent(state) ? undefined : state };
  if (isPlain(code)) return { kind: 'code', code, ...common };
  if (isPlain(error)) return { kind: 'error', error, description: descriptionIn(query), ...common };
  return malformed(`The ${code === undefined ? 'error' : 'code'} is not one plain string.`);
}

// Where nothing has parsed the query yet (a bare node:http server), it is still in the URL. Only these parameters are
// looked up: getAll() for each parameter would take seconds for a query of 16 KB.
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

// Repeated (?code=a&code=b) or nested (?code[x]=1), it is no string here.
const isPlain = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 2048 && /^[^\p{Cc}]+$/u.test(value);

const isAbsent = (value: unknown): value is undefined | '' => value === undefined || value === '';

function descriptionIn(query: JSONObject): string | undefined {
  const description = member(query, 'error_description');
  return typeof description === 'string' ? description : undefined;
}
