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

/** Where Kakao sends the browser back. Both are to be registered at Kakao, letter by letter. */
export const redirectURIs = (origin: string) => ({
  signIn: `${origin}/auth/kakao-business/callback`,
  connect: `${origin}/connect/kakao-business/callback`,
});

/** What this app asks its users for. */
export const consentsAskedFor = [
  ConsentItem.Email,
  ConsentItem.MomentManagement,
  ConsentItem.KeywordManagement,
];

export interface Authentication {
  passport: passport.Authenticator;
  /** For what comes after the sign-in: the strategy's own client, with its key and its limits. */
  kakao: KakaoBusinessClient;
}

/** Sets Passport up with both ways to sign in. */
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

      // Whoever is signed in already connects; everybody else signs in.
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

  // The session holds the user's ID and no more: neither the profile nor the token.
  authenticator.serializeUser((user, done) => done(null, user instanceof User && user.id));
  authenticator.deserializeUser((id, done) => done(null, users.find(id) ?? false));

  return { passport: authenticator, kakao: kakaoBusiness.client };
}
