import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import type passport from 'passport';
import type { Browser, Page } from '../support/browser.js';

/** A running app on loopback. */
export interface RunningApp {
  origin: string;
  close(): Promise<void>;
}

/** Serves an app, built once its origin is known, because callback URLs are absolute. */
export async function serve(build: (origin: string) => RequestListener): Promise<RunningApp> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  server.on('request', build(origin));
  return {
    origin,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Stores the whole user in the session. */
export function keepUserInSession(authenticator: passport.Authenticator): void {
  authenticator.serializeUser((user, done) => done(null, user));
  authenticator.deserializeUser((user: object, done: (error: null, user: object) => void) =>
    done(null, user),
  );
}

/** Responds with the status and the message of the error. Express recognizes it by its four parameters. */
export const showError: ErrorRequestHandler = (
  error: { status?: number; message?: string },
  _req,
  res,
  _next,
) => {
  res.status(error.status ?? 500).json({ message: error.message });
};

/** The JSON body of a response. */
export const bodyOf = <Body = Record<string, unknown>>({ html }: Page): Body => JSON.parse(html);

/** Agrees on the consent screen, of the emulator or of a stand-in. */
export const agree = (browser: Browser, consent: Page): Promise<Page> =>
  browser.submit(consent, consentAction(consent), { decision: 'agree' });

/** Cancels on the consent screen. */
export const decline = (browser: Browser, consent: Page): Promise<Page> =>
  browser.submit(consent, consentAction(consent), { decision: 'cancel' });

const consentAction = ({ html }: Page): string =>
  html.includes('action="/emulator/consent"') ? '/emulator/consent' : '/consent';
