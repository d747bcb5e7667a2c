const MAX_LENGTH = 300;

// Bounds the work on hostile text.
const MAX_INPUT = 4096;

// Fewer letters of a secret in a row can be part of another word.
const MIN_LETTERS = 8;

/**
 * Makes text from outside fit for an error and a log: replaces the given secrets and anything that looks like a secret,
 * replaces characters that end or reorder a line by spaces, and cuts it at 300 characters.
 *
 * Finds a secret of four characters or more as it is, as in a form and as in JSON. If it has eight ASCII letters or
 * digits, finds these also in either case, with anything between them, percent-encoded, reversed, in hex and in base64,
 * and the first eight of each.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return withoutSecrets(text.slice(0, MAX_INPUT), secrets)
    .replace(/[\w-]{16,}/g, run => (looksLikeSecret(run) ? '[redacted]' : run))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, MAX_LENGTH);
}

/** Whether a text contains one of the secrets, in any spelling that `redact` finds. */
export const containsSecret = (text: string, secrets: readonly string[]): boolean =>
  withoutSecrets(text, secrets) !== text;

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter(secret => secret.length >= 4); // a shorter one can be part of any word
  const hidden = new Uint8Array(text.length);
  for (const spelling of known.flatMap(asSent)) {
    for (const [start, end] of find(spelling, text, spelling.length)) hidden.fill(1, start, end);
  }
  const spellings = known.flatMap(asLetters).filter(({ length }) => length >= MIN_LETTERS);
  for (const { letters, places } of [LETTER, LETTER_OR_ENCODED].map(pattern => read(text, pattern))) {
    for (const spelling of spellings) {
      for (const [start, end] of find(spelling, letters, MIN_LETTERS))
        hidden.fill(1, places[start]?.start, places[end - 1]?.end);
    }
  }
  return text.replace(/./gs, (character, at) =>
    hidden[at] === 0 ? character : hidden[at - 1] === 1 ? '' : '[redacted]',
  );
}

const asSent = (secret: string): string[] => [
  secret,
  inForm(secret),
  inForm(secret).replaceAll('+', '%20'),
  JSON.stringify(secret).slice(1, -1),
];

// Not encodeURIComponent, which throws for half a surrogate pair.
const inForm = (secret: string): string => new URLSearchParams([['', secret]]).toString().slice(1);

const asLetters = (secret: string): string[] =>
  [
    secret,
    [...secret].reverse().join(''),
    Buffer.from(secret).toString('hex'),
    // The base64 of a longer text, such as `id:secret`, has another spelling for each offset in a group of three bytes.
    Buffer.from(secret).toString('base64'),
    Buffer.from(`.${secret}`).toString('base64').slice(2),
    Buffer.from(`..${secret}`).toString('base64').slice(3),
  ].map(spelling => read(spelling, LETTER).letters);

const LETTER = /[a-z0-9]/gi;
const LETTER_OR_ENCODED = /%([0-9a-f]{2})|[a-z0-9]/gi;

/** Returns the letters and digits of a text in lower case, and the place of each. */
function read(text: string, pattern: RegExp) {
  const places = [...text.matchAll(pattern)]
    .map(({ 0: shown, 1: hex, index }) => ({
      letter: hex ? String.fromCharCode(Number.parseInt(hex, 16)) : shown,
      start: index,
      end: index + shown.length,
    }))
    .filter(({ letter }) => /[a-z0-9]/i.test(letter));
  return { letters: places.map(({ letter }) => letter.toLowerCase()).join(''), places };
}

/** Finds a spelling, or at least its first characters, in a text. In linear time, by the Z-algorithm. */
function* find(spelling: string, text: string, shortest: number): Generator<[start: number, end: number]> {
  const joined = spelling + text;
  const lengths = [0]; // for each place, how many characters equal the first characters
  let [start, end] = [0, 0];
  for (let at = 1; at < joined.length; at += 1) {
    let length = Math.min(Math.max(end - at, 0), lengths[at - start] ?? 0);
    while (joined[length] === joined[at + length]) length += 1;
    lengths.push(length);
    if (at + length > end) [start, end] = [at, at + length];
    const inText = at - spelling.length;
    if (inText >= 0 && length >= shortest) yield [inText, inText + Math.min(length, spelling.length)];
  }
}

// Tokens, codes and keys have a digit or a capital letter; names of consent items have neither. The ad APIs name an
// exception: KakaoMomentException.
const looksLikeSecret = (run: string): boolean =>
  /[0-9A-Z]/.test(run) && !/^[A-Z][A-Za-z]{0,40}Exception$/.test(run);
