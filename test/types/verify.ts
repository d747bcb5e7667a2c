/**
 * The inferred types of an inline verify function, and misuse that must not compile. Nothing here runs: `npm run
 * typecheck` checks it, including each `@ts-expect-error`.
 */
import passport from 'passport';
import {
  type BizAgreement,
  KakaoBusinessClient,
  type KakaoBusinessProfile,
  type KakaoBusinessRequest,
  KakaoBusinessStrategy,
  type KakaoBusinessVerified,
  type TokenResponse,
} from '../../lib/index.js';

/** Compiles only if the type is exactly the expected one, not `any` or a wider type. */
function is<Expected>() {
  return <Actual>(_value: Actual, _same: Same<Expected, Actual>): void => {};
}
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? 'same' : never;

const options = {
  clientID: 'key',
  clientSecret: process.env['SECRET'],
  callbackURL: 'https://example.com/cb',
};
const user: Express.User = { id: 'user-1' };

// As an app declares its user.
declare global {
  namespace Express {
    interface User {
      id: string;
    }
  }
}

// The parameters of every shape are inferred, with done and with a promise.

new KakaoBusinessStrategy(options, (accessToken, refreshToken, profile, done) => {
  is<string>()(accessToken, 'same');
  is<undefined>()(refreshToken, 'same');
  is<KakaoBusinessProfile>()(profile, 'same');
  is<KakaoBusinessVerified>()(done, 'same');
  done(null, user, { message: 'welcome' });
});

new KakaoBusinessStrategy(options, async (accessToken, _refreshToken, profile) => {
  is<string>()(accessToken, 'same');
  is<string>()(profile.id, 'same');
  return profile.emails ? user : false;
});

new KakaoBusinessStrategy(
  { ...options, passParamsToCallback: true },
  (_accessToken, _refreshToken, params, profile, done) => {
    is<TokenResponse>()(params, 'same');
    is<KakaoBusinessProfile>()(profile, 'same');
    done(null, user);
  },
);

new KakaoBusinessStrategy(
  { ...options, passParamsToCallback: true },
  async (_accessToken, _refreshToken, params) => {
    is<string | undefined>()(params.scope, 'same');
    return user;
  },
);

new KakaoBusinessStrategy(
  { ...options, passReqToCallback: true },
  (req, accessToken, _refreshToken, profile, done) => {
    is<KakaoBusinessRequest>()(req, 'same');
    is<string>()(accessToken, 'same');
    is<KakaoBusinessProfile>()(profile, 'same');
    done(null, req.user ?? user);
  },
);

new KakaoBusinessStrategy(
  { ...options, passReqToCallback: true },
  async (req, _accessToken, _refreshToken, profile) => {
    is<string | string[] | undefined>()(req.headers['x-tenant'], 'same');
    return profile.agreements.length > 0 ? user : null;
  },
);

new KakaoBusinessStrategy(
  { ...options, passReqToCallback: true, passParamsToCallback: true },
  (req, _accessToken, _refreshToken, params, profile, done) => {
    is<KakaoBusinessRequest>()(req, 'same');
    is<TokenResponse>()(params, 'same');
    is<KakaoBusinessProfile>()(profile, 'same');
    done(new Error('no'));
  },
);

new KakaoBusinessStrategy(options, async (_accessToken, _refreshToken, _profile, done) =>
  done(null, false, 'not you'),
);
new KakaoBusinessStrategy(options, async () => null);
new KakaoBusinessStrategy(options, async () => undefined);

// Options may be frozen, shared, or undefined like environment variables.

new KakaoBusinessStrategy(
  Object.freeze({
    ...options,
    scope: ['moment_management', 'an_item_of_tomorrow'] as const,
    resourceIDs: undefined,
  }),
  async () => user,
);
new KakaoBusinessStrategy({ ...options, fetch: globalThis.fetch }, async () => user);

// The class is assignable to Passport's Strategy.

passport.use(new KakaoBusinessStrategy(options, async () => user));
passport.use('agency-a', new KakaoBusinessStrategy(options, async () => user));

// The options of a login may be a literal.

passport.authenticate('kakao-business', {
  scope: ['biz_account_email', 'moment_create'],
  resourceIDs: ['moment:*'],
  state: { returnTo: '/ads' },
  callbackURL: 'https://example.com/other',
  failureRedirect: '/login',
});
passport.authenticate(
  'kakao-business',
  { state: { returnTo: '/' } },
  (_error: unknown, found: unknown) => found,
);
passport.authorize('kakao-business', { resourceIDs: 'moment:1' });
passport.authenticate('local', { failureRedirect: '/login' });

// The parameters of a callback, with or without options, are inferred as before.

passport.authenticate('kakao-business', (error, found, info, status) => {
  is<Express.User | false | null | undefined>()(found, 'same');
  is<object | string | (string | undefined)[] | undefined>()(info, 'same');
  void [error, status];
});
passport.authorize('kakao-business', (_error, found) =>
  is<Express.User | false | null | undefined>()(found, 'same'),
);
passport.authorize('kakao-business', { session: false }, (_error, found) =>
  is<Express.User | false | null | undefined>()(found, 'same'),
);

// The request has the user, the account and the authInfo of the login.

function handle(req: KakaoBusinessRequest): void {
  is<Express.User | undefined>()(req.user, 'same');
  is<Express.AuthInfo | undefined>()(req.authInfo, 'same');
  is<unknown>()(req.account, 'same');
  const returnTo: string = req.authInfo?.state?.returnTo;
  void returnTo;
}
void handle;

// Kakao's responses are typed as far as they are known.

async function later(client: KakaoBusinessClient): Promise<void> {
  is<readonly BizAgreement[]>()((await client.tokenInfo('token')).biz_agreements, 'same');
  is<unknown>()((await client.userInfo('token'))['email'], 'same');
  is<void>()(await client.revoke('token'), 'same');
}
void later;

// Misuse does not compile.

// @ts-expect-error a strategy requires a callbackURL
new KakaoBusinessStrategy({ clientID: 'key' }, async () => user);
// @ts-expect-error a strategy requires a verify function
new KakaoBusinessStrategy(options);
// @ts-expect-error a verify function returns a user, not a boolean
new KakaoBusinessStrategy(options, async () => true);
// @ts-expect-error without passParamsToCallback there are four parameters
new KakaoBusinessStrategy(options, (_a, _b, _params, _profile, _done) => {});
// @ts-expect-error without passReqToCallback the first parameter is not a request
new KakaoBusinessStrategy(options, async req => req.user);
// @ts-expect-error Kakao Business does not support PKCE
new KakaoBusinessStrategy({ ...options, pkce: true }, async () => user);
// @ts-expect-error the state is always checked
new KakaoBusinessStrategy({ ...options, state: false }, async () => user);
// @ts-expect-error there is no refresh token
new KakaoBusinessStrategy(options, async (_accessToken, refreshToken) => refreshToken.length > 0 && user);
// @ts-expect-error a scope is a list of items, not a number
passport.authenticate('kakao-business', { scope: 7 });
// @ts-expect-error the methods of the client require an access token
new KakaoBusinessClient(options).revoke();
