import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { serve } from './subprocess.js';

/** The URLs of the two hosts of a provider. */
export type Hosts = { kauth: string; kapi: string };

/** Both hosts of a provider. The code `code-7` gives `token-7`, which belongs to user 7. */
export type Provider = typeof provider;

const servers = [createServer(respond), createServer(respond)];
const counts = { connections: 0, requests: 0 };

const provider = serve({
  /** Starts both hosts. @returns their ports. */
  listen: (certificate: { key: string; cert: string }): Promise<number[]> =>
    Promise.all(
      servers.map(async server => {
        server.setSecureContext(certificate);
        server.keepAliveTimeout = 65_000; // longer than any pause of a run; the default is 5 s
        server.on('secureConnection', () => {
          counts.connections += 1;
        });
        await once(server.listen(0, '127.0.0.1'), 'listening');
        return (server.address() as AddressInfo).port;
      }),
    ),

  /** Closes all connections, and resets the counts. */
  closeConnections: (): void => {
    for (const server of servers) server.closeAllConnections();
    Object.assign(counts, { connections: 0, requests: 0 });
  },

  counts: () => counts,
});

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  counts.requests += 1;
  const { url = '', headers } = request;
  // The code is in the body; the token is in a header, or in the URL (passport-kakao, passport-google-oauth20).
  const sent = `${headers.authorization} ${url} ${await text(request)}`;
  const [, user] = /\b(?:code|token)-(\d+)/.exec(sent) ?? [];
  const toAnswer = answers[url.replace(/\?.*/, '')];
  if (!toAnswer || !user) throw new Error(`Unexpected request: ${sent}`);
  const body = JSON.stringify(toAnswer(Number(user)));
  response.writeHead(200, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': Buffer.byteLength(body),
    connection: 'keep-alive', // without it Node adds the header Keep-Alive, which nginx does not send
  });
  response.end(body);
}

/** The responses of Kakao and of an OpenID Connect provider about a user. */
const toUser = (user: number): object => ({
  id: user,
  sub: String(user),
  properties: { nickname: '카카오' },
  kakao_account: { is_email_valid: true, is_email_verified: true, email: `user-${user}@example.com` },
});

const answers: Record<string, (user: number) => object> = {
  '/oauth/token': user => ({
    access_token: `token-${user}`,
    token_type: 'bearer',
    scope: 'moment_management biz_account_email',
  }),
  '/v1/business/tokeninfo': user => ({
    token_user_id: user,
    biz_agreements: [{ group: 'MOMENT', scope: 'moment_management', ad_account_ids: [11, 12] }],
  }),
  '/v1/business/userinfo': user => ({ email: `user-${user}@example.com` }),
  '/v2/user/me': toUser,
  '/openid/userinfo': toUser,
};
