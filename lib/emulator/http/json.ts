import { randomUUID } from 'node:crypto';

/** A JSON value. A `bigint` is an integer that a JavaScript number would round. */
export type JSONValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | JSONValue[]
  | { [member: string]: JSONValue | undefined };

/** A JSON object. */
export type JSONObject = { [member: string]: JSONValue | undefined };

export const isJSONObject = (value: JSONValue | undefined): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Writes JSON like `JSON.stringify`, and a `bigint` as an integer. */
export function toJSON(value: JSONValue): string {
  // JSON.stringify throws for a bigint, and Node 20 lacks JSON.rawJSON().
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(toJSON).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).flatMap(toMember).join(',')}}`;
}

function toMember([name, value]: [string, JSONValue | undefined]): string[] {
  return value === undefined ? [] : [`${JSON.stringify(name)}:${toJSON(value)}`];
}

const MAX_DEPTH = 100;

/** Whether a value is nested so deeply that the functions that walk through it could exhaust the stack. */
export function isTooDeep(value: unknown, levels = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some(member => isTooDeep(member, levels - 1));
}

/**
 * Copies a value.
 *
 * @throws {TypeError} for a value that JSON cannot hold, and for one that is nested too deeply.
 */
export function toJSONValue(value: unknown): JSONValue {
  if (isTooDeep(value)) throw new TypeError(`not JSON: nested more than ${MAX_DEPTH} levels deep`);
  return copy(value);
}

function copy(value: unknown): JSONValue {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return requireExact(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object') throw new TypeError(`not JSON: ${typeof value}`);
  if (value instanceof Map || value instanceof Set) throw new TypeError('not JSON: a Map or Set');
  if ('toJSON' in value && typeof value.toJSON === 'function') return copy(value.toJSON());
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, member === undefined ? member : copy(member)]),
  );
}

function requireExact(value: number): number {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value;
  throw new TypeError(`not exact: ${value}; write a large integer as a bigint`);
}

// Matches strings first, so that digits within a string are not taken for a number.
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON like `JSON.parse`, and an integer that a number would round as a `bigint`.
 *
 * @throws {SyntaxError} when the text is not JSON. The message may quote the text.
 */
export function parseJSON(text: string): JSONValue {
  const value: JSONValue = JSON.parse(text);
  if (!/\d{16}/.test(text)) return value;
  const mark = randomUUID(); // no string of the text starts with it
  const marked = text.replace(STRING_OR_NUMBER, token => (isRounded(token) ? `"${mark}${token}"` : token));
  return JSON.parse(marked, (_, member) =>
    typeof member === 'string' && member.startsWith(mark) ? BigInt(member.slice(mark.length)) : member,
  );
}

const isRounded = (token: string): boolean => /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));

/** Reads JSON like `parseJSON`; undefined for a text that is none. */
export function optionalJSON(text: string): JSONValue | undefined {
  try {
    return parseJSON(text);
  } catch {
    return undefined;
  }
}
