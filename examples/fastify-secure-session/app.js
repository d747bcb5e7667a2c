import { randomBytes } from 'node:crypto';
import { Authenticator } from '@fastify/passport';
import session from '@fastify/secure-session';
import fastify from 'fastify';
import { KakaoBusinessError, KakaoBusinessStrategy } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

const { KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET, PORT = '3000' } = process.env;
const origin = `http://localhost:${PORT}`;
const callbackURL = `${origin}/auth/kakao-business/callback`;

const users = new Map(); // your database

// Passport clears the session at login. Keeping this member keeps the pending logins of other tabs.
const passport = new Authenticator({ clearSessionIgnoreFields: ['kakao-business'] });
passport.use(
  new KakaoBusinessStrategy(
    { ...(await kakao()), callbackURL, scope: ['biz_account_email', 'moment_management'] },
    async (_accessToken, _refreshToken, { id, emails, agreements }) => {
      users.set(id, { id, email: emails?.[0].value, agreements });
      return users.get(id);
    },
  ),
);
passport.registerUserSerializer(async user => user.id);
passport.registerUserDeserializer(async id => users.get(id) ?? false);

const app = fastify();
await app.register(session, {
  key: randomBytes(32), // use your own secret, the same in every process
  // Browsers do not send a 'strict' cookie on the redirect from Kakao; the default path would be /auth.
  cookie: { sameSite: 'lax', secure: 'auto', path: '/' },
});
await app.register(passport.initialize());
await app.register(passport.secureSession());

app.get('/', async (request, reply) => {
  if (request.user) return request.user;
  return reply
    .type('text/html; charset=utf-8')
    .send('<a href="/auth/kakao-business">카카오 비즈니스로 로그인</a>');
});

app.get('/auth/kakao-business', async (request, reply) => {
  const state = { returnTo: toLocalPath(request.query.returnTo) };
  await passport.authenticate('kakao-business', { state })(request, reply);
  return reply; // the redirect is sent; without this, Fastify may send a second response
});

// The callback receives the reason of a failure; without it, @fastify/passport responds with a bare "Unauthorized".
app.get(
  '/auth/kakao-business/callback',
  passport.authenticate('kakao-business', async (request, reply, error, user, info, status) => {
    if (error) throw error;
    if (!user) return reply.code(status ?? 401).send(info);
    await request.logIn(user);
    return reply.redirect(info.state.returnTo);
  }),
);

app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof KakaoBusinessError)) return reply.send(error);
  const { status, code, errorCode, hint } = error; // log the hint; it is for developers, not for users
  return reply.code(status).send({ code, errorCode, hint });
});

await app.listen({ port: Number(PORT) });
console.log(origin);

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
