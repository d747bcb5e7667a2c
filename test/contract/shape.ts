/** A JSON object with unknown members. */
export type JSONObject = { readonly [member: string]: unknown };

export const isObject = (value: unknown): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The type of a value, without the value itself. */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].join(' | ')}]`;
  if (isObject(value)) return `{ ${Object.entries(value).map(toMember).join(', ')} }`.replace('{  }', '{}');
  if (typeof value === 'string') return stringShape(value);
  return Number.isInteger(value) ? 'integer' : String(value === null ? value : typeof value);
}

const toMember = ([name, value]: [string, unknown]): string => `${toName(name)}: ${shapeOf(value)}`;

// The name of a member can be an ID or an email address.
const toName = (name: string): string => (/^[a-z_]{1,40}$/i.test(name) ? name : '…');

function stringShape(text: string): string {
  if (text === '*') return '"*"';
  if (/^\d+$/.test(text)) return 'string of digits';
  return text.includes('@') ? 'email' : 'string';
}
