import { callbackify } from 'node:util';
import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import type { KakaoBusinessClient } from '../kakao/client.js';
import { withDeadline } from '../kakao/deadline.js';
import { apiError, ignoreErrorCode } from '../kakao/errors.js';
import { optionalName, type TokenResponse } from '../kakao/responses.js';
import { hasResponse, toError, warnOfThrown } from './app-errors.js';
import {
  type AuthorizationParams,
  type KakaoBusinessAuthenticateOptions,
  toApplicationData,
  addParams,
} from './authenticate-options.js';
import { type AuthorizationResponse, readCallback } from './callback.js';
import { fromCallback } from './from-callback.js';
import {
  type AnyStrategyOptions,
  type KakaoBusinessStrategyOptions,
  type KakaoBusinessStrategyOptionsWithParams,
  type KakaoBusinessStrategyOptionsWithRequest,
  type KakaoBusinessStrategyOptionsWithRequestAndParams,
  type StrategySettings,
  resolveLoginParams,
  toStrategySettings,
} from './options.js';
import { type KakaoBusinessProfile, loadProfile } from './profile.js';
import { requireRegenerableSession } from './state/session.js';
import { type KakaoBusinessRequest, type PendingLogin, recall, remember } from './state/store.js';
import {
  type AnyVerify,
  callVerify,
  type KakaoBusinessVerify,
  type KakaoBusinessVerifyWithParams,
  type KakaoBusinessVerifyWithRequest,
  type KakaoBusinessVerifyWithRequestAndParams,
  type Verdict,
  wantsParams,
} from './verify.js';

/** The challenge that `fail()` gets, and with it `failureMessage`, custom callbacks and `info`. */
export interface KakaoBusinessChallenge {
  /** What happened: stable, made for `switch`. */
  code: 'access_denied' | 'invalid_state' | 'invalid_grant' | 'invalid_request';
  /** More about `invalid_state`: `missing`, `no_pending_login`, `unknown`, `expired`. */
  reason?: string;
  /** A sentence for developers, in English. */
  message: string;
}

type Outcome =
  | { kind: 'redirect'; url: string }
  | { kind: 'success'; user: Express.User; info: object | undefined }
  | { kind: 'fail'; challenge: object | string | undefined; status?: number }
  | { kind: 'error'; error: Error };

/**
 * Signs business users in with Kakao Business Authentication.
 *
 * @example
 * passport.use(new KakaoBusinessStrategy(
 *   { clientID, clientSecret, callbackURL: 'https://example.com/auth/kakao-business/callback' },
 *   async (accessToken, refreshToken, profile) => users.findOrCreate(profile.id, profile.displayName),
 * ));
 */
export class KakaoBusinessStrategy extends OAuth2Strategy {
  override name = 'kakao-business';

  /** Kakao's endpoints, for what comes after the login: `client.tokenInfo(token)`, `client.revoke(token)`. */
  readonly client: KakaoBusinessClient;

  // Not #private fields: Passport works on Object.create(strategy), which cannot reach one.
  private readonly _settings: StrategySettings;

  /** The base keeps it; its types leave it out. */
  declare private readonly _verify: AnyVerify;

  constructor(options: KakaoBusinessStrategyOptionsWithParams, verify: KakaoBusinessVerifyWithParams);
  constructor(options: KakaoBusinessStrategyOptionsWithRequest, verify: KakaoBusinessVerifyWithRequest);
  constructor(
    options: KakaoBusinessStrategyOptionsWithRequestAndParams,
    verify: KakaoBusinessVerifyWithRequestAndParams,
  );
  /** @throws {TypeError} when an option is missing or of no use; the message names it. */
  // The plain overload is last: TypeScript reports its errors against the last one.
  constructor(options: KakaoBusinessStrategyOptions, verify: KakaoBusinessVerify);
  constructor(options: AnyStrategyOptions, verify: unknown) {
    const settings = toStrategySettings(options);
    if (!isVerify(verify)) throw new TypeError('KakaoBusinessStrategy requires a verify callback');
    // The client keeps the secret: nothing goes through the base's own HTTP layer, which has no deadline and no limits.
    // Without a sessionKey it would call url.parse(), of which Node 24 warns in a bundle.
    super({ ...settings.metadata, clientSecret: '', sessionKey: 'unused' }, verify);
    this.client = settings.client;
    this._settings = settings;
  }

  /** Sends the browser to the consent screen; or, when it comes back from there, signs the user in. */
  override authenticate(req: KakaoBusinessRequest, options: KakaoBusinessAuthenticateOptions = {}): void {
    const decide = async (): Promise<Outcome> => {
      const answer = readCallback(req);
      return answer ? this.finishLogin(req, answer) : this.startLogin(req, options);
    };
    withDeadline(this._settings.loginTimeout, decide(), neverEnded)
      .catch((error): Outcome => ({ kind: 'error', error: toError(error) }))
      .then(outcome => this.complete(req, outcome))
      .catch(() => {}); // the app was warned, and no response can be sent any more
  }

  /**
   * Loads the profile of a token's owner; may be overridden, as in every strategy.
   *
   * @see {@link KakaoBusinessProfile}
   */
  override userProfile(
    accessToken: string,
    done: (error?: unknown, profile?: KakaoBusinessProfile) => void,
  ): void {
    loadProfileCallback(this.client, accessToken, done);
  }

  /**
   * More parameters for the authorization request, for a subclass to add; none of them replaces one that is there. Kakao
   * answers KOE233 to a parameter that it does not know.
   */
  override authorizationParams(_options: KakaoBusinessAuthenticateOptions): AuthorizationParams {
    return {};
  }

  /** Runs code of the app: its callback, its routes. Whatever that throws, the request gets a response. */
  private async complete(req: KakaoBusinessRequest, outcome: Outcome): Promise<void> {
    try {
      if (outcome.kind === 'redirect') await this.redirect(outcome.url);
      else if (outcome.kind === 'fail') await this.fail(outcome.challenge, outcome.status);
      else if (outcome.kind === 'success') await this.success(outcome.user, outcome.info);
      else await this.error(outcome.error);
    } catch (thrown) {
      const error = toError(thrown);
      warnOfThrown(error);
      if (hasResponse(req)) return;
      if (outcome.kind === 'error')
        this.redirect('', 500); // Passport lets a strategy send no other response
      else await this.complete(req, { kind: 'error', error });
    }
  }

  private async startLogin(
    req: KakaoBusinessRequest,
    options: KakaoBusinessAuthenticateOptions,
  ): Promise<Outcome> {
    requireRegenerableSession(req, options);
    const { store, metadata, preconnect, login: defaults } = this._settings;
    const asked = resolveLoginParams(options, defaults);
    const pending = { redirectURI: asked.callbackURL, state: toApplicationData(options.state) };
    const state = await remember(store, req, pending, metadata);
    preconnect.login();
    const url = this.client.authorizationURL({ ...asked, redirectURI: asked.callbackURL, state });
    return { kind: 'redirect', url: addParams(url, this.authorizationParams(options)).href };
  }

  private async finishLogin(req: KakaoBusinessRequest, answer: AuthorizationResponse): Promise<Outcome> {
    if (answer.kind === 'malformed') return fail(400, { code: 'invalid_request', message: answer.message });

    // Before all else, an error included: otherwise any link could show a user a made-up error.
    const { store, metadata } = this._settings;
    const recalled = await recall(store, req, answer.state, metadata);
    if (!recalled.login) return fail(403, { code: 'invalid_state', ...recalled.unknown });
    const { login } = recalled;
    if (answer.kind === 'error') return declined(answer);

    const token = await this.exchangeCode(answer.code, login);
    if (!token) return fail(401, { code: 'invalid_grant', message: 'The sign-in expired. Start again.' });

    const profile = await this.profileOf(token.access_token);
    return toOutcome(await this.runVerify(req, token, profile), login.state);
  }

  /** @returns undefined for a code that was used before (the back button): the user starts again, without an error page. */
  private async exchangeCode(code: string, { redirectURI }: PendingLogin): Promise<TokenResponse | undefined> {
    const token = this.client.exchangeCode({ code, redirectURI });
    const preconnecting = setTimeout(this._settings.preconnect.profile, PRECONNECT_DELAY);
    try {
      return await token.catch(ignoreErrorCode('KOE320'));
    } finally {
      clearTimeout(preconnecting);
    }
  }

  private async profileOf(accessToken: string): Promise<unknown> {
    if (await this._settings.skipUserProfile(accessToken)) return undefined;
    const [profile] = await fromCallback(done => this.userProfile(accessToken, done));
    return profile;
  }

  private runVerify(req: KakaoBusinessRequest, token: TokenResponse, profile: unknown): Promise<Verdict> {
    const { passReqToCallback, passParamsToCallback = wantsParams(this._verify, passReqToCallback) } =
      this._settings;
    const request = passReqToCallback ? [req] : [];
    const params = passParamsToCallback ? [token] : [];
    return callVerify(this._verify, [...request, token.access_token, undefined, ...params, profile]);
  }
}

/** Milliseconds, for the token request to go first. Without it a login takes 93 ms instead of 89, 20 ms from Kakao. */
const PRECONNECT_DELAY = 2;

const loadProfileCallback = callbackify(loadProfile);

const neverEnded = () =>
  Promise.reject(
    new Error(
      'KakaoBusinessStrategy: the sign-in came to no end; verify, the state store, or an overridden userProfile never gave its outcome',
    ),
  );

const isVerify = (verify: unknown): verify is AnyVerify => typeof verify === 'function';

const fail = (status: number, challenge: KakaoBusinessChallenge): Outcome => ({
  kind: 'fail',
  challenge,
  status,
});

function declined({ error, description }: AuthorizationResponse & { kind: 'error' }): Outcome {
  if (error === 'access_denied')
    return fail(401, { code: 'access_denied', message: 'The user did not agree.' });
  throw apiError({ endpoint: 'authorize', secrets: [] }, { error: optionalName(error), description });
}

function toOutcome({ user, info }: Verdict, state: PendingLogin['state']): Outcome {
  if (!user) return { kind: 'fail', challenge: info };
  const details = typeof info === 'string' ? { message: info } : info;
  return { kind: 'success', user, info: state ? { ...details, state } : details };
}
