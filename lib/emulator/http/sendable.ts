import { validateHeaderName, validateHeaderValue } from 'node:http';
import { InvalidMember } from '../invalid-member.js';

const FORBIDDEN_HEADERS = ['content-length', 'transfer-encoding', 'connection', 'trailer'];

/**
 * Checks the status of a response that a test chose.
 *
 * @param owner what the message starts with.
 * @throws {TypeError}
 */
export function requireStatus(owner: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599) return value;
  throw new InvalidMember(owner, 'status', 'status must be an HTTP status from 200 to 599');
}

/**
 * Checks the headers of a response that a test chose.
 *
 * @param owner what the message starts with.
 * @returns names in lower case, like those of the headers that they replace.
 * @throws {TypeError}
 */
export function requireHeaders(owner: string, value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!areTexts(value)) throw new InvalidMember(owner, 'headers', 'headers must be an object of strings');
  const checked: Record<string, string> = {};
  for (const [name, content] of Object.entries(value)) {
    if (FORBIDDEN_HEADERS.includes(name.toLowerCase())) {
      throw new InvalidMember(
        owner,
        'headers',
        `the header ${name} cannot be set; it follows from the response`,
      );
    }
    try {
      validateHeaderName(name);
      validateHeaderValue(name, content);
    } catch (cause) {
      const error = new InvalidMember(owner, 'headers', `the header ${JSON.stringify(name)} cannot be sent`);
      throw Object.assign(error, { cause });
    }
    checked[name.toLowerCase()] = content;
  }
  return checked;
}

function areTexts(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(each => typeof each === 'string');
}
