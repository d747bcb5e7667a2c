import type { TokenAnswer } from '../kakao/messages.js';
import type { KakaoBusinessProfile } from './profile.js';
import type { KakaoBusinessRequest } from './request.js';

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
  params: TokenAnswer,
  profile: KakaoBusinessProfile,
  done: KakaoBusinessVerified,
) => KakaoBusinessVerifyResult;

/** The same, with the request first (`passReqToCallback: true`). */
export type KakaoBusinessVerifyWithRequest = (
  req: KakaoBusinessRequest,
  accessToken: string,
  refreshToken: undefined,
  profile: KakaoBusinessProfile,
  done: KakaoBusinessVerified,
) => KakaoBusinessVerifyResult;

/** The same, with both. */
export type KakaoBusinessVerifyWithRequestAndParams = (
  req: KakaoBusinessRequest,
  accessToken: string,
  refreshToken: undefined,
  params: TokenAnswer,
  profile: KakaoBusinessProfile,
  done: KakaoBusinessVerified,
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

    const returned = verify(...args, done);
    if (!isThenable(returned)) return;
    Promise.resolve(returned).then(user => {
      if (user !== undefined || !takesDone(verify, args)) resolve({ user: user || false });
    }, reject);
  });

// An async function that ends without a user has found none, unless it was given `done` to call later. Wrapped functions
// count no parameters at all (Nest's do not): they may have taken it.
const takesDone = (verify: AnyVerify, args: readonly unknown[]): boolean =>
  verify.length === 0 || verify.length > args.length;

const isThenable = (value: unknown): value is PromiseLike<Express.User | false | null | undefined> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
