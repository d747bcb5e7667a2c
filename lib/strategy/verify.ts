import type { TokenResponse } from '../kakao/responses.js';
import { isThenable } from './from-callback.js';
import type { KakaoBusinessProfile } from './profile.js';
import type { KakaoBusinessRequest } from './state/store.js';

/** Tells Passport the outcome: an error, the user, or `false` and why this one may not sign in. */
export type KakaoBusinessVerified = (
  error?: unknown,
  user?: Express.User | false | null | undefined,
  info?: object | string | undefined,
) => void;

/** A function that calls `done` returns nothing that counts; one that does not returns a promise of the user. */
export type KakaoBusinessVerifyResult =
  | void
  | PromiseLike<void>
  | PromiseLike<Express.User | false | null | undefined>;

/**
 * Finds or creates the user. Either calls `done`, or returns a promise of the user or `false`.
 *
 * `refreshToken` is always undefined: Kakao issues none.
 */
export type KakaoBusinessVerify = (
  accessToken: string,
  refreshToken: undefined,
  profile: KakaoBusinessProfile,
  done: KakaoBusinessVerified,
) => KakaoBusinessVerifyResult;

/** The same, with the answer to the token request before the profile (`passParamsToCallback: true`). */
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

/** A verify function of any shape, once the options have said which one it is. */
export type AnyVerify = (...args: readonly unknown[]) => KakaoBusinessVerifyResult;

/** Whether a verify function wants the token answer, where no option says so: passport-oauth2's rule. */
export const wantsParams = (verify: AnyVerify, passReqToCallback: boolean): boolean =>
  verify.length === (passReqToCallback ? 6 : 5);

/** What verify made of it. */
export interface Verdict {
  user: Express.User | false;
  info?: object | string | undefined;
}

/**
 * Calls verify and waits for its verdict, by `done` or by promise. The first one counts, and no other: a second call, a
 * throw after `done`, a promise beside `done` change nothing.
 *
 * @throws what verify throws, rejects with, or gives to `done` as an error.
 */
export const callVerify = (verify: AnyVerify, args: readonly unknown[]): Promise<Verdict> =>
  new Promise((resolve, reject) => {
    const done: KakaoBusinessVerified = (error, user, info) =>
      error ? reject(error) : resolve({ user: user || false, info });

    // With as many parameters as there are arguments before `done`, it cannot call it: its return value is all there is.
    // With more it has `done`; with fewer nobody knows, since default, rest, bound and wrapped ones are not counted.
    const returnsVerdict = verify.length === args.length;

    const settle = (user: unknown): void => {
      if (user !== undefined) resolve({ user: toUser(user) });
      else if (returnsVerdict) reject(new TypeError(NO_OUTCOME));
    };

    const returned: unknown = verify(...args, done);
    if (isThenable(returned)) Promise.resolve(returned).then(settle, reject);
    else if (returnsVerdict) settle(returned);
  });

const NO_OUTCOME =
  'KakaoBusinessStrategy: verify gave no verdict; return a promise of the user or of false, or take done as the last parameter and call it';

const toUser = (value: unknown): Express.User | false => (isUser(value) ? value : false);

// Whatever the app calls a user is one.
const isUser = (value: unknown): value is Express.User => Boolean(value);
