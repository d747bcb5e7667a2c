import type { Hosts } from './provider.js';
import { type SubjectName, subjects } from './subjects.js';
import { serve } from './subprocess.js';

/** Runs one subject in a separate process, so that its connections, memory and CPU are measured alone. */
export type Worker = typeof worker;

let strategy: object;
let users = 0;
let pending = { session: {}, state: '' };

const worker = serve({
  create: async ({ name, hosts }: { name: SubjectName; hosts: Hosts }): Promise<void> => {
    strategy = await subjects[name](hosts);
  },

  /** The redirect step of a login. */
  start: async (): Promise<void> => {
    const session = {};
    pending = { session, state: await start(session) };
  },

  /** The callback of the started login. @returns milliseconds. */
  callback: async (): Promise<number> => {
    const before = performance.now();
    await finish(pending.session, pending.state);
    return performance.now() - before;
  },

  /** Whole logins. @returns milliseconds of CPU per login. */
  logins: ({ logins, atOnce }: { logins: number; atOnce: number }): Promise<number> =>
    cpuOf(logins, atOnce, async session => finish(session, await start(session))),

  /** Redirect steps. @returns milliseconds of CPU per step. */
  redirects: (count: number): Promise<number> => cpuOf(count, 1, start),

  /** Bytes used by V8 and its buffers after garbage collection. */
  memory: (): number => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
});

async function cpuOf(count: number, atOnce: number, work: (session: object) => Promise<unknown>) {
  const before = process.cpuUsage();
  let left = count;
  const workInTurn = async (): Promise<void> => {
    while (left-- > 0) await work({});
  };
  await Promise.all(Array.from({ length: atOnce }, workInTurn));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}

const start = (session: object): Promise<string> => authenticate(session, '/login', {});

/** @throws when the login returns another user, so that a failure is never measured. */
async function finish(session: object, state: string): Promise<void> {
  users += 1;
  const user = String(users);
  const query = { code: `code-${user}`, state };
  const signedIn = await authenticate(session, `/callback?code=${query.code}&state=${state}`, query);
  if (signedIn !== user) throw new Error(`User ${user} became ${signedIn}`);
}

/** Calls the strategy as Passport does. @returns the state of the redirect, or the ID of the user. */
const authenticate = (session: object, url: string, query: object): Promise<string> =>
  new Promise((resolve, reject) => {
    const perRequest = Object.assign(Object.create(strategy), {
      // Not parsed with URL, which would cost more than some redirect steps.
      redirect: (to: string) => resolve(decodeURIComponent(/[?&]state=([^&]*)/.exec(to)?.[1] ?? '')),
      success: (user: { id: string }) => resolve(user.id),
      fail: (challenge: unknown) => reject(new Error('The login failed', { cause: challenge })),
      error: reject,
    });
    perRequest.authenticate({ ...REQUEST, url, originalUrl: url, query, session }, {});
  });

/** A request as in Express; with Express, its own cost would be measured too. */
const REQUEST = {
  method: 'GET',
  protocol: 'https',
  headers: { host: 'app.example.com' },
  get: (name: string) => (name === 'host' ? 'app.example.com' : undefined),
  app: { get: () => () => false },
  socket: {},
};
