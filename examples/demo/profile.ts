import { Router } from 'express';
import { KakaoBusinessApiError, type KakaoBusinessClient, KakaoBusinessError } from 'passport-kakao-business';
import { profilePage, type TokenCheck } from './pages/profile.js';
import { toProblem } from './problems.js';
import type { Users } from './users.js';
import { type Notice, requireFormToken, takeNotice, visitorOf, withUser } from './visitor.js';

/** What a signed-in user sees, and does with the token. */
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
    withUser(async (user, req, res) => {
      if (!user.kakaoBusiness) return res.redirect(303, '/profile');
      const check = await checkToken(user.kakaoBusiness.accessToken);
      if ('problem' in check) res.status(check.problem.status);
      return res.send(profilePage({ visitor: visitorOf(req), user, check }));
    }),
  );

  routes.post(
    '/disconnect',
    requireFormToken,
    withUser(async (user, req, res) => {
      if (user.kakaoBusiness) req.session.notice = await revoke(user.kakaoBusiness.accessToken);
      users.disconnect(user);
      return res.redirect(303, '/profile');
    }),
  );

  async function checkToken(accessToken: string): Promise<TokenCheck> {
    try {
      return { answer: await kakao.tokenInfo(accessToken) };
    } catch (error) {
      if (error instanceof KakaoBusinessError) return { problem: toProblem(error, '/check') };
      throw error;
    }
  }

  async function revoke(accessToken: string): Promise<Notice> {
    try {
      await kakao.revoke(accessToken);
      return 'disconnected';
    } catch (error) {
      // The user may have ended it at Kakao, or it lapsed: either way it works no more, which is what was wanted.
      if (error instanceof KakaoBusinessApiError && error.errorCode === '-401') return 'already-disconnected';
      throw error;
    }
  }

  return routes;
}
