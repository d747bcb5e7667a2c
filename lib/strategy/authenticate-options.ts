import type {
  AuthenticateOptions,
  AuthenticateCallback as OnAuthenticated,
  AuthorizeCallback as OnAuthorized,
  Strategy as PassportStrategy,
} from 'passport';
import type { ConsentItemID } from '../kakao/consent-items.js';
import { isJSONObject, type JSONObject } from '../kakao/json.js';
import { toNameCheck, UNSUPPORTED } from '../kakao/option-names.js';

/** Options of `passport.authenticate` and `passport.authorize` for this strategy; each overrides the strategy's own. */
export interface KakaoBusinessAuthenticateOptions extends Omit<AuthenticateOptions, 'scope' | 'state'> {
  /** The consent items to ask for in this login. */
  scope?: ConsentItemID | readonly ConsentItemID[] | undefined;
  /** The ad accounts to ask for in this login. */
  resourceIDs?: string | readonly string[] | undefined;
  /** Another redirect URI of the app's. */
  callbackURL?: string | undefined;
  /** Data of your own (an object, as JSON): kept in the session, and back as `req.authInfo.state` after the login. */
  state?: JSONObject | undefined;
}

// Passport's own types refuse `resourceIDs`, and an object as `state`, in a literal. Added overloads are tried before
// Passport's: the ones without options stand here again, or a callback in their place would be taken for options.
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

// Inherited, not declared in place: an app may then declare both members with types of its own.
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
  /** The application data given to `passport.authenticate`. */
  state?: JSONObject | undefined;
}

/**
 * Refuses misspelt options of a login.
 *
 * @throws {TypeError} which names the right one.
 */
export const requireLoginOptionNames = toNameCheck(
  [
    ...['scope', 'resourceIDs', 'callbackURL', 'state'],
    // Passport's own; known names are checked fastest.
    ...['session', 'keepSessionInfo', 'authInfo', 'assignProperty', 'userProperty', 'pauseStream'],
    ...['successRedirect', 'successReturnToOrRedirect', 'successMessage', 'successFlash'],
    ...['failureRedirect', 'failureMessage', 'failureFlash', 'failWithError'],
  ],
  UNSUPPORTED,
);

/**
 * A copy of the application data for a login, taken at once, since the session may be written later.
 *
 * @throws {TypeError} when it is no object, or cannot be written as JSON.
 */
export function toApplicationData(state: unknown): JSONObject | undefined {
  if (state === undefined || state === null) return undefined;
  const copy = throughJSON(state);
  if (!isJSONObject(copy)) {
    throw new TypeError(
      "KakaoBusinessStrategy: the state option must be an object with data of your own, such as { returnTo: '/ads' }; the state parameter itself is made and checked by the strategy, and a fixed one would protect nobody",
    );
  }
  return copy;
}

function throughJSON(state: unknown): unknown {
  try {
    // Without members named __proto__, which poison whoever merges the data.
    return JSON.parse(JSON.stringify(state) ?? 'null', (name, value) =>
      name === '__proto__' ? undefined : value,
    );
  } catch (cause) {
    throw new TypeError('KakaoBusinessStrategy: the state option cannot be written as JSON', { cause });
  }
}

/** Parameters of an authorization request; a list is written as a repeated key. */
export type AuthorizationParams = Record<string, string | readonly string[] | undefined>;

/** Adds parameters that the URL does not have yet. */
export function addParams(url: URL, params: AuthorizationParams): URL {
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || url.searchParams.has(name)) continue;
    for (const each of [value].flat()) url.searchParams.append(name, each);
  }
  return url;
}
