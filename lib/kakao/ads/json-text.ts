import { randomUUID } from 'node:crypto';
import { inexactNumber, isExactNumber } from './exact-number.js';

/**
 * Writes a value as JSON, as `JSON.stringify` does, and a bigint as a number with all its digits.
 *
 * @throws {TypeError} when the value cannot be written, or not without loss.
 */
export function toJSONText(value: unknown): string {
  // Unguessable, so that no text of the app can pass for a bigint. (Node 20 has no JSON.rawJSON.)
  const mark = randomUUID();
  let isExact = true;
  let hasBigints = false;
  const text = stringify(value, function (this: unknown, key, item) {
    // From the object, since an app may have given BigInt.prototype a toJSON that makes strings.
    const original: unknown = Reflect.get(Object(this), key);
    const bigint = typeof original === 'bigint' ? original : item;
    if (typeof item === 'number') isExact &&= isExactNumber(item);
    if (typeof bigint !== 'bigint') return item;
    hasBigints = true;
    return mark + bigint;
  });
  if (!isExact) throw inexactNumber('the json option');
  return hasBigints ? text.replace(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1') : text;
}

function stringify(value: unknown, write: (this: unknown, key: string, item: unknown) => unknown): string {
  const message = 'KakaoBusinessClient: the json option cannot be written as JSON';
  let text: string | undefined;
  try {
    text = JSON.stringify(value, write);
  } catch (cause) {
    throw new TypeError(message, { cause });
  }
  if (text === undefined) throw new TypeError(message); // a function or a symbol
  return text;
}
