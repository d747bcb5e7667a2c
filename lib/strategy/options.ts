import { KakaoBusinessClient } from '../kakao/client.js';
import { ConsentItem, type ConsentItemID, toResourceIDs, toScope } from '../kakao/consent-items.js';
import { MAX_TIMEOUT } from '../kakao/deadline.js';
import { toNameCheck, UNSUPPORTED } from '../kakao/option-names.js';
import { clientOptionNames, type KakaoBusinessClientOptions } from '../kakao/options.js';
import { type KakaoBusinessAuthenticateOptions, requireLoginOptionNames } from './authenticate-options.js';
import { fromCallback } from './from-callback.js';
import { SessionStateStore } from './state/session.js';
import type { KakaoBusinessStateStore, StateStoreMetadata } from './state/store.js';

/** Options of the strategy. None is changed, and the object may be shared or frozen. */
export interface KakaoBusinessStrategyOptions extends KakaoBusinessClientOptions {
  /**
   * Where Kakao sends the browser back: an absolute URL, registered under the REST API key as a redirect URI for Business
   * Authentication, letter by letter; becomes `redirect_uri`.
   */
  callbackURL: string;
  /** The consent items to ask for; becomes `scope`. Default: `biz_account_email`. */
  scope?: ConsentItemID | readonly ConsentItemID[] | undefined;
  /**
   * The ad accounts to ask for, `moment:1234` or `moment:*`; becomes `resource_ids`. With none, the user picks on the
   * consent screen. The items that can be asked for all accounts only, such as `moment_create`, bring their `moment:*`
   * along.
   */
  resourceIDs?: string | readonly string[] | undefined;
  /**
   * Whether to open the connections of a login (https only) before they are needed: when the browser leaves for the consent
   * screen, and again for the profile while the token is asked for. One that nobody needs is closed after 10 seconds.
   * Default: true. Has no effect where `agent` or `fetch` is given, on Bun, with Node's own proxy settings, and under
   * nock (14, 15) or msw. Give false under other tools that intercept requests (nock 13, global-agent).
   */
  preconnect?: boolean | undefined;
  /** Where pending logins are remembered. Default: the session of the request. */
  store?: KakaoBusinessStateStore | undefined;
  /** The session's member for pending logins. Default: `kakao-business`. */
  sessionKey?: string | undefined;
  /** Whether verify gets the request as its first argument. */
  passReqToCallback?: false | undefined;
  /** Whether verify gets the answer to the token request before the profile. Default: when it takes one more argument. */
  passParamsToCallback?: false | undefined;
  /**
   * Whether to do without the profile, as in passport-oauth2: a boolean, or a function that decides, by `done` if it takes
   * it, else by what it returns or promises. Verify then gets `undefined` in the place of the profile.
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

/** Options for a verify function that gets the token answer. */
export interface KakaoBusinessStrategyOptionsWithParams
  extends Omit<KakaoBusinessStrategyOptions, 'passParamsToCallback'> {
  /** Verify gets the answer to the token request before the profile. */
  passParamsToCallback: true;
}

/** Options for a verify function that gets both. */
export interface KakaoBusinessStrategyOptionsWithRequestAndParams
  extends Omit<KakaoBusinessStrategyOptions, 'passReqToCallback' | 'passParamsToCallback'> {
  /** Verify gets the request as its first argument. */
  passReqToCallback: true;
  /** Verify gets the answer to the token request before the profile. */
  passParamsToCallback: true;
}

/** Options of the strategy, whatever verify function they go with. */
export type AnyStrategyOptions =
  | KakaoBusinessStrategyOptions
  | KakaoBusinessStrategyOptionsWithRequest
  | KakaoBusinessStrategyOptionsWithParams
  | KakaoBusinessStrategyOptionsWithRequestAndParams;

/** What one login asks Kakao for. */
export interface LoginParams {
  scope: ConsentItemID | readonly ConsentItemID[];
  resourceIDs: string | readonly string[] | undefined;
  callbackURL: string;
}

/** The options of the strategy, checked and completed. */
export interface StrategySettings {
  client: KakaoBusinessClient;
  login: LoginParams;
  store: KakaoBusinessStateStore;
  /** What state stores are told, and the base class too. */
  metadata: StateStoreMetadata;
  passReqToCallback: boolean;
  passParamsToCallback: boolean | undefined;
  /** Milliseconds for a whole login step: Kakao's part, and the app's. */
  loginTimeout: number;
  /** Opens connections before they are needed: for a whole login as it starts, for the profile again when it comes back. */
  preconnect: { login: () => void; profile: () => void };
  /** Whether this login does without the profile. */
  skipUserProfile: (accessToken: string) => Promise<boolean>;
}

// For verify, a state store, an overridden userProfile: far more than a database takes, less than a browser waits.
const APP_TIMEOUT = 60_000;

/**
 * Checks and completes the options.
 *
 * @throws {TypeError} when one is missing or of no use; the message names it.
 */
export function toStrategySettings(options: AnyStrategyOptions): StrategySettings {
  requireNames('KakaoBusinessStrategy', options);
  const client = new KakaoBusinessClient(options, 'KakaoBusinessStrategy');
  const { clientID, endpoints, timeout } = client.settings;
  const { scope = ConsentItem.Email, resourceIDs, callbackURL } = options;
  const { sessionKey = 'kakao-business', store = new SessionStateStore(sessionKey) } = options;
  if (typeof sessionKey !== 'string' || sessionKey === '' || RESERVED_KEYS.has(sessionKey)) {
    throw new TypeError(
      'KakaoBusinessStrategy: the sessionKey option must be a string other than a name that sessions or objects have already, such as cookie or __proto__',
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
    preconnect: createPreconnect(client, options),
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

const requireNames = toNameCheck([...clientOptionNames, ...Object.keys(OWN_OPTIONS)], {
  ...UNSUPPORTED,
  state: 'each login gets a state of its own; give application data to passport.authenticate',
});

// What every object has, and what Passport and the sessions themselves keep there.
const RESERVED_KEYS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['passport', 'cookie', 'id', 'save', 'reload', 'regenerate', 'destroy', 'touch'],
]);

function createPreconnect(
  client: KakaoBusinessClient,
  { preconnect = true, skipUserProfile }: AnyStrategyOptions,
): StrategySettings['preconnect'] {
  if (typeof preconnect !== 'boolean') {
    throw new TypeError('KakaoBusinessStrategy: the preconnect option must be true or false');
  }
  const profile = preconnect && skipUserProfile !== true ? (['tokeninfo', 'userinfo'] as const) : [];
  const login = preconnect ? (['token', ...profile] as const) : [];
  return { login: client.createPreconnect(login), profile: client.createPreconnect(profile) };
}

const toSkipUserProfile =
  (skip: KakaoBusinessStrategyOptions['skipUserProfile']): StrategySettings['skipUserProfile'] =>
  async accessToken => {
    if (typeof skip !== 'function') return Boolean(skip);
    // passport-oauth2's rule: a function that declares done calls it.
    if (skip.length < 2) return Boolean(await skip(accessToken, () => {}));
    const [skipped] = await fromCallback<boolean, never>(done => skip(accessToken, done));
    return Boolean(skipped);
  };

/**
 * What this login asks for: the options of `passport.authenticate` where they say something, else those of the strategy.
 *
 * @throws {TypeError} when an option is of no use; the message names it.
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
  named('scope', () => toScope(scope));
  named('resourceIDs', () => toResourceIDs(scope, resourceIDs));
  requireCallbackURL(callbackURL);
  // Copies: what was checked here must not change later.
  return { scope: [scope].flat(), resourceIDs: resourceIDs && [resourceIDs].flat(), callbackURL };
}

function named(option: string, check: () => unknown): void {
  try {
    check();
  } catch (cause) {
    throw new TypeError(`KakaoBusinessStrategy: the ${option} option is of no use. ${messageOf(cause)}`, {
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
    // A relative one would take its host from headers that the browser, or anyone, sets.
    throw new TypeError(
      'KakaoBusinessStrategy: the callbackURL option must be an absolute http or https URL without fragment or credentials, the same that is registered at Kakao as redirect URI',
    );
  }
}
