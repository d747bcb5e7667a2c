import { Router } from 'express';
import { requireFormToken } from './form-token.js';
import { homePage } from './pages/home.js';
import { type Authentication, redirectURIs } from './passport.js';
import { visitorOf, withUser } from './visitor.js';

/** Everything between an anonymous visitor and a signed-in user, in both directions. */
export function signInRoutes({ passport }: Authentication, origin: string, kakaoHost: string): Router {
  const routes = Router();

  routes.get('/', (req, res) => {
    const visitor = visitorOf(req);
    if (visitor.user) return res.redirect(303, '/profile');
    return res.send(homePage({ visitor, kakaoHost, returnTo: toLocalPath(req.query['returnTo']) }));
  });

  routes.post('/login', requireFormToken, (req, res, next) => {
    const returnTo = toLocalPath(req.body.returnTo);
    passport.authenticate('local', (error, user) => {
      if (error) return next(error);
      if (user) return req.logIn(user, failure => (failure ? next(failure) : res.redirect(303, returnTo)));
      const page = { visitor: visitorOf(req), kakaoHost, returnTo, wrongPassword: true };
      return res.status(401).send(homePage(page));
    })(req, res, next);
  });

  routes.get('/auth/kakao-business', (req, res, next) => {
    // From a start page left open: signed in already, this would connect, which nobody asked for.
    if (visitorOf(req).user) return res.redirect(303, '/profile');
    const state = { returnTo: toLocalPath(req.query['returnTo']) };
    return passport.authenticate('kakao-business', { state })(req, res, next);
  });

  // Given a function, Passport tells it why a sign-in was refused; left alone, it would answer a bare "Unauthorized".
  routes.get('/auth/kakao-business/callback', (req, res, next) => {
    passport.authenticate('kakao-business', (error, user, info, status) => {
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
    withUser((_user, req, res, next) => {
      passport.authorize('kakao-business', connecting, (error, user, info, status) => {
        if (error) return next(error);
        if (!user) return next(new SignInRefused(info, status));
        req.session.notice = 'connected';
        return res.redirect(303, '/profile');
      })(req, res, next);
    }),
  );

  routes.post('/logout', requireFormToken, (req, res, next) => {
    req.logout(failure => (failure ? next(failure) : res.redirect(303, '/')));
  });

  return routes;
}

/** Passport said no, for a reason that stands in the challenge. */
export class SignInRefused extends Error {
  readonly challenge: unknown;
  readonly status: number;

  constructor(challenge: unknown, status: unknown) {
    super('The sign-in was refused');
    this.challenge = challenge;
    this.status = typeof status === 'number' ? status : 401;
  }
}

// What authenticate() got as `state` comes back here, out of the session.
function returnToIn(info: unknown): string {
  const state = isObject(info) ? info['state'] : undefined;
  return toLocalPath(isObject(state) ? state['returnTo'] : undefined);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

// A page of this app. Browsers take //example.com and /\example.com for another host; and a way to Kakao is no page:
// the form-action of our pages would stop a sign-in form on it.
const toLocalPath = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\]|auth\/|connect\/)[\x21-\x7e]*$/.test(value) ? value : '/profile';
