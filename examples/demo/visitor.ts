import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { formTokenOf } from './form-token.js';
import { type Language, languageOf } from './language.js';
import { User } from './users.js';

declare module 'express-session' {
  interface SessionData {
    /** What the profile page says once. */
    notice: Notice;
  }
}

export type Notice = 'connected' | 'disconnected' | 'already-disconnected' | 'not-connected';

/** Who is looking at a page. */
export interface Visitor {
  user: User | undefined;
  language: Language;
  formToken: string;
  /** Whether the tour of problems is open to them. */
  tour: boolean;
}

export const visitorOf = (req: Request): Visitor => ({
  user: signedInUser(req),
  language: languageOf(req),
  formToken: formTokenOf(req),
  tour: req.app.enabled('tour'),
});

/** For routes that need a user; whoever is not signed in goes to do so, and comes back to the page after. */
export const withUser =
  (handle: (user: User, req: Request, res: Response, next: NextFunction) => unknown): RequestHandler =>
  (req, res, next) => {
    const user = signedInUser(req);
    if (user) return handle(user, req, res, next);
    // The path alone: the query may hold what Kakao sent, and an authorization code belongs into no further address.
    return res.redirect(303, req.method === 'GET' ? `/?returnTo=${encodeURIComponent(req.path)}` : '/');
  };

/** What the last request had to say; once. */
export function takeNotice({ session }: Request): Notice | undefined {
  const { notice } = session;
  delete session.notice;
  return notice;
}

// To Passport any object is a user; from here on it is one of ours.
const signedInUser = ({ user }: Request): User | undefined => (user instanceof User ? user : undefined);
