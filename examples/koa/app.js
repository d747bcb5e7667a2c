import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import Koa from 'koa';
import passport from 'koa-passport';
import session from 'koa-session';
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

const router = new Router();

router.get('/', ctx => {
  ctx.body = ctx.state.user ?? '<a href="/auth/kakao-business">카카오 비즈니스로 로그인</a>';
});

router.get('/auth/kakao-business', (ctx, next) => {
  const state = { returnTo: toLocalPath(ctx.query.returnTo) };
  return passport.authenticate('kakao-business', { state })(ctx, next);
});

// The callback receives the reason of a failure; without it, koa-passport responds with a bare "Unauthorized".
router.get('/auth/kakao-business/callback', (ctx, next) =>
  passport.authenticate('kakao-business', async (error, user, info, status) => {
    if (error) throw error;
    if (user) {
      await ctx.login(user);
      ctx.redirect(info.state.returnTo);
    } else {
      ctx.status = status ?? 401;
      ctx.body = info;
    }
  })(ctx, next),
);

const app = new Koa();
app.keys = [randomBytes(32).toString('hex')]; // use your own secret, the same in every process
app.use(showKakaoError);
// Koa 3 takes more than a second to parse a query of 16 KB; Kakao's is far shorter.
app.use((ctx, next) => (ctx.querystring.length > 4096 ? ctx.throw(414) : next()));
app.use(session({ sameSite: 'lax' }, app)); // browsers do not send a 'strict' cookie on the redirect from Kakao
app.use(passport.initialize());
app.use(passport.session());
app.use(router.routes());
app.listen(PORT, () => console.log(origin));

async function showKakaoError(ctx, next) {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof KakaoBusinessError)) throw error;
    const { status, code, errorCode, hint } = error; // log the hint; it is for developers, not for users
    ctx.status = status;
    ctx.body = { code, errorCode, hint };
  }
}

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
