/** What an emulated answer can hold: JSON, with a `bigint` for an integer that a JavaScript number would round. */
export type JSONValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | JSONValue[]
  | { [member: string]: JSONValue | undefined };

/** Writes JSON like `JSON.stringify`, and a `bigint` as the number it is. */
export function toJSON(value: JSONValue): string {
  // JSON.stringify refuses a bigint, and JSON.rawJSON() does not exist in Node 20.
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(toJSON).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).flatMap(toMember).join(',')}}`;
}

function toMember([name, value]: [string, JSONValue | undefined]): string[] {
  return value === undefined ? [] : [`${JSON.stringify(name)}:${toJSON(value)}`];
}
