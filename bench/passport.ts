import type { Contender } from './sign-in.js';

/** Does with a strategy what Passport does, without a framework around it that would be measured as well. */
export const drivenAsByPassport = (strategy: object): Contender => ({
  start: session => authenticate(strategy, session, {}),
  callback: (session, answer) => authenticate(strategy, session, { ...answer }),
});

/** @returns the state of the redirect, or the ID of the user. */
const authenticate = (strategy: object, session: object, query: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const perRequest = Object.assign(Object.create(strategy), {
      redirect: (url: string) => resolve(stateIn(url)),
      success: (user: { id: string }) => resolve(user.id),
      fail: (challenge: unknown) => reject(new Error('The login failed', { cause: challenge })),
      error: reject,
    });
    perRequest.authenticate(toRequest(session, query), {});
  });

// Not parsed as a URL: that would cost more than some redirect steps do.
const stateIn = (url: string): string => decodeURIComponent(/[?&]state=([^&]*)/.exec(url)?.[1] ?? '');

/** A request as Express hands it on. */
const toRequest = (session: object, query: Record<string, string>) => ({
  method: 'GET',
  url: toPath(query),
  originalUrl: toPath(query),
  protocol: 'https',
  headers: HEADERS,
  get: (name: string) => HEADERS[name],
  app: APP,
  socket: {},
  query,
  session,
});

const HEADERS: Record<string, string> = { host: 'app.example.com' };
const APP = { get: () => () => false };

const toPath = ({ code, state }: Record<string, string>): string =>
  code === undefined ? '/login' : `/callback?code=${code}&state=${state}`;
