/** A JSON object from outside, with unknown members. */
export type JSONObject = { readonly [member: string]: unknown };

// Known responses nest three levels. The limit protects recursive code from hostile depth.
const MAX_DEPTH = 64;

/**
 * Parses JSON and keeps integers exact. Integers past 2^53, which `JSON.parse` rounds, become strings of their text.
 * Removes members named `__proto__`, which would pollute prototypes where the object is merged.
 *
 * @param numbers `exact`, the default, also makes strings of numbers that `JSON.parse` turns into integers, such as 1e3
 *   and 42.0000000000000001: they could pass for IDs. `values` leaves them numbers, as the amounts of a report are.
 * @throws {SyntaxError} when the text is not JSON, or nests deeper than 64 levels. The message may quote the text.
 */
export function parseJSON(text: string, numbers: 'exact' | 'values' = 'exact'): unknown {
  const parsed: unknown = JSON.parse(text);
  const value: unknown = SUSPECT[numbers].test(text)
    ? JSON.parse(quoteInexact(text, IS_EXACT[numbers]))
    : parsed;
  return cleaned(value, MAX_DEPTH);
}

const SUSPECT = { exact: /\d{16}|\d[.eE]/, values: /\d{16}/ };

const isInteger = (token: string): boolean => /^-?\d+$/.test(token);

const IS_EXACT = {
  exact(token: string): boolean {
    const value = Number(token);
    return isInteger(token) ? Number.isSafeInteger(value) : !Number.isSafeInteger(value) || value <= 0;
  },
  values: (token: string): boolean => !isInteger(token) || Number.isSafeInteger(Number(token)),
};

// Quotes, not whole strings: V8 has no stack for a pattern that matches a string of some megabytes with escapes.
const QUOTE_OR_NUMBER = /\\.|"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function quoteInexact(json: string, isExact: (token: string) => boolean): string {
  let inString = false;
  return json.replace(QUOTE_OR_NUMBER, token => {
    if (token === '"') inString = !inString;
    return inString || /^["\\]/.test(token) || isExact(token) ? token : `"${token}"`;
  });
}

// In place, since a copy would take longer than parsing.
function cleaned(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) throw new SyntaxError('JSON nests too deeply');
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const item of Object.values(value)) cleaned(item, levels - 1);
  return value;
}

/** Whether a value is an object, not null and not a list. */
export const isJSONObject = (value: unknown): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns an own member, never an inherited one. */
export const member = (object: JSONObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Returns the member if it is a non-empty string. */
export function optionalString(object: JSONObject, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns a list as it is, and an empty list for any other value. */
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
