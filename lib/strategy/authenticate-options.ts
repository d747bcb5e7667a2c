import type {
  AuthenticateOptions,
  AuthenticateCallback as OnAuthenticated,
  AuthorizeCallback as OnAuthorized,
  Strategy as PassportStrategy,
} from 'passport';
import type { ConsentItemID } from '../kakao/consent-items.js';
import { isJSONObject, type JSONObject } from '../kakao/json.js';
import { createNameCheck, UNSUPPORTED } from '../kakao/option-names.js';

/** Options of `passport.authenticate` and `passport.authorize`; each overrides that of the strategy. */
export interface KakaoBusinessAuthenticateOptions extends Omit<AuthenticateOptions, 'scope' | 'state'> {
  /** The consent items to request in this login. */
  scope?: ConsentItemID | readonly ConsentItemID[] | undefined;
  /** The ad accounts to request in this login. */
  resourceIDs?: string | readonly string[] | undefined;
  /** Another redirect URI of the app. */
  callbackURL?: string | undefined;
  /** Application data (a JSON object): kept in the session, returned as `req.authInfo.state` after the login. */
  state?: JSONObject | undefined;
}

// Passport's own types do not accept `resourceIDs`, and an object as `state`, in a literal. Added overloads are tried
// before Passport's: the ones without options stand here again, or a callback in their place would be taken for
// options.
declare module 'passport' {
  interface Authenticator<InitializeRet, AuthenticateRet, AuthorizeRet, AuthorizeOptions> {
    authenticate(strategy: string | string[] | PassportStrategy, callback?: OnAuthenticated): AuthenticateRet;
    authenticate(
      strategy: string | string[] | PassportStrategy,
      options: KakaoBusinessAuthenticateOptions,
      callback?: OnAuthenticated,
    ): AuthenticateRet;
    authorize(strategy: string | string[], callback?: OnAuthorized): AuthorizeRet;
    authorize(
      strategy: string | string[],
      options: KakaoBusinessAuthenticateOptions,
      callback?: OnAuthorized,
    ): AuthorizeRet;
  }
}

// Inherited, so that an app can declare both members with other types.
declare global {
  namespace Express {
    interface Request extends AuthorizedRequest {}
    interface AuthInfo extends LoginInfo {}
  }
}

interface AuthorizedRequest {
  /** What verify returned, after `passport.authorize`. */
  account?: unknown;
}

interface LoginInfo {
  /** The application data passed to `passport.authenticate`. */
  state?: Any;
  // Members of other strategies: without them, TypeScript would reject an AuthInfo that has only these.
  [member: string]: Any;
}

// This is `any`, as JSON.parse returns it: apps and other strategies can declare these members with any type.
type Any = ReturnType<typeof JSON.parse>;

/**
 * Checks the names of the options of a login.
 *
 * @throws {TypeError} which names the right one.
 */
export const requireLoginOptionNames = createNameCheck(
  [
    ...['scope', 'resourceIDs', 'callbackURL', 'state'],
    // Passport's options; known names are the fastest to check.
    ...['session', 'keepSessionInfo', 'authInfo', 'assignProperty', 'userProperty', 'pauseStream'],
    ...['successRedirect', 'successReturnToOrRedirect', 'successMessage', 'successFlash'],
    ...['failureRedirect', 'failureMessage', 'failureFlash', 'failWithError'],
  ],
  UNSUPPORTED,
);

/**
 * Copies the application data of a login, since the session may be saved later.
 *
 * @throws {TypeError} when it is not an object, or cannot be written as JSON.
 */
export function toApplicationData(state: unknown): JSONObject | undefined {
  if (state === undefined || state === null) return undefined;
  const copy = throughJSON(state);
  if (!isJSONObject(copy)) {
    throw new TypeError(
      "KakaoBusinessStrategy: the state option must be an object with application data, such as { returnTo: '/ads' }; the strategy creates and checks the OAuth state parameter itself, and a fixed value would not protect against CSRF",
    );
  }
  return copy;
}

function throughJSON(state: unknown): unknown {
  try {
    // Removes members named __proto__, which would pollute prototypes where the data is merged.
    return JSON.parse(JSON.stringify(state) ?? 'null', (name, value) =>
      name === '__proto__' ? undefined : value,
    );
  } catch (cause) {
    throw new TypeError('KakaoBusinessStrategy: the state option cannot be written as JSON', { cause });
  }
}

/** Parameters of an authorization request; a list becomes a repeated key. */
export type AuthorizationParams = Record<string, string | readonly string[] | undefined>;

/** Adds parameters to a URL, without replacing any. */
export function addParams(url: URL, params: AuthorizationParams): URL {
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || url.searchParams.has(name)) continue;
    for (const each of [value].flat()) url.searchParams.append(name, each);
  }
  return url;
}
