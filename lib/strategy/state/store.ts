import type { Strategy as OAuth2Strategy } from 'passport-oauth2';
import { isJSONObject, type JSONObject } from '../../kakao/json.js';
import { fromCallback } from '../from-callback.js';

/** The request that Passport passes on: Express's, or a similar object of another framework. */
export type KakaoBusinessRequest = Parameters<OAuth2Strategy['authenticate']>[0];

/** A login that was started and not yet finished. */
export interface PendingLogin {
  /** The redirect URI of the authorization request; the token request repeats it. */
  redirectURI: string;
  /** The application data passed to `authenticate`. */
  state?: JSONObject | undefined;
}

/** Why a state store does not accept a state. */
export interface StateFailure {
  /** `missing`, `no_pending_login`, `unknown`, `expired`, or another word. */
  reason?: string;
  /** The same as a sentence. */
  message?: string;
}

/** The metadata that passport-oauth2 passes to its state stores. */
export interface StateStoreMetadata {
  /** Kakao's consent screen. */
  authorizationURL: string;
  /** Kakao's token endpoint. */
  tokenURL: string;
  /** The REST API key. */
  clientID: string;
  /** The callback URL of the strategy; the one of this login is in the login. */
  callbackURL: string;
}

/** Called with the state handle, or with an error. */
export type StateStoreCallback = (error: unknown, handle?: string) => void;

/** Called with an error; with `true` and the login; or with `false` and the reason. */
export type StateVerifyCallback = (error: unknown, ok?: boolean, found?: PendingLogin | StateFailure) => void;

/**
 * Stores pending logins, bound to the browser: a state store of passport-oauth2, in its four-argument form. The methods
 * may be async, and still call `done`; a rejection counts like `done(error)`.
 */
export interface KakaoBusinessStateStore {
  /** Stores the login; calls `done(null, handle)` with an unguessable string, which becomes `state`. */
  store(
    req: KakaoBusinessRequest,
    login: PendingLogin,
    meta: StateStoreMetadata,
    done: StateStoreCallback,
  ): void;
  /**
   * Removes the login and calls `done(null, true, login)`; or `done(null, false, { reason, message })` if this browser
   * did not start it, or it expired or was finished before.
   */
  verify(
    req: KakaoBusinessRequest,
    handle: string,
    meta: StateStoreMetadata,
    done: StateVerifyCallback,
  ): void;
}

/** Stores a login. @returns the handle, which becomes `state`. */
export async function storeState(
  store: KakaoBusinessStateStore,
  req: KakaoBusinessRequest,
  login: PendingLogin,
  meta: StateStoreMetadata,
): Promise<string> {
  const [handle] = await fromCallback<string, never>(done => store.store(req, login, meta, done));
  if (!isHandle(handle)) throw new Error('KakaoBusinessStrategy: the state store returned no handle');
  return handle;
}

/** Removes a login from the store. @returns the login, or why the state is not accepted. */
export async function verifyState(
  store: KakaoBusinessStateStore,
  req: KakaoBusinessRequest,
  handle: string | undefined,
  meta: StateStoreMetadata,
): Promise<{ login: PendingLogin } | { login?: undefined; failure: Required<StateFailure> }> {
  if (handle === undefined) return failed({ reason: 'missing', message: 'The response has no state.' });
  const [ok, found] = await fromCallback<boolean, PendingLogin | StateFailure>(done =>
    store.verify(req, handle, meta, done),
  );
  if (!ok) return failed(!found || isLogin(found) ? {} : found);
  if (!isLogin(found))
    throw new Error('KakaoBusinessStrategy: the state store returned something other than the stored login');
  return { login: found };
}

const failed = ({ reason = 'unknown', message = 'The sign-in was not started here.' }: StateFailure) => ({
  failure: { reason, message },
});

const isHandle = (handle: unknown): handle is string => typeof handle === 'string' && handle !== '';

const isLogin = (found: unknown): found is PendingLogin =>
  isJSONObject(found) && typeof found['redirectURI'] === 'string';
