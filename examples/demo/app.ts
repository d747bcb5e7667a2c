import { randomBytes } from 'node:crypto';
import path from 'node:path';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import session from 'express-session';
import { type KakaoBusinessClientOptions, kakaoBusinessEndpoints } from 'passport-kakao-business';
import type { KakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { adAccountRoutes } from './ad-accounts.js';
import { rememberLanguage } from './language.js';
import { problemPage } from './pages/problem.js';
import { createAuthentication } from './passport.js';
import { notFound, type Problem } from './problems.js';
import { profileRoutes } from './profile.js';
import { type Report, reportTo, setHead } from './report.js';
import { signInRoutes } from './sign-in.js';
import { Mishaps } from './tour/mishaps.js';
import { tourRoutes, tourWithoutSession } from './tour/routes.js';
import { unreliableFetch } from './tour/unreliable-kakao.js';
import { UnreliableUsers } from './tour/unreliable-users.js';
import { demoUser, type PasswordCost, Users } from './users.js';
import { visitorOf } from './visitor.js';

export interface DemoOptions {
  /** The origin of this app, such as `http://localhost:3000`. */
  origin: string;
  /** The app's keys at Kakao, and the endpoints if an emulator replaces Kakao. */
  kakao: KakaoBusinessClientOptions;
  /** The emulator, if there is one; it enables the tour of problems. */
  emulator?: KakaoBusinessEmulator | undefined;
  /** Receives every failure except mistakes of the user, without secrets. */
  log: (message: string) => void;
  /** The cost of hashing a password; `strongPasswordCost` by default. */
  passwordCost?: PasswordCost | undefined;
}

/** The whole app, for `http.createServer(app)`. */
export async function createApp({
  origin,
  kakao,
  emulator,
  log,
  passwordCost,
}: DemoOptions): Promise<Express> {
  const tour = emulator && { origin, emulator, mishaps: new Mishaps() };
  const users = tour ? new UnreliableUsers(tour.mishaps, passwordCost) : new Users(passwordCost);
  await users.addWithPassword(demoUser.username, demoUser.password);

  const authentication = createAuthentication(
    origin,
    tour ? { ...kakao, fetch: unreliableFetch(tour.mishaps, kakao.fetch) } : kakao,
    users,
  );
  const authorizationURL = kakao.authorizationURL ?? kakaoBusinessEndpoints.authorizationURL;
  const kakaoSite = {
    host: new URL(authorizationURL).host,
    panel: emulator && new URL('/emulator', authorizationURL).href,
  };

  const report = reportTo(log);
  const app = express();
  app.disable('x-powered-by');
  app.set('tour', Boolean(tour));
  app.use(safeHeaders);
  app.use(express.static(path.join(__dirname, 'public')));
  app.use(rememberLanguage);
  if (tour) app.use(tourWithoutSession(authentication));
  app.use(
    session({
      name: 'ad-desk',
      secret: randomBytes(32).toString('base64url'),
      resave: false,
      saveUninitialized: false,
      // Lax, not Strict: browsers do not send a Strict cookie on the redirect from Kakao.
      cookie: { sameSite: 'lax', httpOnly: true, secure: 'auto' },
    }),
  );
  app.use(express.urlencoded({ extended: false, limit: '10kb' }));
  app.use(authentication.passport.session());

  if (tour) app.use(tour.mishaps.meet);
  app.use(signInRoutes(authentication, origin, kakaoSite));
  app.use(profileRoutes(authentication.kakao, users, report));
  app.use(adAccountRoutes(authentication.kakao, report));
  if (tour) app.use(tourRoutes({ ...tour, kakao: authentication.kakao }));

  app.get(failedPath, (req, res) => {
    const { problem } = req.session;
    if (!problem) return res.redirect(303, '/');
    return sendProblem(problem, req, res, failedPath);
  });
  app.use((req, res) => {
    res.status(404).send(problemPage(notFound, visitorOf(req)));
  });
  app.use(showProblem(report));
  return app;
}

const safeHeaders: RequestHandler = (_req, res, next) => {
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    // Without a session, the URL of an error page may contain an authorization code.
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  next();
};

// Express recognizes an error handler by its four parameters.
const showProblem =
  (report: Report): ErrorRequestHandler =>
  (error: unknown, req, res, _next) => {
    const problem = report(error, req);
    if (!req.session || !req.path.endsWith('/callback')) return sendProblem(problem, req, res);
    // A callback works once. At another URL the page can be reloaded, and the URL has no authorization code.
    req.session.problem = problem;
    return res.redirect(303, failedPath);
  };

const failedPath = '/failed';

function sendProblem(problem: Problem, req: Request, res: Response, address?: string): void {
  setHead(res, problem);
  res.send(problemPage(problem, visitorOf(req), address));
}
