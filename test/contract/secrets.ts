const MASK = '***';

/** Masks secrets in printed text. A second safeguard: findings contain shapes only. */
export class Secrets {
  readonly #known = new Set<string>();

  /** Ignores secrets of fewer than four characters: they would match parts of words. */
  learn(...secrets: (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret !== undefined && secret.length >= 4) this.#known.add(secret).add(encodeURIComponent(secret));
    }
  }

  /** Learns the IDs and email addresses in a response, but no error codes. */
  learnFrom(text: string): void {
    const withoutCodes = text.replace(/"(?:code|detailCode)":\s*-?\d+/g, '');
    this.learn(...(withoutCodes.match(/\d{4,}|[^\s"\\]+@[^\s"\\]+/g) ?? []));
  }

  mask(text: string): string {
    return [...this.#known].sort(longestFirst).reduce((safe, secret) => safe.replaceAll(secret, MASK), text);
  }
}

// One secret may be part of another.
const longestFirst = (one: string, other: string): number => other.length - one.length;
