const LONGEST = 300;

// Enough of a hostile text to find what it shows, little enough to look at it in no time.
const LONGEST_LOOKED_AT = 4096;

/**
 * Text from outside, made fit for an error and a log: the given secrets and whatever looks like one are replaced,
 * control characters become spaces, and it is cut at 300 characters.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return withoutSecrets(text, secrets)
    .slice(0, LONGEST_LOOKED_AT)
    .replace(/[\w-]{16,}/g, run => (looksLikeSecret(run) ? '[redacted]' : run))
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, LONGEST);
}

/** Whether a text holds one of the secrets, as it is or as it would be written in a form or in JSON. */
export const shows = (text: string, secrets: readonly string[]): boolean =>
  spellings(secrets).some(secret => text.includes(secret));

const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  spellings(secrets).reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);

// Shorter ones would be found in any word, and are no secrets.
const spellings = (secrets: readonly string[]): string[] =>
  secrets
    .filter(secret => secret.length >= 4)
    .flatMap(secret => [
      secret,
      inForm(secret),
      encodeSpaces(inForm(secret)),
      JSON.stringify(secret).slice(1, -1),
    ]);

// Not encodeURIComponent, which throws at half a surrogate pair.
const inForm = (secret: string): string => new URLSearchParams([['', secret]]).toString().slice(1);
const encodeSpaces = (form: string): string => form.replaceAll('+', '%20');

// Tokens, codes and keys are long and unbroken, and have a digit or a capital. The names of scopes have neither.
const looksLikeSecret = (run: string): boolean => /[0-9A-Z]/.test(run);
