import type { KakaoBusinessProfile } from '../kakao/profile.js';
import type { TokenResponse } from '../kakao/responses.js';
import { isThenable } from './from-callback.js';
import type { KakaoBusinessRequest } from './state/store.js';

/** Passport's callback: an error, the user, or `false` with the reason. */
export type KakaoBusinessVerified = (
  error?: unknown,
  user?: Express.User | false | null | undefined,
  info?: object | string | undefined,
) => void;

/** A promise of the user; ignored if the function calls `done`. */
export type KakaoBusinessVerifyResult =
  | void
  | PromiseLike<void>
  | PromiseLike<Express.User | false | null | undefined>;

/**
 * Finds or creates the user. Calls `done`, or returns a promise of the user or `false`.
 *
 * `refreshToken` is always undefined: Kakao issues none.
 */
export type KakaoBusinessVerify = (
  accessToken: string,
  refreshToken: undefined,
  profile: KakaoBusinessProfile,
  done: KakaoBusinessVerified,
) => KakaoBusinessVerifyResult;

/** The same, with the token response before the profile (`passParamsToCallback: true`). */
export type KakaoBusinessVerifyWithParams = (
  accessToken: string,
  refreshToken: undefined,
  params: TokenResponse,
  profile: KakaoBusinessProfile,
  done: KakaoBusinessVerified,
) => KakaoBusinessVerifyResult;

/** The same, with the request first (`passReqToCallback: true`). */
export type KakaoBusinessVerifyWithRequest = (
  req: KakaoBusinessRequest,
  ...args: Parameters<KakaoBusinessVerify>
) => KakaoBusinessVerifyResult;

/** The same, with both. */
export type KakaoBusinessVerifyWithRequestAndParams = (
  req: KakaoBusinessRequest,
  ...args: Parameters<KakaoBusinessVerifyWithParams>
) => KakaoBusinessVerifyResult;

/** A verify function of any shape. */
export type AnyVerify = (...args: readonly unknown[]) => KakaoBusinessVerifyResult;

/** Whether a verify function takes the token response, by its number of parameters as in passport-oauth2. */
export const wantsParams = (verify: AnyVerify, passReqToCallback: boolean): boolean =>
  verify.length === (passReqToCallback ? 6 : 5);

/** The outcome of verify. */
export interface VerifyOutcome {
  user: Express.User | false;
  info?: object | string | undefined;
}

/**
 * Calls verify and waits for its outcome, by `done` or by promise. Only the first outcome counts.
 *
 * @throws the error that verify throws, rejects with or passes to `done`.
 */
export const callVerify = (verify: AnyVerify, args: readonly unknown[]): Promise<VerifyOutcome> =>
  new Promise((resolve, reject) => {
    const done: KakaoBusinessVerified = (error, user, info) =>
      error ? reject(error) : resolve({ user: user || false, info });

    // It declares no `done`, so its return value is the outcome. (With more parameters it takes `done`. With fewer it
    // is unknown, since default, rest and bound parameters are not counted.)
    const returnsOutcome = verify.length === args.length;

    const settle = (user: unknown): void => {
      if (user !== undefined) resolve({ user: toUser(user) });
      else if (returnsOutcome) reject(new TypeError(NO_OUTCOME));
    };

    const returned: unknown = verify(...args, done);
    if (isThenable(returned)) Promise.resolve(returned).then(settle, reject);
    else if (returnsOutcome) settle(returned);
  });

const NO_OUTCOME =
  'KakaoBusinessStrategy: verify returned nothing; return the user, false or a promise of either, or take done as the last parameter and call it';

const toUser = (value: unknown): Express.User | false => (isUser(value) ? value : false);

// Any truthy value is a user, as in Passport.
const isUser = (value: unknown): value is Express.User => Boolean(value);
