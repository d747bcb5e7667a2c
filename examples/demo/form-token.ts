import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

declare module 'express-session' {
  interface SessionData {
    /** Goes into every form that changes something, and has to come back with it. */
    formToken: string;
  }
}

/** Refuses a form that is not of this session: another site may have made the browser send it. */
export const requireFormToken: RequestHandler = (req, _res, next) => {
  const sent: unknown = req.body?.formToken;
  const expected = Buffer.from(formTokenOf(req));
  const given = Buffer.from(typeof sent === 'string' ? sent : '');
  const matches = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  next(matches ? undefined : new ForeignForm());
};

export class ForeignForm extends Error {}

/** The token of this session. Where there is no session there is no form either, but a page that says so. */
export function formTokenOf({ session }: { session?: Request['session'] }): string {
  if (!session) return '';
  session.formToken ??= randomBytes(24).toString('base64url');
  return session.formToken;
}
