import express, { type Express, type Handler } from 'express';
import session, { type Store } from 'express-session';
import { Passport } from 'passport';
import { KakaoBusinessStrategy, type KakaoBusinessStrategyOptions } from '../../lib/index.js';
import { keepUserInSession, showError } from './app-server.js';

/** Where Kakao may send the browser back to the app. */
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
 * An app with sessions as users write it. `/login` signs in; `/login/keeping` does so with `keepSessionInfo`; `/basket` puts
 * something else into the session; `/me` tells what is there.
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

  const tell: Handler = (req, res) => {
    const { user, sessionID } = req;
    res.json({ user, sessionID, process: process.pid, kept: Object.keys(req.session) });
  };
  const login = (options: object) =>
    passport.authenticate('kakao-business', { failWithError: true, ...options });
  app.get('/login', login({}));
  app.get('/callback', login({}), tell);
  app.get('/login/keeping', login({ callbackURL: keeping }));
  app.get('/callback/keeping', login({ keepSessionInfo: true }), tell);
  app.get(
    '/basket',
    (req, _res, next) => {
      Object.assign(req.session, { basket: ['a poster'] });
      next();
    },
    tell,
  );
  app.get('/me', tell);
  app.use(showError);
  return app;
}
