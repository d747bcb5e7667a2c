import { isIPv4 } from 'node:net';
import { isConsentItemID } from './consent-items.js';
import { InvalidMember } from './invalid-member.js';

const CALL = 'startKakaoBusinessEmulator';

/**
 * The members of an object.
 *
 * @param option the path in messages; empty for the object itself.
 * @throws {TypeError} when it is no object, or has another member.
 */
export function requireMembers<Member extends string>(
  option: string,
  value: unknown,
  known: readonly Member[],
): { readonly [name in Member]?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (option) throw optionError(option, 'an object');
    throw new TypeError(`${CALL} takes an object of options`);
  }
  const unknown = Object.keys(value).find(member => !known.some(each => each === member));
  if (unknown === undefined) return value;
  const member = memberOf(option, unknown);
  throw new InvalidMember(
    CALL,
    member,
    `there is no ${member}; there are ${known.join(', ')}`,
    `${CALL} has no ${member} option; it has ${known.join(', ')}`,
  );
}

/** The path of a member of an option; of the value itself for an empty path. */
export const memberOf = (option: string, member: string): string => (option ? `${option}.${member}` : member);

export function requireIPv4(option: string, value: string): string {
  if (!isIPv4(value)) throw optionError(option, 'an IPv4 address');
  return value;
}

/** @returns the name as the Host header of a browser spells it. */
export function requireHostName(option: string, value: unknown): string {
  const name = toHostName(requireText(option, value));
  if (name === undefined) throw optionError(option, HOST_NAME);
  return name;
}

export const HOST_NAME = 'a host name such as kakao.test, without a scheme and a port';

/** A host name as browsers spell it; undefined for anything else. */
export function toHostName(text: string): string | undefined {
  if (/[\s:/?#@\\]/.test(text) || !URL.canParse(`http://${text}`)) return undefined;
  const { hostname } = new URL(`http://${text}`);
  return /^[\w-]+(?:\.[\w-]+)*$/.test(hostname) ? hostname : undefined;
}

export function requirePort(port: number): number {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw optionError('port', 'an integer from 0 to 65535');
  }
  return port;
}

export function requireFunction<T>(option: string, value: T): T {
  if (typeof value !== 'function') throw optionError(option, 'a function');
  return value;
}

export function requireBoolean(option: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw optionError(option, 'a boolean');
  return value;
}

export function requireOneOf<T>(option: string, value: unknown, known: readonly T[]): T {
  const found = known.find(each => each === value);
  if (found === undefined) throw optionError(option, known.join(' or '));
  return found;
}

export function requireCount(option: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw optionError(option, 'an integer from 0 on');
}

export function requireDuration(option: string, value: number): number {
  if (typeof value !== 'number' || !(value > 0)) {
    throw optionError(option, 'a number of milliseconds above 0');
  }
  return value;
}

export function requireList<T>(option: string, value: readonly T[]): readonly T[];
export function requireList(option: string, value: unknown): readonly unknown[];
export function requireList(option: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw optionError(option, 'an array');
  return value;
}

export function requireDistinct<Member extends string>(
  list: string,
  values: readonly Record<Member, string>[],
  member: Member,
): void {
  values.forEach((value, index) => {
    const first = values.findIndex(other => other[member] === value[member]);
    if (first < index)
      throw optionError(`${list}[${index}].${member}`, `different from that of ${list}[${first}]`);
  });
}

export function requireText(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw optionError(option, 'a non-empty string');
  return value;
}

export function requireTexts(option: string, values: unknown): string[] {
  return requireList(option, values).map((value, index) => requireText(`${option}[${index}]`, value));
}

export function requireConsentItems(option: string, values: unknown): string[] {
  return requireTexts(option, values).map((value, index) => {
    if (isConsentItemID(value)) return value;
    throw optionError(`${option}[${index}]`, 'the ID of one consent item, without spaces and commas');
  });
}

export function requireID(option: string, value: unknown): string {
  if (typeof value !== 'string' || !/^[1-9]\d{0,18}$/.test(value)) {
    throw optionError(option, 'a string of 1 to 19 decimal digits');
  }
  return value;
}

export function requireRedirectURI(option: string, value: unknown): string {
  const uri = requireText(option, value);
  if (!isRedirectURI(uri)) throw optionError(option, 'an absolute http or https URL without a fragment');
  return uri;
}

export function isRedirectURI(text: string): boolean {
  return /^https?:\/\/[^#\s]+$/.test(text) && URL.canParse(text);
}

export function optionError(option: string, expected: string): TypeError {
  const message = `${CALL}: the ${option} option must be ${expected}`;
  return new InvalidMember(CALL, option, `${option} must be ${expected}`, message);
}
