import { isIPv4 } from 'node:net';

/** Checks for options that plain JavaScript may get wrong. Each throws a TypeError that names the option. */
export function requireKnownMembers(name: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuseObject(name);
  const unknown = Object.keys(value).find(member => !known.includes(member));
  if (unknown === undefined) return;
  throw new TypeError(
    `startKakaoBusinessEmulator has no ${name ? `${name}.` : ''}${unknown} option; it has ${known.join(', ')}`,
  );
}

export function requireIPv4(name: string, value: string): string {
  return isIPv4(value) ? value : refuse(name, 'an IPv4 address');
}

export function requirePort(port: number): number {
  return Number.isInteger(port) && port >= 0 && port <= 65_535
    ? port
    : refuse('port', 'a whole number from 0 to 65535');
}

export function requireFunction<T>(name: string, value: T): T {
  return typeof value === 'function' ? value : refuse(name, 'a function');
}

export function requireBoolean(name: string, value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse(name, 'a boolean');
}

export function requireCount(name: string, value: number): number {
  return Number.isInteger(value) && value >= 0 ? value : refuse(name, 'a whole number from 0 on');
}

export function requireDuration(name: string, value: number): number {
  return typeof value === 'number' && value > 0 ? value : refuse(name, 'a number of milliseconds above 0');
}

export function requireList<T>(name: string, value: readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : refuse(name, 'an array');
}

/** Refuses what an earlier one of the list has already. */
export function requireDistinct<Member extends string>(
  list: string,
  values: readonly Record<Member, string>[],
  member: Member,
): void {
  values.forEach((value, index) => {
    const first = values.findIndex(other => other[member] === value[member]);
    if (first < index) refuse(`${list}[${index}].${member}`, `another than that of ${list}[${first}]`);
  });
}

export function requireText(name: string, value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : refuse(name, 'a string that is not empty');
}

export function requireTexts(name: string, values: readonly string[]): string[] {
  return requireList(name, values).map((value, index) => requireText(`${name}[${index}]`, value));
}

export function requireID(name: string, value: unknown): string {
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value)
    ? value
    : refuse(name, 'a string of 1 to 19 decimal digits');
}

export function requireRedirectURI(name: string, value: unknown): string {
  const uri = requireText(name, value);
  return isRedirectURI(uri) ? uri : refuse(name, 'an absolute http or https URL without a fragment');
}

export function isRedirectURI(text: string): boolean {
  return /^https?:\/\/[^#]+$/.test(text) && URL.canParse(text);
}

function refuseObject(name: string): never {
  if (name) refuse(name, 'an object');
  throw new TypeError('startKakaoBusinessEmulator takes an object of options');
}

export function refuse(name: string, expected: string): never {
  throw new TypeError(`startKakaoBusinessEmulator: the ${name} option must be ${expected}`);
}
