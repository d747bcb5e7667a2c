/** Percent-encodes every byte. */
export const toPercent = (text: string): string =>
  [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
const toBase64 = (text: string): string => Buffer.from(text).toString('base64');

/** The spellings of a secret that the package finds, besides those of forms and JSON. */
export const spellings: [how: string, spell: (secret: string) => string][] = [
  ['in capitals', secret => secret.toUpperCase()],
  ['reversed', secret => [...secret].reverse().join('')],
  ['with spaces in it', secret => [...secret].join(' ')],
  ['with a line break in it', secret => `${secret.slice(0, 9)}\r\n${secret.slice(9)}`],
  ['with invisible characters in it', secret => [...secret].join('\u200b')],
  ['percent-encoded', toPercent],
  ['percent-encoded, in capitals', secret => toPercent(secret).toUpperCase()],
  ['percent-encoded in part', secret => toPercent(secret.slice(0, 3)) + secret.slice(3)],
  ['in base64', toBase64],
  ['in base64, after one character', secret => toBase64(`:${secret}`)],
  ['in base64, after two characters', secret => toBase64(`::${secret}`)],
  ['in base64url', secret => Buffer.from(secret).toString('base64url')],
  ['in base64, percent-encoded', secret => encodeURIComponent(toBase64(secret))],
  ['in hex', secret => Buffer.from(secret).toString('hex')],
  ['in hex, in capitals', secret => Buffer.from(secret).toString('hex').toUpperCase()],
  [
    'in hex, with colons',
    secret =>
      Buffer.from(secret)
        .toString('hex')
        .replace(/..(?=.)/g, '$&:'),
  ],
];
