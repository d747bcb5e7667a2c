import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type {
  KakaoBusinessRequest,
  KakaoBusinessStateStore,
  PendingLogin,
  StateFailure,
  StateStoreCallback,
  StateStoreMetadata,
  StateVerifyCallback,
} from 'passport-kakao-business';

const LIFETIME_SECONDS = 10 * 60; // the reported lifetime of Kakao's codes
const MOST_PENDING = 8;
const LONGEST_COOKIE = 768; // eight of them and the app's own cookies must fit into the 8 KB that proxies accept

export interface SignedCookieStoreOptions {
  /**
   * The secret that signs the cookies: random, at least 32 characters, the same in every process. To replace it, pass a
   * list: the first one signs, all are accepted. Remove the old one after ten minutes.
   */
  secret: string | readonly string[];
  /** The prefix of the cookie names; a different one for each strategy. Default: `kakao-business`. */
  name?: string;
}

/**
 * Keeps pending logins in the browser, for apps without sessions. Each login has its own signed cookie, so that tabs do
 * not interfere.
 *
 * Limitations:
 * - **Single use** depends on the deletion of the cookie: a copy can be sent again within ten minutes. Kakao's code
 *   works
 *   once, though, so the second login fails with `invalid_grant`.
 * - **Secrecy**: the cookie is signed, not encrypted. The user can read the `state` passed to `authenticate`, but
 *   cannot
 *   change it.
 * - **Size**: a `state` can have about 300 bytes.
 *
 * It requires the response as `req.res`. Express sets it; with other frameworks, set it before Passport.
 *
 * @example
 * const store = new SignedCookieStore({ secret: cookieSecret });
 * passport.use(new KakaoBusinessStrategy({ clientID, clientSecret, callbackURL, store }, verify));
 * app.get('/auth/kakao-business', passport.authenticate('kakao-business', { session: false }));
 */
export class SignedCookieStore implements KakaoBusinessStateStore {
  private readonly secrets: readonly string[];
  private readonly name: string;

  constructor({ secret, name = 'kakao-business' }: SignedCookieStoreOptions) {
    this.secrets = [secret].flat();
    this.name = name;
    if (this.secrets.length === 0 || !this.secrets.every(isLong)) {
      throw new TypeError('SignedCookieStore: a secret must be a string of at least 32 random characters');
    }
  }

  /** Sets a cookie for a new login. */
  store(
    req: KakaoBusinessRequest,
    login: PendingLogin,
    meta: StateStoreMetadata,
    done: StateStoreCallback,
  ): void {
    const jar = new Jar(req, this.name, meta);
    this.makeRoom(jar);
    const handle = randomBytes(24).toString('base64url');
    const expiresAt = Date.now() + LIFETIME_SECONDS * 1000;
    const value = this.sign(jar.prefix + handle, { ...login, expiresAt });
    if (jar.prefix.length + handle.length + value.length > LONGEST_COOKIE) {
      throw new RangeError('SignedCookieStore: the state option is too large for a cookie');
    }
    jar.set(handle, value);
    done(null, handle);
  }

  /** Finds the cookie of the returning login, and deletes it. */
  verify(
    req: KakaoBusinessRequest,
    handle: string,
    meta: StateStoreMetadata,
    done: StateVerifyCallback,
  ): void {
    const found = this.take(new Jar(req, this.name, meta), handle);
    done(null, 'redirectURI' in found, found);
  }

  private take(jar: Jar, handle: string): PendingLogin | StateFailure {
    const cookie = jar.get(handle);
    // The handle is forged or from another browser: keep the pending logins of this one.
    if (cookie === undefined) return jar.handles().length === 0 ? NO_PENDING_LOGIN : UNKNOWN;
    jar.delete(handle);
    const login = this.read(jar.prefix + handle, cookie);
    if (!login) return UNKNOWN;
    if (login.expiresAt < Date.now()) return EXPIRED;
    return { redirectURI: login.redirectURI, state: login.state };
  }

  // Browsers send every cookie with every request: delete invalid and expired ones, then the oldest.
  private makeRoom(jar: Jar): void {
    const pending = jar
      .handles()
      .map(handle => ({ handle, login: this.read(jar.prefix + handle, jar.get(handle) ?? '') }))
      .map(({ handle, login }) => ({ handle, expiresAt: login?.expiresAt ?? 0 }))
      .sort((one, other) => other.expiresAt - one.expiresAt);
    for (const [position, { handle, expiresAt }] of pending.entries()) {
      if (position >= MOST_PENDING - 1 || expiresAt < Date.now()) jar.delete(handle);
    }
  }

  private sign(name: string, login: KeptLogin): string {
    const payload = Buffer.from(JSON.stringify(login)).toString('base64url');
    const [secret = ''] = this.secrets;
    return `${payload}.${signatureOf(name, payload, secret).toString('base64url')}`;
  }

  private read(name: string, value: string): KeptLogin | undefined {
    const [payload = '', signature = ''] = value.split('.');
    const given = Buffer.from(signature, 'base64url');
    const isOurs = this.secrets
      .map(secret => signatureOf(name, payload, secret))
      .some(ours => ours.length === given.length && timingSafeEqual(ours, given));
    return isOurs ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : undefined;
  }
}

const isLong = (secret: unknown): boolean => typeof secret === 'string' && secret.length >= 32;

interface KeptLogin extends PendingLogin {
  /** Milliseconds since 1970. Part of the cookie, because browsers may ignore Max-Age. */
  expiresAt: number;
}

// Signs the name too, which contains the handle; otherwise a cookie could be reused under the handle of another login.
const signatureOf = (name: string, payload: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`${name}=${payload}`).digest();

const NO_PENDING_LOGIN: StateFailure = {
  reason: 'no_pending_login',
  message: 'No sign-in is pending in this browser: it was finished before, or the cookies did not come back.',
};
const UNKNOWN: StateFailure = {
  reason: 'unknown',
  message: 'This sign-in was not started in this browser, or was finished before.',
};
const EXPIRED: StateFailure = {
  reason: 'expired',
  message: `The sign-in took longer than ${LIFETIME_SECONDS / 60} minutes. Start again.`,
};

/** The cookies of pending logins in a request and its response. */
class Jar {
  readonly prefix: string;
  private readonly response: ServerResponse;
  private readonly attributes: string;
  private readonly received: ReadonlyMap<string, string>;

  constructor(req: KakaoBusinessRequest, name: string, { callbackURL }: StateStoreMetadata) {
    if (!req.res) throw new Error('SignedCookieStore needs the response as req.res, as in Express');
    this.response = req.res;
    const isSecure = callbackURL.startsWith('https:');
    // Browsers accept a __Host- cookie from this host only; another subdomain cannot set one.
    this.prefix = `${isSecure ? '__Host-' : ''}${name}.`;
    // Lax, not Strict: browsers do not send a Strict cookie on the redirect from Kakao.
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
    this.received = cookiesIn(req.headers.cookie ?? '', this.prefix);
  }

  handles(): string[] {
    return [...this.received.keys()];
  }

  get(handle: string): string | undefined {
    return this.received.get(handle);
  }

  set(handle: string, value: string): void {
    this.send(handle, value, LIFETIME_SECONDS);
  }

  delete(handle: string): void {
    this.send(handle, '', 0);
  }

  private send(handle: string, value: string, maxAge: number): void {
    const cookie = `${this.prefix}${handle}=${value}; Max-Age=${maxAge}; ${this.attributes}`;
    this.response.appendHeader('Set-Cookie', cookie);
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
