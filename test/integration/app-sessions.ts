import express, { type Express, type Handler } from 'express';
import session, { type Store } from 'express-session';
import { Passport } from 'passport';
import { KakaoBusinessStrategy, type KakaoBusinessStrategyOptions } from '../../lib/index.js';
import { keepUserInSession, showError } from './app-server.js';

/** The redirect URIs of the app. */
export const callbackURLs = (origin: string) => ({
  callback: `${origin}/callback`,
  keeping: `${origin}/callback/keeping`,
});

interface SessionAppOptions {
  origin: string;
  kakao: Omit<KakaoBusinessStrategyOptions, 'callbackURL'>;
  store?: Store | undefined;
}

/**
 * A typical app with sessions. `/login` signs in; `/login/keeping` signs in with `keepSessionInfo`; `/basket` stores
 * other data in the session; `/me` shows user and session.
 */
export function sessionApp({ origin, kakao, store }: SessionAppOptions): Express {
  const { callback: callbackURL, keeping } = callbackURLs(origin);
  const passport = new Passport();
  passport.use(
    new KakaoBusinessStrategy({ ...kakao, callbackURL }, async (_accessToken, _refreshToken, { id }) => ({
      id,
    })),
  );
  keepUserInSession(passport);

  const app = express();
  app.use(session({ secret: 'test', resave: false, saveUninitialized: false, ...(store && { store }) }));
  app.use(passport.session());

  const show: Handler = (req, res) => {
    const { user, sessionID } = req;
    res.json({ user, sessionID, process: process.pid, kept: Object.keys(req.session) });
  };
  const login = (options: object) =>
    passport.authenticate('kakao-business', { failWithError: true, ...options });
  app.get('/login', login({}));
  app.get('/callback', login({}), show);
  app.get('/login/keeping', login({ callbackURL: keeping }));
  app.get('/callback/keeping', login({ keepSessionInfo: true }), show);
  app.get(
    '/basket',
    (req, _res, next) => {
      Object.assign(req.session, { basket: ['a poster'] });
      next();
    },
    show,
  );
  app.get('/me', show);
  app.use(showError);
  return app;
}
