import { type Request, Router } from 'express';
import { KakaoBusinessApiError, type KakaoBusinessClient, KakaoBusinessError } from 'passport-kakao-business';
import { requireFormToken } from './form-token.js';
import type { TokenCheck } from './pages/connection.js';
import { profilePage } from './pages/profile.js';
import { type Report, setHead } from './report.js';
import type { KakaoBusinessConnection, Users } from './users.js';
import { type Notice, takeNotice, visitorOf, withConnection, withUser } from './visitor.js';

/** The profile of a signed-in user, and the actions on the token. */
export function profileRoutes(kakao: KakaoBusinessClient, users: Users, report: Report): Router {
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
      const check = await checkToken(connection, req);
      if ('problem' in check) setHead(res, check.problem);
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

  async function checkToken(connection: KakaoBusinessConnection, req: Request): Promise<TokenCheck> {
    const at = new Date();
    try {
      const answer = await kakao.tokenInfo(connection.accessToken);
      connection.lastCheck = { at, works: true };
      return { answer };
    } catch (error) {
      if (!(error instanceof KakaoBusinessError)) throw error;
      // Any other failure says nothing about the token.
      if (needsConsent(error)) connection.lastCheck = { at, works: false };
      return { problem: report(error, req) };
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

const needsConsent = (error: KakaoBusinessError): boolean =>
  error instanceof KakaoBusinessApiError && error.needsConsent;
