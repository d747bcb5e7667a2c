import express from 'express';
import session from 'express-session';
import { Passport } from 'passport';
import { KakaoBusinessStrategy } from 'passport-kakao-business';

/** @param kakao the options that differ between test and production: keys, callback URL and Kakao's endpoints. */
export function createApp(kakao) {
  const passport = new Passport();
  const scope = ['biz_account_email', 'moment_management'];
  passport.use(
    new KakaoBusinessStrategy({ ...kakao, scope }, async (_accessToken, _refreshToken, profile) => ({
      email: profile.emails?.[0].value,
      adAccounts: profile.agreements.flatMap(({ adAccountIDs }) => adAccountIDs),
    })),
  );
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser((user, done) => done(null, user));

  const app = express();
  app.use(session({ secret: 'a long random string', resave: false, saveUninitialized: false }));
  app.use(passport.session());
  app.get('/auth/kakao-business', passport.authenticate('kakao-business'));
  app.get('/auth/kakao-business/callback', passport.authenticate('kakao-business'), (req, res) => {
    res.json(req.user);
  });
  app.use((error, _req, res, _next) => {
    res.status(error.status ?? 500).json({ code: error.code });
  });
  return app;
}
