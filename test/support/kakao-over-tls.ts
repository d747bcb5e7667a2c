import type { RequestListener } from 'node:http';
import { startTLSServer, type TLSServer } from './tls-server.js';

/** Kakao's two hosts as TLS servers on loopback. */
export interface KakaoOverTLS {
  kauth: TLSServer;
  kapi: TLSServer;
  endpoints: { tokenURL: string; tokenInfoURL: string; userInfoURL: string };
  /** The number of connections opened to each. */
  opened(): [kauth: number, kapi: number];
  /** The number of requests to each. */
  asked(): [kauth: number, kapi: number];
  close(): Promise<void>;
}

const endResponse: RequestListener = (_request, response) => response.end();

export async function startKakaoOverTLS(
  listeners: { kauth?: RequestListener; kapi?: RequestListener } = {},
): Promise<KakaoOverTLS> {
  const kauth = await startTLSServer(listeners.kauth ?? endResponse);
  const kapi = await startTLSServer(listeners.kapi ?? endResponse);
  return {
    kauth,
    kapi,
    endpoints: {
      tokenURL: new URL('/token', kauth.url).href,
      tokenInfoURL: new URL('/tokeninfo', kapi.url).href,
      userInfoURL: new URL('/userinfo', kapi.url).href,
    },
    opened: () => [kauth.connections.length, kapi.connections.length],
    asked: () => [kauth.requests, kapi.requests],
    close: async () => {
      await Promise.all([kauth.close(), kapi.close()]);
    },
  };
}
