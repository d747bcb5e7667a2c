/** A JSON object from outside: nothing is known of its members. */
export type JSONObject = { readonly [member: string]: unknown };

// The answers that are known nest three levels. A limit keeps hostile depth from everyone who walks them later.
const DEEPEST = 64;

/**
 * Reads JSON text without changing what it says. `JSON.parse` rounds an integer past 2^53, and makes an integer of
 * 42.0000000000000001 and 1e3, which could then pass for an ID: such numbers arrive as strings of their text. Members named `__proto__` are left out: they are never data, and poison whoever
 * merges the object.
 *
 * @throws {SyntaxError} when the text is no JSON, or nests deeper than 64 levels. The message may quote the text.
 */
export function parseJSON(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  const value: unknown = SUSPECT.test(text) ? JSON.parse(quoteInexact(text)) : parsed;
  return cleaned(value, DEEPEST);
}

const SUSPECT = /\d{16}|\d[.eE]/;

// Strings are matched first and left alone, so that what follows them can only be a number of its own.
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const quoteInexact = (json: string): string =>
  json.replace(STRING_OR_NUMBER, token => (isExact(token) ? token : `"${token}"`));

function isExact(token: string): boolean {
  if (token.startsWith('"')) return true;
  const value = Number(token);
  return /^-?\d+$/.test(token) ? Number.isSafeInteger(value) : !Number.isSafeInteger(value) || value <= 0;
}

// In place: the value is this function's own, and copying it would take longer than parsing it did.
function cleaned(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) throw new SyntaxError('JSON nests too deeply');
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const item of Object.values(value)) cleaned(item, levels - 1);
  return value;
}

/** An object, and neither null nor a list. */
export const isJSONObject = (value: unknown): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of its own, never one that the object inherits. */
export const member = (object: JSONObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** The member if it is a string with something in it. */
export function optionalString(object: JSONObject, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list; anything else is an empty one. */
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
