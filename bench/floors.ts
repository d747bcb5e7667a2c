import { Agent, type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Contender, Hosts } from './sign-in.js';

const form = (code: string): string =>
  new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'rest-api-key',
    redirect_uri: 'https://app.example.com/callback',
    code,
    client_secret: 'client-secret',
  }).toString();

const FORM = { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' };

/** The two requests that a login takes, and nothing else; over kept connections. */
export function bareHttps({ kauth, kapi }: Hosts): Contender {
  const agent = new Agent({ keepAlive: true });
  const ask = (url: string, options: RequestOptions, body?: string): Promise<{ [member: string]: unknown }> =>
    new Promise((resolve, reject) => {
      request(url, { agent, ...options }, response => {
        text(response).then(json => resolve(JSON.parse(json)), reject);
      })
        .on('error', reject)
        .end(body);
    });
  return {
    start: async () => '',
    callback: async (_session, { code }) => {
      const body = form(code);
      const headers = { ...FORM, 'content-length': Buffer.byteLength(body) };
      const token = await ask(`${kauth}/oauth/business/token`, { method: 'POST', headers }, body);
      const user = await ask(`${kapi}/v1/business/tokeninfo`, { headers: bearer(token) });
      return String(user['token_user_id']);
    },
  };
}

/** The same with node-fetch: the token, then at once whatever tells who the user is. */
export const bareNodeFetch =
  (asked: readonly ['tokeninfo', ...string[]]) =>
  async ({ kauth, kapi }: Hosts): Promise<Contender> => {
    const { default: fetch } = await import('node-fetch');
    const agent = new Agent({ keepAlive: true });
    const ask = async (url: string, init: object): Promise<{ [member: string]: unknown }> =>
      Object(await (await fetch(url, { agent, ...init })).json());
    return {
      start: async () => '',
      callback: async (_session, { code }) => {
        const token = await ask(`${kauth}/oauth/business/token`, {
          method: 'POST',
          headers: FORM,
          body: form(code),
        });
        const headers = bearer(token);
        const [user] = await Promise.all(asked.map(name => ask(`${kapi}/v1/business/${name}`, { headers })));
        return String(user?.['token_user_id']);
      },
    };
  };

const bearer = (token: { [member: string]: unknown }) => ({
  authorization: `Bearer ${token['access_token']}`,
});
