import express, { type Express, type Handler } from 'express';
import session from 'express-session';
import { Passport } from 'passport';
import { Strategy as GoogleStrategy } from 'passport-google-oauth20';
import { Strategy as KakaoLoginStrategy } from 'passport-kakao';
import { Strategy as LocalStrategy } from 'passport-local';
import type { KakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { KakaoBusinessStrategy, type KakaoBusinessStrategyOptions } from '../../lib/index.js';
import { keepUserInSession, showError } from './app-server.js';
import type { StandIn } from './stand-in-provider.js';

/** The only user with a password. */
export const OWNER = { username: 'owner', password: 'a long password' };

interface Providers {
  business: KakaoBusinessEmulator;
  kakao: StandIn;
  google: StandIn;
}

interface Choices {
  /** Passport's option for the login routes. */
  keepSessionInfo: boolean;
  /** The session key of Kakao Business, if not the default. */
  sessionKey?: string | undefined;
}

/**
 * An app with four ways to sign in: `/login/:way` and `/callback/:way`. A signed-in user connects an account at
 * `/connect/:way` and `/connected/:way`. `/me` shows the user and the keys of the session.
 */
export function combinedApp(origin: string, providers: Providers, choices: Choices): Express {
  const { keepSessionInfo, sessionKey } = choices;
  const passport = new Passport();
  passport.use(kakaoBusiness(origin, providers.business, { sessionKey }));
  passport.use(kakaoLogin(origin, providers.kakao));
  passport.use(google(origin, providers.google));
  passport.use(
    new LocalStrategy((username, password, done) =>
      done(null, password === OWNER.password ? { id: `local:${username}` } : false),
    ),
  );
  keepUserInSession(passport);

  const app = express();
  app.use(session({ secret: 'test', resave: false, saveUninitialized: false }));
  app.use(express.urlencoded({ extended: false }));
  app.use(passport.session());

  const show: Handler = (req, res) => {
    const { user, account, authInfo, sessionID } = req;
    res.json({ user, account, authInfo, sessionID, kept: Object.keys(req.session) });
  };
  const options = { failWithError: true, keepSessionInfo };
  app.get('/me', show);
  app.post('/login/any', passport.authenticate(['local', 'kakao-business'], options), show);
  app.post('/login/local', passport.authenticate('local', options), show);
  for (const way of ['kakao-business', 'kakao', 'google']) {
    app.get(`/login/${way}`, passport.authenticate(way, options));
    app.get(`/callback/${way}`, passport.authenticate(way, options), show);

    const callbackURL = `${origin}/connected/${way}`;
    const connect = { callbackURL, failWithError: true };
    const state = way === 'kakao-business' ? { state: { returnTo: '/ads' } } : {};
    app.get(`/connect/${way}`, passport.authorize(way, { ...connect, ...state }));
    app.get(`/connected/${way}`, passport.authorize(way, connect), show);
  }
  app.use(showError);
  return app;
}

/** Also registers the redirect URIs at the emulator. */
function kakaoBusiness(
  origin: string,
  { app, endpoints }: KakaoBusinessEmulator,
  options: Partial<KakaoBusinessStrategyOptions>,
): KakaoBusinessStrategy {
  const callbackURL = `${origin}/callback/kakao-business`;
  app.redirectURIs.push(callbackURL, `${origin}/connected/kakao-business`);
  const { clientID, clientSecret } = app;
  return new KakaoBusinessStrategy(
    { clientID, clientSecret, callbackURL, ...endpoints, ...options },
    async (_accessToken, _refreshToken, { id }) => ({ id: `kakao-business:${id}` }),
  );
}

function kakaoLogin(origin: string, { authorizationURL, tokenURL, profileURL }: StandIn): KakaoLoginStrategy {
  // passport-kakao overwrites these two URLs with Kakao's; the accessors prevent it.
  const addresses = Object.defineProperties(
    {},
    {
      authorizationURL: { get: () => authorizationURL, set: () => {} },
      tokenURL: { get: () => tokenURL, set: () => {} },
    },
  );
  const options = { clientID: 'kakao-login', callbackURL: `${origin}/callback/kakao`, state: true };
  const strategy = new KakaoLoginStrategy(
    Object.assign(addresses, options),
    (_accessToken, _refreshToken, { id }, done) => done(null, { id: `kakao:${id}` }),
  );
  return Object.assign(strategy, { _userProfileURL: profileURL });
}

const google = (origin: string, { authorizationURL, tokenURL, profileURL }: StandIn): GoogleStrategy =>
  new GoogleStrategy(
    {
      clientID: 'google',
      clientSecret: 'secret of Google',
      callbackURL: `${origin}/callback/google`,
      state: true,
      scope: 'profile',
      authorizationURL,
      tokenURL,
      userProfileURL: profileURL,
    },
    (_accessToken, _refreshToken, { id }, done) => done(null, { id: `google:${id}` }),
  );
