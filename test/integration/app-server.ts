import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import type passport from 'passport';
import type { Browser, Page } from '../support/browser.js';

/** An app that is up, on loopback. */
export interface RunningApp {
  origin: string;
  close(): Promise<void>;
}

/** Serves an app, which is built once its origin is known: callback URLs are absolute. */
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

/** The user as such apps keep one in the session: whole. */
export function keepUserInSession(authenticator: passport.Authenticator): void {
  authenticator.serializeUser((user, done) => done(null, user));
  authenticator.deserializeUser((user: object, done: (error: null, user: object) => void) =>
    done(null, user),
  );
}

/** Answers with the status of the error and its message. Express knows it by its four parameters. */
export const showError: ErrorRequestHandler = (
  error: { status?: number; message?: string },
  _req,
  res,
  _next,
) => {
  res.status(error.status ?? 500).json({ message: error.message });
};

/** What the app answered as JSON. */
export const answerOf = <Answer = Record<string, unknown>>({ html }: Page): Answer => JSON.parse(html);

/** Agrees on the consent screen, of the emulator or of a stand-in. */
export const agree = (browser: Browser, consent: Page): Promise<Page> =>
  browser.submit(consent, consentAction(consent), { decision: 'agree' });

/** Refuses there. */
export const decline = (browser: Browser, consent: Page): Promise<Page> =>
  browser.submit(consent, consentAction(consent), { decision: 'cancel' });

const consentAction = ({ html }: Page): string =>
  html.includes('action="/emulator/consent"') ? '/emulator/consent' : '/consent';
