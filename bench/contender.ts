import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type ContenderName, contenders } from './contenders.js';
import type { Contender, Hosts } from './sign-in.js';
import { serve } from './subprocess.js';

/** A contender in a process of its own, so that its connections, memory and CPU are its own. */
export type ContenderProcess = typeof contenderProcess;

/** Some logins in a row. */
export interface Run {
  logins: number;
  atOnce: number;
  /** How many other logins are pending in each session, meanwhile. */
  pending?: number;
}

let contender: Contender | undefined;
let users = 0;
let begun: { session: object; state: string } | undefined;

const contenderProcess = serve({
  create: async ({ name, hosts }: { name: ContenderName; hosts: Hosts }) => {
    contender = await contenders[name].create(hosts);
  },

  /** The redirect step of a login. */
  start: async () => {
    const session = {};
    begun = { session, state: await created().start(session) };
  },

  /** The callback of the login that was started. @returns milliseconds. */
  callback: async () => {
    if (!begun) throw new Error('No login was started');
    const { session, state } = begun;
    return timeOf(() => finish(session, state));
  },

  /** @returns milliseconds, on the clock and of the CPU, for all of them. */
  logins: ({ logins, atOnce, pending = 0 }: Run) => costOf(() => loginsInParallel(logins, atOnce, pending)),

  /** Redirect steps one after the other, each in a session of its own. @returns the same. */
  redirects: (count: number) =>
    costOf(async () => {
      for (let done = 0; done < count; done++) await created().start({});
    }),

  /** Bytes, when everything that is free has been freed. */
  memory: async () => {
    for (let times = 0; times < 3; times++) {
      globalThis.gc?.();
      await wait(20);
    }
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heap: heapUsed + external, rss };
  },

  /** A session with so many pending logins, as it would be stored. @returns its bytes. */
  sessionSize: async (pending: number) => {
    const session = {};
    for (let started = 0; started < pending; started++) await created().start(session);
    return Buffer.byteLength(JSON.stringify(session));
  },

  /** What a request takes on a new connection, and then on the same one: the measure of the relay itself. */
  roundTrips: async (url: string) => {
    const agent = new Agent({ keepAlive: true });
    const cold = await timeOf(() => get(url, agent));
    const warm = await timeOf(() => get(url, agent));
    agent.destroy();
    return { cold, warm };
  },
});

function created(): Contender {
  if (!contender) throw new Error('No contender was created');
  return contender;
}

async function costOf(work: () => Promise<unknown>): Promise<{ milliseconds: number; cpu: number }> {
  const cpuBefore = process.cpuUsage();
  const milliseconds = await timeOf(work);
  const { user, system } = process.cpuUsage(cpuBefore);
  return { milliseconds, cpu: (user + system) / 1000 };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

async function loginsInParallel(logins: number, atOnce: number, pending: number): Promise<void> {
  let left = logins;
  const oneAfterTheOther = async (): Promise<void> => {
    const busySession = {};
    for (let started = 0; started < pending; started++) await created().start(busySession);
    while (left > 0) {
      left -= 1;
      const session = pending > 0 ? busySession : {};
      await finish(session, await created().start(session));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
}

/** Never measures a failure: whoever signed in must be whose code it was. */
async function finish(session: object, state: string): Promise<void> {
  users += 1;
  const user = String(users);
  const signedIn = await created().callback(session, { code: `code-${user}`, state });
  if (signedIn !== user) throw new Error(`User ${user} became ${signedIn}`);
}

const get = (url: string, agent: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    request(url, { agent, headers: { authorization: 'Bearer token-1' } }, response => {
      text(response).then(resolve, reject);
    })
      .on('error', reject)
      .end();
  });
