const LONGEST = 300;

// Tokens, codes and keys as Kakao writes them: long, unbroken, with a digit or a capital. Scope names have neither.
const LIKE_A_SECRET = /(?=[\w-]*[0-9A-Z])[\w-]{16,}/g;

// biome's rule against control characters in patterns is about accidents; these are named by their category.
const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/**
 * Text from outside, made fit for an error and a log: the given secrets and whatever looks like one are replaced,
 * control characters become spaces, and it is cut at 300 characters.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutKnown = secrets
    .filter(secret => secret.length >= 4)
    .flatMap(secret => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
  return withoutKnown.replace(LIKE_A_SECRET, '[redacted]').replace(CONTROL_CHARACTERS, ' ').slice(0, LONGEST);
}
