import type { Strategy as OAuth2Strategy } from 'passport-oauth2';
import { isJSONObject, type JSONObject } from '../kakao/json.js';

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
export interface UnknownLogin {
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
export type StateVerifyCallback = (error: unknown, ok?: boolean, found?: PendingLogin | UnknownLogin) => void;

/**
 * Remembers logins between the redirect to Kakao and the return, bound to the browser: passport-oauth2's state store in
 * its four-argument form.
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
export const remember = (
  store: KakaoBusinessStateStore,
  req: KakaoBusinessRequest,
  login: PendingLogin,
  meta: StateStoreMetadata,
): Promise<string> =>
  new Promise((resolve, reject) => {
    store.store(req, login, meta, (error, handle) => {
      if (error) return reject(error);
      if (!isHandle(handle))
        return reject(new Error('KakaoBusinessStrategy: the store gave no handle for the sign-in'));
      resolve(handle);
    });
  });

/** Takes a login out of the store. @returns the login, or why there is none. */
export const recall = (
  store: KakaoBusinessStateStore,
  req: KakaoBusinessRequest,
  handle: string | undefined,
  meta: StateStoreMetadata,
): Promise<{ login: PendingLogin } | { login?: undefined; unknown: Required<UnknownLogin> }> =>
  new Promise((resolve, reject) => {
    const unknown = (reason = 'unknown', message = 'The sign-in was not started here.') =>
      resolve({ unknown: { reason, message } });

    if (handle === undefined) return unknown('missing', 'The answer has no state.');
    store.verify(req, handle, meta, (error, ok, found) => {
      if (error) return reject(error);
      if (!ok) return isLogin(found) ? unknown() : unknown(found?.reason, found?.message);
      if (!isLogin(found))
        return reject(new Error('KakaoBusinessStrategy: the store gave back another thing than it got'));
      resolve({ login: found });
    });
  });

const isHandle = (handle: unknown): handle is string => typeof handle === 'string' && handle !== '';

const isLogin = (found: unknown): found is PendingLogin =>
  isJSONObject(found) && typeof found['redirectURI'] === 'string';

/** Whether a value is to be awaited: a promise, of this realm or another, or what query builders give. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
