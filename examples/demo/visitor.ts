import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { formTokenOf } from './form-token.js';
import { type Language, languageOf } from './language.js';
import type { Problem } from './problems.js';
import { type KakaoBusinessConnection, User } from './users.js';

declare module 'express-session' {
  interface SessionData {
    /** A message that the profile page shows once. */
    notice: Notice;
    /** Why the last sign-in failed, for the page at `failedPath`. */
    problem: Problem;
  }
}

export type Notice =
  | 'connected'
  | 'disconnected'
  | 'already-disconnected'
  | 'not-connected'
  | 'already-signed-in'
  | 'already-connected';

/** The visitor of a page. */
export interface Visitor {
  user: User | undefined;
  language: Language;
  formToken: string;
  /** Whether the tour of problems is available. */
  tour: boolean;
}

export const visitorOf = (req: Request): Visitor => ({
  user: signedInUser(req),
  language: languageOf(req),
  formToken: formTokenOf(req),
  tour: req.app.enabled('tour'),
});

/** For routes that require a user: redirects others to the sign-in, which returns to the page. */
export const withUser =
  (handle: (user: User, req: Request, res: Response, next: NextFunction) => unknown): RequestHandler =>
  (req, res, next) => {
    const user = signedInUser(req);
    if (user) return handle(user, req, res, next);
    // The path only: the query may contain an authorization code, which must not be copied to another URL.
    return res.redirect(303, req.method === 'GET' ? `/?returnTo=${encodeURIComponent(req.path)}` : '/');
  };

/** For routes that require a connection to Kakao Business: redirects others to the profile, which offers it. */
export const withConnection = (
  handle: (
    connection: KakaoBusinessConnection,
    user: User,
    req: Request,
    res: Response,
    next: NextFunction,
  ) => unknown,
): RequestHandler =>
  withUser((user, req, res, next) => {
    if (user.kakaoBusiness) return handle(user.kakaoBusiness, user, req, res, next);
    // Another browser of the user may have disconnected since the page with the button was loaded.
    if (req.method === 'POST') req.session.notice = 'not-connected';
    return res.redirect(303, '/profile');
  });

/** Returns the message of the last request and deletes it. */
export function takeNotice({ session }: Request): Notice | undefined {
  const { notice } = session;
  delete session.notice;
  return notice;
}

// Passport allows any object as a user; this app only its own class.
const signedInUser = ({ user }: Request): User | undefined => (user instanceof User ? user : undefined);
