import { type Request, type Response, Router } from 'express';
import { requireFormToken } from './form-token.js';
import { homePage, type KakaoSite } from './pages/home.js';
import { type Authentication, redirectURIs } from './passport.js';
import { type Notice, visitorOf, withUser } from './visitor.js';

/** The routes for signing in and out. */
export function signInRoutes({ passport }: Authentication, origin: string, kakaoSite: KakaoSite): Router {
  const routes = Router();

  routes.get('/', (req, res) => {
    const visitor = visitorOf(req);
    if (visitor.user) return res.redirect(303, '/profile');
    return res.send(homePage({ visitor, kakaoSite, returnTo: toLocalPath(req.query['returnTo']) }));
  });

  routes.post('/login', requireFormToken, (req, res, next) => {
    const returnTo = toLocalPath(req.body.returnTo);
    passport.authenticate('local', (error, user) => {
      if (error) return next(error);
      if (user) return req.logIn(user, failure => (failure ? next(failure) : res.redirect(303, returnTo)));
      const page = { visitor: visitorOf(req), kakaoSite, returnTo, wrongPassword: true };
      return res.status(401).send(homePage(page));
    })(req, res, next);
  });

  routes.get('/auth/kakao-business', (req, res, next) => {
    // An old start page of a signed-in user: starting a login here would connect the account unasked.
    if (visitorOf(req).user) return res.redirect(303, '/profile');
    const state = { returnTo: toLocalPath(req.query['returnTo']) };
    return passport.authenticate('kakao-business', { state })(req, res, next);
  });

  // The callback receives the reason of a failure; without it, Passport responds with a bare "Unauthorized".
  routes.get('/auth/kakao-business/callback', (req, res, next) => {
    // The second of two tabs, or the back button after a login: the user is signed in, and this login is over.
    if (visitorOf(req).user) return toProfile(req, res, 'already-signed-in');
    return passport.authenticate('kakao-business', (error, user, info, status) => {
      if (error) return next(error);
      if (!user) return next(new SignInRefused(info, status));
      return req.logIn(user, failure => (failure ? next(failure) : res.redirect(303, returnToIn(info))));
    })(req, res, next);
  });

  const connecting = { callbackURL: redirectURIs(origin).connect };

  routes.get(
    '/connect/kakao-business',
    withUser((_user, req, res, next) => passport.authorize('kakao-business', connecting)(req, res, next)),
  );

  // Unlike authenticate(), authorize() signs nobody in: the user and the session stay the same.
  routes.get(
    '/connect/kakao-business/callback',
    withUser((visitor, req, res, next) => {
      passport.authorize('kakao-business', connecting, (error, user, info, status) => {
        if (error) return next(error);
        if (user) return toProfile(req, res, 'connected');
        if (visitor.kakaoBusiness && isOver(info)) return toProfile(req, res, 'already-connected');
        return next(new SignInRefused(info, status));
      })(req, res, next);
    }),
  );

  routes.post('/logout', requireFormToken, (req, res, next) => {
    req.logout(failure => (failure ? next(failure) : res.redirect(303, '/')));
  });

  return routes;
}

/** A failed sign-in; the challenge has the reason. */
export class SignInRefused extends Error {
  readonly challenge: unknown;
  readonly status: number;

  constructor(challenge: unknown, status: unknown) {
    super('The sign-in failed');
    this.challenge = challenge;
    this.status = typeof status === 'number' ? status : 401;
  }
}

function toProfile(req: Request, res: Response, notice: Notice): void {
  req.session.notice = notice;
  res.redirect(303, '/profile');
}

// Finished before, as after the back button; `unknown` if another login is pending by now.
const isOver = (challenge: unknown): boolean =>
  isObject(challenge) &&
  challenge['code'] === 'invalid_state' &&
  (challenge['reason'] === 'no_pending_login' || challenge['reason'] === 'unknown');

// The `state` passed to authenticate(), from the session.
function returnToIn(info: unknown): string {
  const state = isObject(info) ? info['state'] : undefined;
  return toLocalPath(isObject(state) ? state['returnTo'] : undefined);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

// A path of this app. Browsers read //example.com and /\example.com as another host. Not a path that redirects to
// Kakao: the form-action policy would block it after a sign-in form.
const toLocalPath = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\]|auth\/|connect\/)[\x21-\x7e]*$/.test(value) ? value : '/profile';
