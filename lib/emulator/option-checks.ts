import { isIPv4 } from 'node:net';

export function requireKnownMembers(option: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (option) throw optionError(option, 'an object');
    throw new TypeError('startKakaoBusinessEmulator takes an object of options');
  }
  const unknown = Object.keys(value).find(member => !known.includes(member));
  if (unknown === undefined) return;
  throw new TypeError(
    `startKakaoBusinessEmulator has no ${option ? `${option}.` : ''}${unknown} option; it has ${known.join(', ')}`,
  );
}

export function requireIPv4(option: string, value: string): string {
  if (!isIPv4(value)) throw optionError(option, 'an IPv4 address');
  return value;
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

export function requireOneOf<T>(option: string, value: T, known: readonly T[]): T {
  if (!known.includes(value)) throw optionError(option, known.join(' or '));
  return value;
}

export function requireCount(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 0) throw optionError(option, 'an integer from 0 on');
}

export function requireDuration(option: string, value: number): number {
  if (typeof value !== 'number' || !(value > 0)) {
    throw optionError(option, 'a number of milliseconds above 0');
  }
  return value;
}

export function requireList<T>(option: string, value: readonly T[]): readonly T[] {
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

export function requireTexts(option: string, values: readonly string[]): string[] {
  return requireList(option, values).map((value, index) => requireText(`${option}[${index}]`, value));
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
  return /^https?:\/\/[^#]+$/.test(text) && URL.canParse(text);
}

export function optionError(option: string, expected: string): TypeError {
  return new TypeError(`startKakaoBusinessEmulator: the ${option} option must be ${expected}`);
}
