import { callbackify } from 'node:util';
import passport from 'passport';
import {
  ConsentItem,
  type KakaoBusinessClient,
  type KakaoBusinessClientOptions,
  KakaoBusinessStrategy,
  parseScope,
} from 'passport-kakao-business';
import { Strategy as LocalStrategy } from 'passport-local';
import { User, type Users } from './users.js';

/** The redirect URIs. Both must be registered at Kakao exactly. */
export const redirectURIs = (origin: string) => ({
  signIn: `${origin}/auth/kakao-business/callback`,
  connect: `${origin}/connect/kakao-business/callback`,
});

/** The consent items that this app requests. */
export const consentsAskedFor = [
  ConsentItem.Email,
  ConsentItem.MomentManagement,
  ConsentItem.KeywordManagement,
];

export interface Authentication {
  passport: passport.Authenticator;
  /** The client of the strategy, for requests after the sign-in. */
  kakao: KakaoBusinessClient;
}

/** Configures Passport with both ways to sign in. */
export function createAuthentication(
  origin: string,
  kakaoOptions: KakaoBusinessClientOptions,
  users: Users,
): Authentication {
  const kakaoBusiness = new KakaoBusinessStrategy(
    {
      ...kakaoOptions,
      callbackURL: redirectURIs(origin).signIn,
      scope: consentsAskedFor,
      passReqToCallback: true,
      passParamsToCallback: true,
    },
    (req, accessToken, _refreshToken, params, profile, done) => {
      const consents = parseScope(params.scope ?? '');
      const connection = { accessToken, consents, profile, connectedAt: new Date() };

      // Connects the account of a signed-in user; signs in everybody else.
      if (!(req.user instanceof User)) return done(null, users.findOrCreate(connection));
      if (users.connect(req.user, connection)) return done(null, req.user);
      return done(null, false, {
        code: 'account_in_use',
        message: 'This account is connected to another user.',
      });
    },
  );

  const local = new LocalStrategy(
    callbackify((username: string, password: string) => users.findByPassword(username, password)),
  );

  const authenticator = new passport.Passport();
  authenticator.use(kakaoBusiness);
  authenticator.use(local);

  // Stores only the user's ID in the session, neither profile nor token.
  authenticator.serializeUser((user, done) => done(null, user instanceof User && user.id));
  authenticator.deserializeUser((id, done) => done(null, users.find(id) ?? false));

  return { passport: authenticator, kakao: kakaoBusiness.client };
}
