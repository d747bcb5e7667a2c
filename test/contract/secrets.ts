const mask = '***';

/** Everything that must not be printed, and the mask before it: the last of two guards, since findings tell shapes only. */
export class Secrets {
  readonly #known = new Set<string>();

  /** Shorter than four characters is no secret: it would be found in any word. */
  learn(...secrets: (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret !== undefined && secret.length >= 4) this.#known.add(secret).add(encodeURIComponent(secret));
    }
  }

  /** Learns the IDs and email addresses in an answer about a user. */
  learnFrom(text: string): void {
    this.learn(...(text.match(/\d{4,}|[^\s"\\]+@[^\s"\\]+/g) ?? []));
  }

  mask(text: string): string {
    return [...this.#known].sort(longestFirst).reduce((safe, secret) => safe.replaceAll(secret, mask), text);
  }
}

// One may be part of another.
const longestFirst = (one: string, other: string): number => other.length - one.length;
