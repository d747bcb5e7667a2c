import { inexactNumber, isExactNumber } from './exact-number.js';

/** A value in a query. A bigint is written with all its digits. */
export type AdQueryValue = string | number | bigint | boolean;

/** The parameters of a query, by name. A list repeats the name; undefined is left out. */
export type AdQuery = Readonly<Record<string, AdQueryValue | readonly AdQueryValue[] | undefined>>;

/**
 * Returns the URL of a request to an ad API. A query in the path stays as it is written, and the parameters follow it.
 *
 * @param root where the API is: what the path is appended to.
 * @throws {TypeError} when the path would lead elsewhere, or the query cannot be written.
 */
export function toAdURL(root: string, path: string, query: AdQuery = {}): string {
  requirePath(path);
  const parameters = toParameters(query);
  const separator = parameters === '' ? '' : path.includes('?') ? '&' : '?';
  return new URL(root.replace(/\/$/, '') + path + separator + parameters).href;
}

// What the URL parser would take for the start of a host, drop, or resolve: what is left may be another resource.
const LEADS_ELSEWHERE = [
  /^(?!\/)/, // another host, or a relative path
  /^\/\//,
  /\\/, // the parser reads it as a slash
  /[\p{Cc}\s]/u, // it drops tabs and line breaks, and spaces at the end
  /#/, // it ends what is sent
  /^[^?]*\/(?:\.|%2e){1,2}(?:[/?]|$)/i,
];

function requirePath(path: unknown): void {
  if (typeof path === 'string' && !LEADS_ELSEWHERE.some(pattern => pattern.test(path))) return;
  throw new TypeError(
    "KakaoBusinessClient: a path starts with one slash, '/openapi/v4/campaigns', and has no white space, backslash, fragment, '.' or '..'",
  );
}

function toParameters(query: unknown): string {
  if (typeof query !== 'object' || query === null || Array.isArray(query))
    throw new TypeError('KakaoBusinessClient: the query option must be an object');
  const pairs = Object.entries(query).flatMap(([name, value]: [string, unknown]) =>
    [value]
      .flat()
      .filter(each => each !== undefined)
      .map((each): [string, string] => [name, toText(name, each)]),
  );
  return new URLSearchParams(pairs).toString();
}

function toText(name: string, value: unknown): string {
  if (typeof value === 'number') {
    if (!isExactNumber(value)) throw inexactNumber(`the query parameter ${name}`);
  } else if (typeof value !== 'string' && typeof value !== 'bigint' && typeof value !== 'boolean') {
    throw new TypeError(
      `KakaoBusinessClient: the query parameter ${name} must be a string, number, bigint or boolean, or a list of them`,
    );
  }
  return String(value);
}
