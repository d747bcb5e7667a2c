import { callbackify } from 'node:util';
import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import { type AuthorizationResponse, toDenial } from '../kakao/callback.js';
import type { KakaoBusinessClient } from '../kakao/client.js';
import { withDeadline } from '../kakao/deadline.js';
import { ignoreErrorCode } from '../kakao/errors.js';
import type { KakaoBusinessProfile } from '../kakao/profile.js';
import type { TokenResponse } from '../kakao/responses.js';
import { hasResponse, toError, warnOfThrown } from './app-errors.js';
import {
  type AuthorizationParams,
  addParams,
  type KakaoBusinessAuthenticateOptions,
  toApplicationData,
} from './authenticate-options.js';
import { type KakaoBusinessChallenge, readCallback } from './callback.js';
import { fromCallback } from './from-callback.js';
import {
  type AnyStrategyOptions,
  type KakaoBusinessStrategyOptions,
  type KakaoBusinessStrategyOptionsWithParams,
  type KakaoBusinessStrategyOptionsWithRequest,
  type KakaoBusinessStrategyOptionsWithRequestAndParams,
  resolveLoginParams,
  type StrategySettings,
  toStrategySettings,
} from './options.js';
import { requireRegenerableSession } from './state/session.js';
import { type KakaoBusinessRequest, type PendingLogin, storeState, verifyState } from './state/store.js';
import {
  type AnyVerify,
  callVerify,
  type KakaoBusinessVerify,
  type KakaoBusinessVerifyWithParams,
  type KakaoBusinessVerifyWithRequest,
  type KakaoBusinessVerifyWithRequestAndParams,
  type VerifyOutcome,
  wantsParams,
} from './verify.js';

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

  /** The client, for requests after the login: `client.tokenInfo(token)`, `client.revoke(token)`. */
  readonly client: KakaoBusinessClient;

  // Not #private fields: Passport works on Object.create(strategy), which cannot reach one.
  private readonly _settings: StrategySettings;

  /** Set by OAuth2Strategy; missing from its types. */
  declare private readonly _verify: AnyVerify;

  constructor(options: KakaoBusinessStrategyOptionsWithParams, verify: KakaoBusinessVerifyWithParams);
  constructor(options: KakaoBusinessStrategyOptionsWithRequest, verify: KakaoBusinessVerifyWithRequest);
  constructor(
    options: KakaoBusinessStrategyOptionsWithRequestAndParams,
    verify: KakaoBusinessVerifyWithRequestAndParams,
  );
  /** @throws {TypeError} when an option is missing or invalid; the message names it. */
  // Last, since TypeScript reports errors against the last overload.
  constructor(options: KakaoBusinessStrategyOptions, verify: KakaoBusinessVerify);
  constructor(options: AnyStrategyOptions, verify: unknown) {
    const settings = toStrategySettings(options);
    if (!isVerify(verify)) throw new TypeError('KakaoBusinessStrategy requires a verify callback');
    // The client keeps the secret: the HTTP layer of OAuth2Strategy, which has no timeout and no limits, is not used.
    // Without a sessionKey it would call url.parse(), for which Node 24 prints a warning in a bundle.
    super({ ...settings.metadata, clientSecret: '', sessionKey: 'unused' }, verify);
    this.client = settings.client;
    this._settings = settings;
  }

  /** Redirects to the consent screen, or signs the user in when the browser comes back from there. */
  override authenticate(req: KakaoBusinessRequest, options: KakaoBusinessAuthenticateOptions = {}): void {
    const run = async (): Promise<Outcome> => {
      const response = readCallback(req);
      return response ? this.finishLogin(req, response) : this.startLogin(req, options);
    };
    withDeadline(this._settings.loginTimeout, run(), rejectAfterTimeout)
      .catch((error): Outcome => ({ kind: 'error', error: toError(error) }))
      .then(outcome => this.complete(req, outcome))
      .catch(() => {}); // a warning was emitted, and no response can be sent
  }

  /**
   * Loads the profile of the user; may be overridden.
   *
   * @see {@link KakaoBusinessProfile}
   */
  override userProfile(
    accessToken: string,
    done: (error?: unknown, profile?: KakaoBusinessProfile) => void,
  ): void {
    loadProfile(this.client, accessToken, done);
  }

  /**
   * Additional parameters of the authorization request, for subclasses; they cannot replace others. Kakao responds to
   * unknown parameters with KOE233.
   */
  override authorizationParams(_options: KakaoBusinessAuthenticateOptions): AuthorizationParams {
    return {};
  }

  /** Calls Passport, and with it code of the app. If that throws, the request still gets a response. */
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
        this.redirect('', 500); // the only response that a strategy can send itself
      else await this.complete(req, { kind: 'error', error });
    }
  }

  private async startLogin(
    req: KakaoBusinessRequest,
    options: KakaoBusinessAuthenticateOptions,
  ): Promise<Outcome> {
    requireRegenerableSession(req, options);
    const { store, metadata, preconnect, login: defaults } = this._settings;
    const params = resolveLoginParams(options, defaults);
    const login = { redirectURI: params.callbackURL, state: toApplicationData(options.state) };
    const state = await storeState(store, req, login, metadata);
    preconnect.login();
    const url = this.client.authorizationURL({ ...params, redirectURI: params.callbackURL, state });
    return { kind: 'redirect', url: addParams(url, this.authorizationParams(options)).href };
  }

  private async finishLogin(req: KakaoBusinessRequest, response: AuthorizationResponse): Promise<Outcome> {
    if (response.kind === 'malformed')
      return fail(400, { code: 'invalid_request', message: response.message });

    // Check the state first, for errors too: otherwise any link could display a forged error.
    const { store, metadata } = this._settings;
    const verified = await verifyState(store, req, response.state, metadata);
    if (!verified.login) return fail(403, { code: 'invalid_state', ...verified.failure });
    const { login } = verified;
    if (response.kind === 'error') return fail(401, toDenial(response));

    const token = await this.exchangeCode(response.code, login);
    if (!token) return fail(401, { code: 'invalid_grant', message: 'The sign-in expired. Start again.' });

    const profile = await this.profileOf(token.access_token);
    return toOutcome(await this.runVerify(req, token, profile), login.state);
  }

  // KOE320 (an expired or used code) is routine, for example after the back button: undefined, so that the user can
  // retry.
  private async exchangeCode(
    code: string,
    { redirectURI }: PendingLogin,
  ): Promise<TokenResponse | undefined> {
    const token = this.client.exchangeCode({ code, redirectURI });
    const preconnect = setTimeout(this._settings.preconnect.profile, PRECONNECT_DELAY);
    try {
      return await token.catch(ignoreErrorCode('KOE320'));
    } finally {
      clearTimeout(preconnect);
    }
  }

  private async profileOf(accessToken: string): Promise<unknown> {
    if (await this._settings.skipUserProfile(accessToken)) return undefined;
    const [profile] = await fromCallback(done => this.userProfile(accessToken, done));
    return profile;
  }

  private runVerify(
    req: KakaoBusinessRequest,
    token: TokenResponse,
    profile: unknown,
  ): Promise<VerifyOutcome> {
    const { passReqToCallback, passParamsToCallback = wantsParams(this._verify, passReqToCallback) } =
      this._settings;
    const request = passReqToCallback ? [req] : [];
    const params = passParamsToCallback ? [token] : [];
    return callVerify(this._verify, [...request, token.access_token, undefined, ...params, profile]);
  }
}

/** Delay (ms) before preconnecting for the profile, so that it does not slow down the token request. */
const PRECONNECT_DELAY = 2;

const loadProfile = callbackify((client: KakaoBusinessClient, accessToken: string) =>
  client.profile(accessToken),
);

const rejectAfterTimeout = () =>
  Promise.reject(
    new Error(
      'KakaoBusinessStrategy: login timed out; verify, the state store, userProfile or skipUserProfile never called back',
    ),
  );

const isVerify = (verify: unknown): verify is AnyVerify => typeof verify === 'function';

const fail = (status: number, challenge: KakaoBusinessChallenge): Outcome => ({
  kind: 'fail',
  challenge,
  status,
});

function toOutcome({ user, info }: VerifyOutcome, state: PendingLogin['state']): Outcome {
  if (!user) return { kind: 'fail', challenge: info };
  const details = typeof info === 'string' ? { message: info } : info;
  return { kind: 'success', user, info: state ? { ...details, state } : details };
}
