const LONGEST = 300;

// Enough of a hostile text to find what it shows, little enough to look at it in no time.
const LONGEST_LOOKED_AT = 4096;

// Of a secret, fewer letters in a row are found in other words too.
const SHORTEST_PART = 8;

/**
 * Text from outside, made fit for an error and a log: the given secrets and whatever looks like one are replaced,
 * characters that end or reorder a line become spaces, and it is cut at 300 characters.
 *
 * A secret is found as it is, as in a form and as in JSON. If it has eight ASCII letters and digits, these are also found in
 * either case, with anything between them, percent-encoded, reversed, in hex and in base64; so are the first eight of each.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return withoutSecrets(text.slice(0, LONGEST_LOOKED_AT), secrets)
    .replace(/[\w-]{16,}/g, run => (looksLikeSecret(run) ? '[redacted]' : run))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, LONGEST);
}

/** Whether a text holds one of the secrets, in any spelling that `redact` finds. */
export const shows = (text: string, secrets: readonly string[]): boolean =>
  withoutSecrets(text, secrets) !== text;

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter(secret => secret.length >= 4); // shorter ones would be found in any word
  const hidden = new Uint8Array(text.length);
  for (const spelling of known.flatMap(asSent)) {
    for (const [start, end] of find(spelling, text, spelling.length)) hidden.fill(1, start, end);
  }
  const spellings = known.flatMap(asLetters).filter(({ length }) => length >= SHORTEST_PART);
  for (const { letters, places } of [LETTER, LETTER_OR_ENCODED].map(pattern => read(text, pattern))) {
    for (const spelling of spellings) {
      for (const [start, end] of find(spelling, letters, SHORTEST_PART))
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

// Not encodeURIComponent, which throws at half a surrogate pair.
const inForm = (secret: string): string => new URLSearchParams([['', secret]]).toString().slice(1);

const asLetters = (secret: string): string[] =>
  [
    secret,
    [...secret].reverse().join(''),
    Buffer.from(secret).toString('hex'),
    // As it is in the base64 of a longer text, such as `id:secret`: one for each place in a group of three bytes.
    Buffer.from(secret).toString('base64'),
    Buffer.from(`.${secret}`).toString('base64').slice(2),
    Buffer.from(`..${secret}`).toString('base64').slice(3),
  ].map(spelling => read(spelling, LETTER).letters);

const LETTER = /[a-z0-9]/gi;
const LETTER_OR_ENCODED = /%([0-9a-f]{2})|[a-z0-9]/gi;

/** The letters and digits of a text, in lower case, and the place of each. */
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

/** Where a spelling, or at least so many of its first characters, stand in a text: the Z-algorithm, in linear time. */
function* find(spelling: string, text: string, shortest: number): Generator<[start: number, end: number]> {
  if (!text.includes(spelling.slice(0, shortest))) return;
  const joined = spelling + text;
  const lengths = [0]; // of what begins at each place and is the same as the beginning
  let [start, end] = [0, 0];
  for (let at = 1; at < joined.length; at += 1) {
    let length = Math.min(Math.max(end - at, 0), lengths[at - start] ?? 0);
    while (at + length < joined.length && joined[length] === joined[at + length]) length += 1;
    lengths.push(length);
    if (at + length > end) [start, end] = [at, at + length];
    const inText = at - spelling.length;
    if (inText >= 0 && length >= shortest) yield [inText, inText + Math.min(length, spelling.length)];
  }
}

// Tokens, codes and keys are long and unbroken, and have a digit or a capital. The names of scopes have neither.
const looksLikeSecret = (run: string): boolean => /[0-9A-Z]/.test(run);
