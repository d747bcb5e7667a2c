import { once } from 'node:events';
import { createServer } from 'node:http';
import { isReturnTo } from './return.js';
import { UnusableSettings } from './settings.js';

/** Listens at the redirect URI in place of the app. */
export interface Catcher {
  /** The next URL at which the browser comes back, or undefined after this many milliseconds. */
  next(timeout: number): Promise<URL | undefined>;
  close(): void;
}

/**
 * @param redirectURI an http URL of this machine.
 * @throws {UnusableSettings} (as a rejection) when the port is not available, for example because another program uses
 * it.
 */
export async function startCatcher(redirectURI: string): Promise<Catcher> {
  const seen = new Set<string>();
  let caught: (url: URL) => void = () => {};
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', redirectURI);
    const hasOutcome = url.searchParams.has('code') || url.searchParams.has('error');
    if (!isReturnTo(redirectURI, url) || !hasOutcome) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain;charset=UTF-8', connection: 'close' });
    response.end('Return to the terminal.\n');
    // A reloaded tab sends an old code.
    if (!seen.has(url.href)) caught(url);
    seen.add(url.href);
  });
  const { hostname, port } = new URL(redirectURI);
  server.listen(Number(port || 80), hostname.replace(/^\[|\]$/g, ''));
  await once(server, 'listening').catch((error: Error) => {
    throw new UnusableSettings(`Cannot listen at KAKAO_CALLBACK_URL: ${error.message}`);
  });
  return {
    next: timeout =>
      new Promise(resolve => {
        const timer = setTimeout(resolve, timeout, undefined);
        caught = url => {
          clearTimeout(timer);
          resolve(url);
        };
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
