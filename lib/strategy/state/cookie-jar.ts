import type { ServerResponse } from 'node:http';
import type { KakaoBusinessRequest } from './store.js';

/** The cookies of a request whose names start alike, and those that its response sets. */
export class CookieJar {
  /** What the names start with. */
  readonly prefix: string;
  readonly #response: ServerResponse;
  readonly #attributes: string;
  readonly #received: ReadonlyMap<string, string>;

  /** @throws {Error} when there is no response to set a cookie with. */
  constructor(req: KakaoBusinessRequest, name: string, { isSecure }: { isSecure: boolean }) {
    if (!req.res) {
      throw new Error(
        'SignedCookieStore needs the response as req.res: Express sets it; elsewhere, set it before Passport',
      );
    }
    this.#response = req.res;
    // A __Host- cookie comes from this very host: another subdomain cannot set one.
    this.prefix = `${isSecure ? '__Host-' : ''}${name}.`;
    // Lax, since a Strict cookie does not come back when Kakao redirects the browser.
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
    this.#received = cookiesIn(req.headers.cookie ?? '', this.prefix);
  }

  /** The received cookies; the names are without the prefix. */
  entries(): [name: string, value: string][] {
    return [...this.#received];
  }

  get(name: string): string | undefined {
    return this.#received.get(name);
  }

  set(name: string, value: string, milliseconds: number): void {
    const cookie = `${this.prefix}${name}=${value}; Max-Age=${milliseconds / 1000}; ${this.#attributes}`;
    this.#response.appendHeader('Set-Cookie', cookie);
  }

  delete(name: string): void {
    this.set(name, '', 0);
  }
}

function cookiesIn(header: string, prefix: string): Map<string, string> {
  const pairs = header.split(';').map((pair): [string, string] => {
    const [name = '', value = ''] = pair.trim().split('=');
    return [name, value];
  });
  return new Map(
    pairs
      .filter(([name, value]) => name.startsWith(prefix) && value !== '')
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
