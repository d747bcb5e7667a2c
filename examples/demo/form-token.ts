import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

declare module 'express-session' {
  interface SessionData {
    /** The CSRF token: part of every form that changes something. */
    formToken: string;
  }
}

/** Rejects a form without this session's token, because another site may have sent it. */
export const requireFormToken: RequestHandler = (req, _res, next) => {
  const sent: unknown = req.body?.formToken;
  const expected = Buffer.from(formTokenOf(req));
  const given = Buffer.from(typeof sent === 'string' ? sent : '');
  const matches = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  next(matches ? undefined : new ForeignForm());
};

export class ForeignForm extends Error {}

/** The token of this session. Without a session there is an error page, and no form. */
export function formTokenOf({ session }: { session?: Request['session'] }): string {
  if (!session) return '';
  session.formToken ??= randomBytes(24).toString('base64url');
  return session.formToken;
}
