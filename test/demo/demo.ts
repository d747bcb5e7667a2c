import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect } from 'chai';
import type { KakaoBusinessFetch } from 'passport-kakao-business';
import {
  type EmulatedUser,
  type KakaoBusinessEmulator,
  startKakaoBusinessEmulator,
} from 'passport-kakao-business/emulator';
import { createApp } from '../../examples/demo/app.js';
import { redirectURIs } from '../../examples/demo/passport.js';
import { demoUser, type PasswordCost } from '../../examples/demo/users.js';
import { Browser, type Page } from '../support/browser.js';

/** Takes less than 1 ms; the default takes 0.3 s for each sign-in. */
export const cheapPasswordCost: PasswordCost = { N: 2 ** 4, r: 8, p: 1 };

/** The demo, its emulator and a browser. */
export interface Demo {
  origin: string;
  emulator: KakaoBusinessEmulator;
  browser: Browser;
  /** The tokens that Kakao issued, oldest first. */
  tokens: string[];
  /** The log of the app. */
  log: string[];
  signInWithKakao(choice?: Record<string, string | string[]>): Promise<Page>;
  signInWithPassword(): Promise<Page>;
  /** Visits each kind of page, by name. */
  openEveryPage(browser: Browser): Promise<Record<string, Page>>;
  close(): Promise<void>;
}

export async function startDemo(
  options: { users?: EmulatedUser[]; timeout?: number; languages?: string } = {},
): Promise<Demo> {
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;

  const { signIn, connect } = redirectURIs(origin);
  const emulator = await startKakaoBusinessEmulator({
    app: { redirectURIs: [signIn, connect] },
    ...(options.users && { users: options.users }),
  });

  const tokens: string[] = [];
  const log: string[] = [];
  const { clientID, clientSecret } = emulator.app;
  const app = await createApp({
    origin,
    kakao: {
      clientID,
      clientSecret,
      ...emulator.endpoints,
      timeout: options.timeout,
      fetch: fetchCollecting(tokens),
    },
    emulator,
    log: message => log.push(message),
    passwordCost: cheapPasswordCost,
  });
  server.on('request', app);

  const browser = new Browser(options.languages ?? 'en');
  return {
    origin,
    emulator,
    browser,
    tokens,
    log,
    signInWithKakao: async choice =>
      agree(browser, await browser.click(await browser.open(origin), '/auth/kakao-business'), choice),
    signInWithPassword: async () => browser.submit(await browser.open(origin), '/login', demoUser),
    openEveryPage: through => openEveryPage(origin, through),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await emulator.close();
    },
  };
}

async function openEveryPage(origin: string, browser: Browser): Promise<Record<string, Page>> {
  const home = await browser.open(origin);
  const ownKeys = await browser.click(home, '/own-keys');
  const wrongPassword = await browser.submit(home, '/login', { username: 'demo', password: 'guessed' });
  const notConnected = await browser.submit(wrongPassword, '/login', demoUser);
  const connected = await agree(browser, await browser.click(notConnected, '/connect/kakao-business'));
  const adAccounts = await browser.click(connected, '/ad-accounts');
  const adAccount = await browser.click(adAccounts, '/ad-accounts/moment/482913');
  const checked = await browser.submit(connected, '/check');
  const tour = await browser.open(`${origin}/problems`);
  const lapsed = await browser.submit(tour, '/problems/lapsed-token');
  const adsLapsed = await browser.submit(tour, '/problems/ads-lapsed-token');
  const adsNoRight = await browser.submit(tour, '/problems/ads-no-right');
  const refused = await browser.submit(tour, '/problems/access_denied');
  const notFound = await browser.open(`${origin}/nowhere`);
  const disconnected = await browser.submit(checked, '/disconnect');
  return {
    home,
    ownKeys,
    wrongPassword,
    notConnected,
    connected,
    adAccounts,
    adAccount,
    checked,
    tour,
    lapsed,
    adsLapsed,
    adsNoRight,
    refused,
    notFound,
    disconnected,
  };
}

/** Agrees on the emulator's consent screen, by default as its first user. */
export const agree = (
  browser: Browser,
  consentScreen: Page,
  choice: Record<string, string | string[]> = {},
): Promise<Page> => browser.submit(consentScreen, '/emulator/consent', { decision: 'agree', ...choice });

/** Cancels on the consent screen. */
export const decline = (browser: Browser, consentScreen: Page): Promise<Page> =>
  browser.submit(consentScreen, '/emulator/consent', { decision: 'cancel' });

/** Expects no token, authorization code or secret in a page or the log of the app, and no token in a URL. */
export function expectNoSecretShown({ origin, emulator, browser, tokens, log }: Demo): void {
  const codes = browser.history.flatMap(({ url }) => url.searchParams.getAll('code'));
  // The tour of problems redirects to the callback with a code, as Kakao would.
  const pages = browser.history.filter(
    ({ url }) => url.origin === origin && !url.pathname.startsWith('/problems/'),
  );
  const shown = [
    ...log,
    ...pages.map(({ html }) => html),
    ...pages.map(({ headers }) => JSON.stringify([...headers])),
  ];
  for (const secret of [...tokens, ...codes, emulator.app.clientSecret ?? '']) {
    for (const text of shown) expect(text).not.to.include(secret);
  }
  for (const token of tokens) {
    for (const { url } of browser.history) expect(url.href).not.to.include(token);
  }
}

// Node's fetch, collecting the issued tokens.
const fetchCollecting =
  (tokens: string[]): KakaoBusinessFetch =>
  async (url, init) => {
    const response = await fetch(url, init);
    const [, token] = /"access_token":"([^"]+)"/.exec(await response.clone().text()) ?? [];
    if (token !== undefined) tokens.push(token);
    return response;
  };
