import { randomBytes } from 'node:crypto';
import { isJSONObject, member, toList } from '../../kakao/json.js';
import { isThenable } from '../from-callback.js';
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

interface Entry extends PendingLogin {
  handle: string;
  /** Milliseconds since 1970. */
  startedAt: number;
}

const MAX_BYTES = 2400; // for sessions that are a cookie: encrypted in base64, it must not exceed 4096 bytes

/** Keeps pending logins in the session: a few at most, each for one use, and until they expire. */
export class SessionStateStore implements KakaoBusinessStateStore {
  readonly #key: string;
  readonly #used = new UsedHandles();

  constructor(key: string) {
    this.#key = key;
  }

  store(
    req: KakaoBusinessRequest,
    login: PendingLogin,
    _meta: StateStoreMetadata,
    done: StateStoreCallback,
  ): void {
    const session = requireSession(req);
    const handle = randomBytes(24).toString('base64url');
    const others = this.#read(session).filter(entry => !isExpired(entry));
    this.#write(session, newest([...others, { handle, startedAt: Date.now(), ...login }]));
    save(session).then(
      () => done(null, handle),
      error => done(error ?? notSaved()),
    );
  }

  verify(
    req: KakaoBusinessRequest,
    handle: string,
    _meta: StateStoreMetadata,
    done: StateVerifyCallback,
  ): void {
    this.#take(requireSession(req), handle).then(found => done(null, 'redirectURI' in found, found), done);
  }

  async #take(session: Session, handle: string): Promise<PendingLogin | StateFailure> {
    const entries = this.#read(session);
    const found = entries.find(entry => entry.handle === handle);
    if (entries.length === 0) return NO_PENDING_LOGIN;
    // A forged handle removes nothing: otherwise any link could end a pending login.
    if (!found || !this.#used.add(handle)) return UNKNOWN;
    this.#write(
      session,
      entries.filter(entry => entry !== found),
    );
    try {
      await save(session); // before the token request: the same callback may come twice, and only one may use the code
    } catch (error) {
      this.#used.delete(handle); // the stored session still has it
      throw error ?? notSaved();
    }
    const { handle: _handle, startedAt: _startedAt, ...login } = found;
    return isExpired(found) ? EXPIRED : login;
  }

  #read(session: Session): Entry[] {
    const kept = session[this.#key];
    return isJSONObject(kept) ? toList(member(kept, 'pending')).filter(isEntry) : [];
  }

  // A new object, since @fastify/secure-session notices only changes of the session's own members.
  #write(session: Session, pending: Entry[]): void {
    session[this.#key] = { pending };
  }
}

const notSaved = (): Error => new Error('KakaoBusinessStrategy: the session could not be saved');

const NO_PENDING_LOGIN: StateFailure = {
  reason: 'no_pending_login',
  message:
    'No sign-in is pending in this session: it was finished before, or the session cookie did not come back (SameSite=Strict, or another host name).',
};
const UNKNOWN: StateFailure = {
  reason: 'unknown',
  message: 'This sign-in was not started in this session, or was finished before.',
};

/** The last logins, as many as fit; at least the last one. */
function newest(entries: Entry[]): Entry[] {
  const kept = entries.slice(-MAX_PENDING);
  while (kept.length > 1 && Buffer.byteLength(JSON.stringify(kept)) > MAX_BYTES) kept.shift();
  return kept;
}

const isExpired = ({ startedAt }: Entry): boolean => Date.now() - startedAt > LIFETIME;

const isEntry = (entry: unknown): entry is Entry =>
  isJSONObject(entry) &&
  typeof entry['handle'] === 'string' &&
  typeof entry['startedAt'] === 'number' &&
  typeof entry['redirectURI'] === 'string';

type Session = Record<string, unknown>;

function requireSession(req: object): Session {
  const session = 'session' in req ? req.session : undefined;
  if (!isObject(session)) {
    throw new Error(
      'KakaoBusinessStrategy needs a session for the pending login: use express-session (Fastify: @fastify/session or @fastify/secure-session, Koa: koa-session) before Passport, or, without sessions, the store option: new SignedCookieStore({ secret })',
    );
  }
  return session;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

// Saves the session now, if it has save(): some stores save when the response ends, and the browser may be back
// earlier. express-session takes a callback, others return a promise.
const save = (session: Session): Promise<void> =>
  new Promise((resolve, reject) => {
    if (typeof session['save'] !== 'function') return resolve();
    const saving: unknown = session['save']((error: unknown) => (error ? reject(error) : resolve()));
    if (isThenable(saving)) Promise.resolve(saving).then(() => resolve(), reject);
    else if (!takesCallback(session, session['save'])) resolve(); // there is nothing to wait for
  });

// express-session wraps save() in a function that declares no parameter, but calls back. Such a session has
// regenerate(), and Passport expects a callback of it too. koa-session 5 has neither regenerate() nor a callback.
const takesCallback = (session: Session, { length }: { length: number }): boolean =>
  length > 0 || typeof session['regenerate'] === 'function';

/**
 * Checks at the start that Passport can finish the login: since 0.6 it renews the session at login, and a session that
 * has no methods for it, such as cookie-session's, would throw after the code was used.
 *
 * @throws {TypeError} that says what to do.
 */
export function requireRegenerableSession(
  req: KakaoBusinessRequest,
  options: { session?: unknown; assignProperty?: unknown },
): void {
  // Passport renews the session only with its own session manager (Fastify has another), and neither with
  // `session: false` nor in `authorize`, which assigns a property.
  const signsIn = '_sessionManager' in req && options.session !== false && !options.assignProperty;
  if (!signsIn || !('session' in req) || isRenewable(req.session)) return;
  throw new TypeError(
    'KakaoBusinessStrategy: Passport renews the session at login, and this session has no regenerate() and save(): instead of cookie-session use express-session (Koa: koa-session from 6.4 on), or authenticate with session: false',
  );
}

// A missing session is reported by the state store.
const isRenewable = (session: unknown): boolean =>
  typeof session !== 'object' ||
  session === null ||
  ('regenerate' in session &&
    typeof session.regenerate === 'function' &&
    'save' in session &&
    typeof session.save === 'function');
