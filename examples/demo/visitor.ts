import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type Language, languageOf } from './language.js';
import { User } from './users.js';

declare module 'express-session' {
  interface SessionData {
    /** Goes into every form that changes something, and has to come back with it. */
    formToken: string;
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

/** Refuses a form that is not of this session: another site may have made the browser send it. */
export const requireFormToken: RequestHandler = (req, _res, next) => {
  const sent: unknown = req.body?.formToken;
  const expected = Buffer.from(formTokenOf(req));
  const given = Buffer.from(typeof sent === 'string' ? sent : '');
  const matches = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  next(matches ? undefined : new ForeignForm());
};

/** What the last request had to say; once. */
export function takeNotice({ session }: Request): Notice | undefined {
  const { notice } = session;
  delete session.notice;
  return notice;
}

export class ForeignForm extends Error {}

// To Passport any object is a user; from here on it is one of ours.
const signedInUser = ({ user }: Request): User | undefined => (user instanceof User ? user : undefined);

// Where there is no session there is no form either, but a page that says so.
function formTokenOf({ session }: { session?: Request['session'] }): string {
  if (!session) return '';
  session.formToken ??= randomBytes(24).toString('base64url');
  return session.formToken;
}
