import { randomBytes } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import { KakaoBusinessError, KakaoBusinessStrategy } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

const { KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET, PORT = '3000' } = process.env;
const origin = `http://localhost:${PORT}`;
const callbackURL = `${origin}/auth/kakao-business/callback`;

const users = new Map(); // your database

passport.use(
  new KakaoBusinessStrategy(
    { ...(await kakao()), callbackURL, scope: ['biz_account_email', 'moment_management'] },
    async (_accessToken, _refreshToken, { id, emails, agreements }) => {
      users.set(id, { id, email: emails?.[0].value, agreements });
      return users.get(id);
    },
  ),
);
passport.serializeUser((user, done) => done(null, user.id));
passport.deserializeUser((id, done) => done(null, users.get(id) ?? false));

const app = express();
app.use(
  session({
    secret: randomBytes(32).toString('hex'), // use your own secret, the same in every process
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax', secure: 'auto' }, // browsers do not send a 'strict' cookie on the redirect from Kakao
  }),
);
app.use(passport.session());

app.get('/', (req, res) => {
  res.send(req.user ?? '<a href="/auth/kakao-business">카카오 비즈니스로 로그인</a>');
});

app.get('/auth/kakao-business', (req, res, next) => {
  const state = { returnTo: toLocalPath(req.query.returnTo) };
  passport.authenticate('kakao-business', { state })(req, res, next);
});

// The callback receives the reason of a failure; without it, Passport responds with a bare "Unauthorized".
app.get('/auth/kakao-business/callback', (req, res, next) => {
  passport.authenticate('kakao-business', (error, user, info, status) => {
    if (error) return next(error);
    if (!user) return res.status(status ?? 401).json(info);
    // Passport renews the session ID and clears the session. Keeping it keeps the pending logins of other tabs.
    return req.logIn(user, { keepSessionInfo: true }, failure =>
      failure ? next(failure) : res.redirect(info.state.returnTo),
    );
  })(req, res, next);
});

app.use((error, _req, res, next) => {
  if (!(error instanceof KakaoBusinessError)) return next(error);
  const { status, code, errorCode, hint } = error; // log the hint; it is for developers, not for users
  return res.status(status).json({ code, errorCode, hint });
});

app.listen(PORT, error => {
  if (error) throw error;
  console.log(origin);
});

/** Uses Kakao if there is a key, else the emulator. */
async function kakao() {
  if (KAKAO_REST_API_KEY) return { clientID: KAKAO_REST_API_KEY, clientSecret: KAKAO_CLIENT_SECRET };
  const { app, endpoints } = await startKakaoBusinessEmulator({ app: { redirectURIs: [callbackURL] } });
  return { clientID: app.clientID, clientSecret: app.clientSecret, ...endpoints };
}

/** A path of this app only: browsers read //example.com and /\example.com as another host. */
function toLocalPath(path) {
  return typeof path === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,150}$/.test(path) ? path : '/';
}
