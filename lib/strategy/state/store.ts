import type { Strategy as OAuth2Strategy } from 'passport-oauth2';
import { isJSONObject, type JSONObject } from '../../kakao/json.js';
import { fromCallback } from '../from-callback.js';

/** The request as Passport hands it on: Express's, or what other frameworks make look like it. */
export type KakaoBusinessRequest = Parameters<OAuth2Strategy['authenticate']>[0];

/** A login that was started and not finished yet. */
export interface PendingLogin {
  /** The redirect URI it was started with; the token request has to repeat it. */
  redirectURI: string;
  /** The application data given to `authenticate`. */
  state?: JSONObject | undefined;
}

/** What a state store may say about a login it does not know. */
export interface StateFailure {
  /** `missing` `no_pending_login` `unknown` `expired`, or a word of your own. */
  reason?: string;
  /** The same in a sentence. */
  message?: string;
}

/** What passport-oauth2 tells its state stores as well. */
export interface StateStoreMetadata {
  /** Kakao's consent screen. */
  authorizationURL: string;
  /** Kakao's token endpoint. */
  tokenURL: string;
  /** The REST API key. */
  clientID: string;
  /** The strategy's own callback URL; that of this login is in the login. */
  callbackURL: string;
}

/** Called with the handle, or with an error. */
export type StateStoreCallback = (error: unknown, handle?: string) => void;

/** Called with an error; with `true` and the login; or with `false` and why it is not known. */
export type StateVerifyCallback = (error: unknown, ok?: boolean, found?: PendingLogin | StateFailure) => void;

/**
 * Remembers logins between the redirect to Kakao and the return, bound to the browser: passport-oauth2's state store in
 * its four-argument form. Its methods may be async; a rejection counts like `done(error)`.
 */
export interface KakaoBusinessStateStore {
  /** Remembers the login; calls `done(null, handle)` with an unguessable string that travels as `state`. */
  store(
    req: KakaoBusinessRequest,
    login: PendingLogin,
    meta: StateStoreMetadata,
    done: StateStoreCallback,
  ): void;
  /**
   * Finds and forgets the login: `done(null, true, login)`, or `done(null, false, { reason, message })` when this browser
   * did not start it, or it expired, or was finished before.
   */
  verify(
    req: KakaoBusinessRequest,
    handle: string,
    meta: StateStoreMetadata,
    done: StateVerifyCallback,
  ): void;
}

/** Stores a login that starts now. @returns the handle that travels as `state`. */
export async function remember(
  store: KakaoBusinessStateStore,
  req: KakaoBusinessRequest,
  login: PendingLogin,
  meta: StateStoreMetadata,
): Promise<string> {
  const [handle] = await fromCallback<string, never>(done => store.store(req, login, meta, done));
  if (!isHandle(handle)) throw new Error('KakaoBusinessStrategy: the store gave no handle for the sign-in');
  return handle;
}

/** Takes a login out of the store. @returns the login, or why there is none. */
export async function recall(
  store: KakaoBusinessStateStore,
  req: KakaoBusinessRequest,
  handle: string | undefined,
  meta: StateStoreMetadata,
): Promise<{ login: PendingLogin } | { login?: undefined; unknown: Required<StateFailure> }> {
  if (handle === undefined) return unknown({ reason: 'missing', message: 'The answer has no state.' });
  const [ok, found] = await fromCallback<boolean, PendingLogin | StateFailure>(done =>
    store.verify(req, handle, meta, done),
  );
  if (!ok) return unknown(isLogin(found) ? {} : found);
  if (!isLogin(found))
    throw new Error('KakaoBusinessStrategy: the store gave back another thing than it got');
  return { login: found };
}

const unknown = ({
  reason = 'unknown',
  message = 'The sign-in was not started here.',
}: StateFailure = {}) => ({
  unknown: { reason, message },
});

const isHandle = (handle: unknown): handle is string => typeof handle === 'string' && handle !== '';

const isLogin = (found: unknown): found is PendingLogin =>
  isJSONObject(found) && typeof found['redirectURI'] === 'string';
