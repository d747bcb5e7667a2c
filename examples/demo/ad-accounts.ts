import { type Request, Router } from 'express';
import { type AdAPI, type KakaoBusinessClient, KakaoBusinessError } from 'passport-kakao-business';
import { adAccountPage } from './pages/ad-account.js';
import { type AdAccountList, adAccountsPage } from './pages/ad-accounts.js';
import { type Report, setHead } from './report.js';
import { visitorOf, withConnection } from './visitor.js';

/** The ad accounts of a connected user, as the ad APIs have them. They are read here, and not during a login. */
export function adAccountRoutes(kakao: KakaoBusinessClient, report: Report): Router {
  const routes = Router();

  routes.get(
    '/ad-accounts',
    withConnection(async ({ accessToken }, _user, req, res) => {
      const [moment, keyword] = await Promise.all([
        list(accessToken, 'moment', req),
        list(accessToken, 'keyword', req),
      ]);
      for (const { problem } of [keyword, moment]) if (problem) setHead(res, problem);
      return res.send(adAccountsPage({ visitor: visitorOf(req), readAt: new Date(), moment, keyword }));
    }),
  );

  routes.get(
    '/ad-accounts/:api/:id',
    withConnection(async ({ accessToken }, _user, req, res, next) => {
      const { api, id } = req.params;
      if ((api !== 'moment' && api !== 'keyword') || !/^\d{1,19}$/.test(String(id))) return next();
      const account = await readOne(accessToken, api, String(id));
      return res.send(adAccountPage({ visitor: visitorOf(req), api, id: String(id), account }));
    }),
  );

  /** A refusal of one API leaves the list of the other. */
  async function list(accessToken: string, api: AdAPI, req: Request): Promise<AdAccountList> {
    const accounts = [];
    try {
      for await (const account of kakao.adAccounts(accessToken, api)) {
        // Ends the loop, so that no further page is requested.
        if (accounts.length === MOST_ACCOUNTS) return { accounts, more: true };
        accounts.push(account);
      }
      return { accounts, more: false };
    } catch (error) {
      if (!(error instanceof KakaoBusinessError)) throw error;
      return { accounts, more: false, problem: report(error, req) };
    }
  }

  // Unlike the list, this fails where the user may not use the ad account.
  function readOne(accessToken: string, api: AdAPI, id: string): Promise<unknown> {
    const options = { adAccountID: id };
    return api === 'moment'
      ? kakao.moment(accessToken, `/openapi/v4/adAccounts/${id}`, options)
      : kakao.keywordAd(accessToken, `/openapi/v1/adAccounts/${id}`, options);
  }

  return routes;
}

const MOST_ACCOUNTS = 100;
