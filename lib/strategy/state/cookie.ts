import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { CookieJar } from './cookie-jar.js';
import { EXPIRED, LIFETIME, MAX_PENDING } from './limits.js';
import type {
  KakaoBusinessRequest,
  KakaoBusinessStateStore,
  PendingLogin,
  StateFailure,
  StateStoreCallback,
  StateStoreMetadata,
  StateVerifyCallback,
} from './store.js';
import { UsedHandles } from './used-handles.js';

/** Options of a {@link SignedCookieStore}. */
export interface SignedCookieStoreOptions {
  /**
   * Signs the cookies: at least 32 random characters (`openssl rand -base64 32`), the same in every process. To replace
   * it, give a list: the first one signs, all are accepted. The old one can go ten minutes later.
   */
  secret: string | readonly string[];
  /** What the names of the cookies start with; another one for each strategy. Default: `kakao-business`. */
  name?: string | undefined;
}

interface SignedLogin extends PendingLogin {
  /** Milliseconds since 1970; in the cookie, since browsers need not obey its Max-Age. */
  expiresAt: number;
}

const MAX_BYTES = 768; // eight cookies and the app's own must fit into the 8 KB that proxies accept

/**
 * Keeps pending logins in the browser, for apps without sessions: in one signed cookie each, so that tabs do not
 * disturb each other. The cookies are HttpOnly and SameSite=Lax, last ten minutes, and are Secure where the callbackURL
 * is https.
 *
 * It needs the response as `req.res`, which Express sets. Its limits:
 * - A login can be finished once in a process. In another process, a copy of its cookie can be used again for ten
 *   minutes; Kakao's code, which works once, then ends the second login with `invalid_grant`.
 * - The cookies are signed, not encrypted: the user can read the `state` passed to `authenticate`, and not change it.
 * - That `state` can have some 300 bytes.
 *
 * @example
 * const store = new SignedCookieStore({ secret: cookieSecret });
 * passport.use(new KakaoBusinessStrategy({ clientID, clientSecret, callbackURL, store }, verify));
 * app.get('/auth/kakao-business', passport.authenticate('kakao-business', { session: false }));
 */
export class SignedCookieStore implements KakaoBusinessStateStore {
  // #private fields, so that a logged store does not show its secret.
  readonly #secrets: readonly string[];
  readonly #name: string;
  readonly #used = new UsedHandles();

  /** @throws {TypeError} when a secret is too short, or the name is not fit for a cookie. */
  constructor(options: SignedCookieStoreOptions) {
    if (typeof options !== 'object' || options === null)
      throw new TypeError('SignedCookieStore requires an options object');
    const { secret, name = 'kakao-business' } = options;
    this.#secrets = [secret].flat();
    this.#name = name;
    if (this.#secrets.length === 0 || !this.#secrets.every(isLong)) {
      throw new TypeError('SignedCookieStore: a secret must be a string of at least 32 random characters');
    }
    if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name)) {
      throw new TypeError('SignedCookieStore: the name option must consist of letters, digits, _ and -');
    }
  }

  /** Sets a cookie for the login. */
  store(
    req: KakaoBusinessRequest,
    login: PendingLogin,
    meta: StateStoreMetadata,
    done: StateStoreCallback,
  ): void {
    const jar = this.#jarOf(req, meta);
    const handle = randomBytes(24).toString('base64url');
    const value = this.#sign(jar.prefix + handle, { ...login, expiresAt: Date.now() + LIFETIME });
    if (jar.prefix.length + handle.length + value.length > MAX_BYTES) {
      throw new TypeError('SignedCookieStore: the state option is too large for a cookie');
    }
    this.#makeRoom(jar);
    jar.set(handle, value, LIFETIME);
    done(null, handle);
  }

  /** Finds the cookie of the login, and deletes it. */
  verify(
    req: KakaoBusinessRequest,
    handle: string,
    meta: StateStoreMetadata,
    done: StateVerifyCallback,
  ): void {
    const found = this.#take(this.#jarOf(req, meta), handle);
    done(null, 'redirectURI' in found, found);
  }

  #jarOf(req: KakaoBusinessRequest, { callbackURL }: StateStoreMetadata): CookieJar {
    return new CookieJar(req, this.#name, { isSecure: callbackURL.startsWith('https:') });
  }

  #take(jar: CookieJar, handle: string): PendingLogin | StateFailure {
    const cookie = jar.get(handle);
    // A forged handle removes nothing: otherwise any link could end a pending login.
    if (cookie === undefined) return jar.entries().length === 0 ? NO_PENDING_LOGIN : UNKNOWN;
    jar.delete(handle);
    const login = this.#read(jar.prefix + handle, cookie);
    if (!login) return UNKNOWN;
    const { expiresAt, ...pending } = login;
    if (expiresAt < Date.now()) return EXPIRED;
    return this.#used.add(handle) ? pending : UNKNOWN;
  }

  // Browsers send all cookies with every request: delete the unusable ones, then the oldest.
  #makeRoom(jar: CookieJar): void {
    const pending = jar
      .entries()
      .map(([handle, value]) => ({ handle, login: this.#read(jar.prefix + handle, value) }))
      .map(({ handle, login }) => ({ handle, expiresAt: login?.expiresAt ?? 0 }))
      .sort((one, other) => other.expiresAt - one.expiresAt);
    for (const [position, { handle, expiresAt }] of pending.entries()) {
      if (position >= MAX_PENDING - 1 || expiresAt < Date.now()) jar.delete(handle);
    }
  }

  #sign(name: string, login: SignedLogin): string {
    const payload = Buffer.from(JSON.stringify(login)).toString('base64url');
    const [secret = ''] = this.#secrets;
    return `${payload}.${toSignature(name, payload, secret).toString('base64url')}`;
  }

  #read(name: string, value: string): SignedLogin | undefined {
    const [payload = '', signature = ''] = value.split('.');
    const given = Buffer.from(signature, 'base64url');
    const isOurs = this.#secrets
      .map(secret => toSignature(name, payload, secret))
      .some(ours => ours.length === given.length && timingSafeEqual(ours, given));
    return isOurs ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : undefined;
  }
}

const isLong = (secret: unknown): boolean => typeof secret === 'string' && secret.length >= 32;

// The name is signed too: it holds the handle, and the cookie of one login must not do for another. The first words are
// for apps that sign other things with the same secret.
const toSignature = (name: string, payload: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`passport-kakao-business login ${name}=${payload}`).digest();

const NO_PENDING_LOGIN: StateFailure = {
  reason: 'no_pending_login',
  message: 'No sign-in is pending in this browser: it was finished before, or the cookies did not come back.',
};
const UNKNOWN: StateFailure = {
  reason: 'unknown',
  message: 'This sign-in was not started in this browser, or was finished before.',
};
