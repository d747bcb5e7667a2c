/** A JSON object from outside, with unknown members. */
export type JSONObject = { readonly [member: string]: unknown };

// Known responses nest three levels. The limit protects recursive code from hostile depth.
const MAX_DEPTH = 64;

/**
 * Parses JSON without loss. `JSON.parse` rounds integers past 2^53, and turns 42.0000000000000001 and 1e3 into
 * integers, which could pass for IDs: such numbers become strings of their text. Removes members named `__proto__`,
 * which would pollute prototypes where the object is merged.
 *
 * @throws {SyntaxError} when the text is not JSON, or nests deeper than 64 levels. The message may quote the text.
 */
export function parseJSON(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  const value: unknown = SUSPECT.test(text) ? JSON.parse(quoteInexact(text)) : parsed;
  return cleaned(value, MAX_DEPTH);
}

const SUSPECT = /\d{16}|\d[.eE]/;

// Matches strings first, so that digits within a string are not taken for a number.
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const quoteInexact = (json: string): string =>
  json.replace(STRING_OR_NUMBER, token => (isExact(token) ? token : `"${token}"`));

function isExact(token: string): boolean {
  if (token.startsWith('"')) return true;
  const value = Number(token);
  return /^-?\d+$/.test(token) ? Number.isSafeInteger(value) : !Number.isSafeInteger(value) || value <= 0;
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
