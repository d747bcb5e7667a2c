import { KakaoBusinessClient, type Preconnect } from '../kakao/client.js';
import { ConsentItem, type ConsentItemID, toResourceIDs, toScope } from '../kakao/consent-items.js';
import { MAX_TIMEOUT } from '../kakao/deadline.js';

import { createNameCheck, UNSUPPORTED } from '../kakao/option-names.js';
import { clientOptionNames, type KakaoBusinessClientOptions } from '../kakao/options.js';
import { type KakaoBusinessAuthenticateOptions, requireLoginOptionNames } from './authenticate-options.js';
import { fromCallback } from './from-callback.js';
import { SessionStateStore } from './state/session.js';
import type { KakaoBusinessStateStore, StateStoreMetadata } from './state/store.js';

/** Options of the strategy. They are not changed: the object may be shared or frozen. */
export interface KakaoBusinessStrategyOptions extends KakaoBusinessClientOptions {
  /**
   * Where Kakao redirects the browser: an absolute URL, exactly as registered under the REST API key as a redirect URI
   * for Business Authentication; becomes `redirect_uri`.
   */
  callbackURL: string;
  /** The consent items to request; becomes `scope`. Default: `biz_account_email`. */
  scope?: ConsentItemID | readonly ConsentItemID[] | undefined;
  /**
   * The ad accounts to request, `moment:1234` or `moment:*`; becomes `resource_ids`. Without it, the user chooses on
   * the consent screen. `moment:*` is added for `moment_create`, which can only be requested for all accounts;
   * `keyword:*` for `keyword_create`.
   */
  resourceIDs?: string | readonly string[] | undefined;
  /**
   * Whether to open the connections of a login (https only) before they are needed: while the user is at the consent
   * screen, and for the profile during the token request. An unused connection is closed after 10 seconds. Default:
   * true. Without effect if `agent` or `fetch` is given, on Bun, with Node's proxy settings, and under nock (14, 15) or
   * msw. Set it to false for other tools that intercept requests (nock 13, global-agent).
   */
  preconnect?: boolean | undefined;
  /** Where pending logins are stored. Default: the session of the request. */
  store?: KakaoBusinessStateStore | undefined;
  /** The key in the session for pending logins. Default: `kakao-business`. */
  sessionKey?: string | undefined;
  /** Whether verify gets the request as its first argument. */
  passReqToCallback?: false | undefined;
  /**
   * Whether verify gets the token response before the profile. Default: true if verify declares five parameters (six
   * with the request).
   */
  passParamsToCallback?: false | undefined;
  /**
   * Whether to skip the profile, as in passport-oauth2: a boolean, or a function that decides by `done`, by its return
   * value or by a promise. Verify then gets `undefined` instead of the profile.
   */
  skipUserProfile?:
    | boolean
    | ((accessToken: string, done: (error: unknown, skip?: boolean) => void) => unknown)
    | undefined;
}

/** Options for a verify function that gets the request. */
export interface KakaoBusinessStrategyOptionsWithRequest
  extends Omit<KakaoBusinessStrategyOptions, 'passReqToCallback'> {
  /** Verify gets the request as its first argument. */
  passReqToCallback: true;
}

/** Options for a verify function that gets the token response. */
export interface KakaoBusinessStrategyOptionsWithParams
  extends Omit<KakaoBusinessStrategyOptions, 'passParamsToCallback'> {
  /** Verify gets the token response before the profile. */
  passParamsToCallback: true;
}

/** Options for a verify function that gets both. */
export interface KakaoBusinessStrategyOptionsWithRequestAndParams
  extends Omit<KakaoBusinessStrategyOptions, 'passReqToCallback' | 'passParamsToCallback'> {
  /** Verify gets the request as its first argument. */
  passReqToCallback: true;
  /** Verify gets the token response before the profile. */
  passParamsToCallback: true;
}

/** Options of the strategy, for any verify function. */
export type AnyStrategyOptions =
  | KakaoBusinessStrategyOptions
  | KakaoBusinessStrategyOptionsWithRequest
  | KakaoBusinessStrategyOptionsWithParams
  | KakaoBusinessStrategyOptionsWithRequestAndParams;

/** The parameters of one login. */
export interface LoginParams {
  scope: ConsentItemID | readonly ConsentItemID[];
  resourceIDs: string | readonly string[] | undefined;
  callbackURL: string;
}

/** The checked options, with defaults. */
export interface StrategySettings {
  client: KakaoBusinessClient;
  login: LoginParams;
  store: KakaoBusinessStateStore;
  /** Passed to state stores, and to the base class. */
  metadata: StateStoreMetadata;
  passReqToCallback: boolean;
  passParamsToCallback: boolean | undefined;
  /** Milliseconds for a call of `authenticate`: Kakao's part and the app's. */
  loginTimeout: number;
  preconnect: Preconnect;
  /** Whether this login skips the profile. */
  skipUserProfile: (accessToken: string) => Promise<boolean>;
}

// Milliseconds for verify, the state store and userProfile: longer than a database takes, shorter than a browser waits.
const APP_TIMEOUT = 60_000;

/**
 * Checks the options and adds defaults.
 *
 * @throws {TypeError} when an option is missing or invalid; the message names it.
 */
export function toStrategySettings(options: AnyStrategyOptions): StrategySettings {
  requireNames('KakaoBusinessStrategy', options);
  const client = new KakaoBusinessClient(options, 'KakaoBusinessStrategy');
  const { clientID, endpoints, timeout } = client.settings;
  const { scope = ConsentItem.Email, resourceIDs, callbackURL } = options;
  const { sessionKey = 'kakao-business', store = new SessionStateStore(sessionKey) } = options;
  if (typeof sessionKey !== 'string' || sessionKey === '' || RESERVED_KEYS.has(sessionKey)) {
    throw new TypeError(
      'KakaoBusinessStrategy: the sessionKey option must be a string, and not a member that every session or object has, such as cookie or __proto__',
    );
  }
  if (typeof store?.store !== 'function' || typeof store.verify !== 'function') {
    throw new TypeError(
      'KakaoBusinessStrategy: the store option must be an object with the methods store and verify',
    );
  }
  return {
    client,
    login: requireLoginParams({ scope, resourceIDs, callbackURL }),
    store,
    metadata: {
      clientID,
      authorizationURL: endpoints.authorizationURL,
      tokenURL: endpoints.tokenURL,
      callbackURL,
    },
    passReqToCallback: Boolean(options.passReqToCallback),
    passParamsToCallback: options.passParamsToCallback,
    loginTimeout: Math.min(2 * timeout + APP_TIMEOUT, MAX_TIMEOUT),
    preconnect: toPreconnect(client, options),
    skipUserProfile: toSkipUserProfile(options.skipUserProfile),
  };
}

const OWN_OPTIONS = {
  callbackURL: 1,
  scope: 1,
  resourceIDs: 1,
  preconnect: 1,
  store: 1,
  sessionKey: 1,
  passReqToCallback: 1,
  passParamsToCallback: 1,
  skipUserProfile: 1,
} satisfies Record<Exclude<keyof KakaoBusinessStrategyOptions, keyof KakaoBusinessClientOptions>, 1>;

/** The names of the strategy's options. */
export const strategyOptionNames: readonly string[] = [...clientOptionNames, ...Object.keys(OWN_OPTIONS)];

const requireNames = createNameCheck(strategyOptionNames, {
  ...UNSUPPORTED,
  state: 'each login gets its own state; pass application data to passport.authenticate',
});

// Members of every object, and members that Passport and sessions use.
const RESERVED_KEYS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['passport', 'cookie', 'id', 'save', 'reload', 'regenerate', 'destroy', 'touch', 'req'],
  ...['messages', 'returnTo', 'flash'],
]);

function toPreconnect(
  client: KakaoBusinessClient,
  { preconnect = true, skipUserProfile }: AnyStrategyOptions,
): Preconnect {
  if (typeof preconnect !== 'boolean') {
    throw new TypeError('KakaoBusinessStrategy: the preconnect option must be true or false');
  }
  if (!preconnect) return { login() {}, profile() {} };
  return client.createPreconnect({ withProfile: skipUserProfile !== true });
}

const toSkipUserProfile =
  (skip: KakaoBusinessStrategyOptions['skipUserProfile']): StrategySettings['skipUserProfile'] =>
  async accessToken => {
    if (typeof skip !== 'function') return Boolean(skip);
    // As in passport-oauth2: a function that declares done calls it.
    if (skip.length < 2) return Boolean(await skip(accessToken, () => {}));
    const [skipped] = await fromCallback<boolean, never>(done => skip(accessToken, done));
    return Boolean(skipped);
  };

/**
 * Resolves the parameters of a login: the options of `passport.authenticate`, else those of the strategy.
 *
 * @throws {TypeError} when an option is invalid; the message names it.
 */
export function resolveLoginParams(
  options: KakaoBusinessAuthenticateOptions,
  defaults: LoginParams,
): LoginParams {
  requireLoginOptionNames('KakaoBusinessStrategy: authenticate', options);
  const overridden = [options.scope, options.resourceIDs, options.callbackURL].some(one => one !== undefined);
  if (!overridden) return defaults; // checked already
  const {
    scope = defaults.scope,
    resourceIDs = defaults.resourceIDs,
    callbackURL = defaults.callbackURL,
  } = options;
  return requireLoginParams({ scope, resourceIDs, callbackURL });
}

function requireLoginParams({ scope, resourceIDs, callbackURL }: LoginParams): LoginParams {
  checkOption('scope', () => toScope(scope));
  checkOption('resourceIDs', () => toResourceIDs(scope, resourceIDs));
  requireCallbackURL(callbackURL);
  // Copies, which the app cannot change after the check.
  return { scope: [scope].flat(), resourceIDs: resourceIDs && [resourceIDs].flat(), callbackURL };
}

function checkOption(option: string, check: () => unknown): void {
  try {
    check();
  } catch (cause) {
    throw new TypeError(`KakaoBusinessStrategy: invalid ${option} option: ${messageOf(cause)}`, {
      cause,
    });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

function requireCallbackURL(callbackURL: string): void {
  if (callbackURL === undefined || callbackURL === '') {
    throw new TypeError('KakaoBusinessStrategy requires a callbackURL option');
  }
  const url = typeof callbackURL === 'string' && URL.canParse(callbackURL) ? new URL(callbackURL) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hash || url.username || /\s/.test(callbackURL)) {
    // The host of a relative URL would come from request headers, which anyone can set.
    throw new TypeError(
      'KakaoBusinessStrategy: the callbackURL option must be an absolute http or https URL without fragment or credentials, exactly as registered at Kakao as redirect URI',
    );
  }
}
