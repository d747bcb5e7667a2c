import { randomUUID } from 'node:crypto';
import express from 'express';
import { type RunningApp, serve } from './app-server.js';

/** A minimal OAuth provider in place of Kakao Login or Google. */
export interface StandIn extends RunningApp {
  authorizationURL: string;
  tokenURL: string;
  profileURL: string;
}

/** Starts a provider with a consent screen, one-time codes and this profile. */
export async function startStandIn(profile: object): Promise<StandIn> {
  const codes = new Set<string>();
  const tokens = new Set<string>();
  const issue = (kept: Set<string>): string => {
    const issued = randomUUID();
    kept.add(issued);
    return issued;
  };

  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.get('/authorize', ({ query: { redirect_uri, state } }, res) => {
    res.send(`<form method="post" action="/consent">
      <input type="hidden" name="redirect_uri" value="${redirect_uri}">
      <input type="hidden" name="state" value="${state}">
    </form>`);
  });
  app.post('/consent', ({ body: { redirect_uri, state, decision } }, res) => {
    const parameters = decision === 'agree' ? { code: issue(codes) } : { error: 'access_denied' };
    res.redirect(`${redirect_uri}?${new URLSearchParams({ ...parameters, state })}`);
  });
  app.post('/token', ({ body: { code } }, res) => {
    if (codes.delete(code)) res.json({ access_token: issue(tokens), token_type: 'bearer' });
    else res.status(400).json({ error: 'invalid_grant' });
  });
  app.get('/userinfo', ({ query: { access_token } }, res) => {
    if (tokens.has(String(access_token))) res.json(profile);
    else res.status(401).json({ error: 'invalid_token' });
  });

  const server = await serve(() => app);
  return {
    ...server,
    authorizationURL: `${server.origin}/authorize`,
    tokenURL: `${server.origin}/token`,
    profileURL: `${server.origin}/userinfo`,
  };
}
