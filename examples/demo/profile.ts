import { type Request, type RequestHandler, type Response, Router } from 'express';
import { KakaoBusinessApiError, type KakaoBusinessClient, KakaoBusinessError } from 'passport-kakao-business';
import { requireFormToken } from './form-token.js';
import type { TokenCheck } from './pages/connection.js';
import { profilePage } from './pages/profile.js';
import { toProblem } from './problems.js';
import type { KakaoBusinessConnection, User, Users } from './users.js';
import { type Notice, takeNotice, visitorOf, withUser } from './visitor.js';

/** The profile of a signed-in user, and the actions on the token. */
export function profileRoutes(kakao: KakaoBusinessClient, users: Users): Router {
  const routes = Router();

  routes.get(
    '/profile',
    withUser((user, req, res) =>
      res.send(profilePage({ visitor: visitorOf(req), user, notice: takeNotice(req) })),
    ),
  );

  routes.post(
    '/check',
    requireFormToken,
    withConnection(async (connection, user, req, res) => {
      const check = await checkToken(connection);
      if ('problem' in check) res.status(check.problem.status);
      return res.send(profilePage({ visitor: visitorOf(req), user, check }));
    }),
  );

  routes.post(
    '/disconnect',
    requireFormToken,
    withConnection(async (connection, user, req, res) => {
      req.session.notice = await revoke(connection);
      users.disconnect(user, connection);
      return res.redirect(303, '/profile');
    }),
  );

  async function checkToken(connection: KakaoBusinessConnection): Promise<TokenCheck> {
    const at = new Date();
    try {
      const answer = await kakao.tokenInfo(connection.accessToken);
      connection.lastCheck = { at, works: true };
      return { answer };
    } catch (error) {
      if (!(error instanceof KakaoBusinessError)) throw error;
      // Any other failure says nothing about the token.
      if (needsConsent(error)) connection.lastCheck = { at, works: false };
      return { problem: toProblem(error, { path: '/check' }) };
    }
  }

  async function revoke({ accessToken }: KakaoBusinessConnection): Promise<Notice> {
    try {
      await kakao.revoke(accessToken);
      return 'disconnected';
    } catch (error) {
      // The user disconnected it at Kakao, or the token expired: either way it is no longer valid.
      if (error instanceof KakaoBusinessApiError && error.needsConsent && error.errorCode === '-401')
        return 'already-disconnected';
      throw error;
    }
  }

  return routes;
}

// Another browser of the user may have disconnected since the page was loaded.
const withConnection = (
  handle: (connection: KakaoBusinessConnection, user: User, req: Request, res: Response) => unknown,
): RequestHandler =>
  withUser((user, req, res) => {
    if (user.kakaoBusiness) return handle(user.kakaoBusiness, user, req, res);
    req.session.notice = 'not-connected';
    return res.redirect(303, '/profile');
  });

const needsConsent = (error: KakaoBusinessError): boolean =>
  error instanceof KakaoBusinessApiError && error.needsConsent;
