import type { KakaoBusinessAuthenticateOptions } from './authenticate-options.js';
import type { KakaoBusinessRequest } from './request.js';

/**
 * Refuses to start a login that Passport could not finish: since 0.6 it renews the session of whoever signs in, and a
 * session without the two methods for it, cookie-session's for one, would throw when Kakao's token is already spent.
 *
 * @throws {TypeError} that says what to do.
 */
export function requireRenewableSession(
  req: KakaoBusinessRequest,
  options: KakaoBusinessAuthenticateOptions,
): void {
  // Passport itself signs in only where its own session manager is at work, and neither `session: false` nor
  // `authorize` (which assigns a property) keeps it from doing so. Fastify's has other means.
  const signsIn = '_sessionManager' in req && options.session !== false && !options.assignProperty;
  if (!signsIn || !('session' in req) || isRenewable(req.session)) return;
  throw new TypeError(
    'KakaoBusinessStrategy: Passport renews the session at login, and this session has no regenerate() and save(), as with cookie-session: use express-session (Koa: koa-session from 6.4 on), or authenticate with session: false',
  );
}

// No session at all is told elsewhere, by whoever needs it.
const isRenewable = (session: unknown): boolean =>
  typeof session !== 'object' ||
  session === null ||
  ('regenerate' in session &&
    typeof session.regenerate === 'function' &&
    'save' in session &&
    typeof session.save === 'function');
