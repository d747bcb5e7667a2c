import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { KakaoBusinessStrategyOptions } from '../../lib/index.js';
import { requireProgram } from '../support/required-program.js';
import { freePort } from '../support/server.js';
import { type RunningApp, serve } from './app-server.js';

export const requireRedis = (): void => requireProgram('redis-server', 'apt-get install redis-server');

/** Starts a redis-server that writes nothing to the disk. */
export async function startRedis(): Promise<{ url: string; close(): Promise<void> }> {
  requireRedis(); // redis.ts is not loaded when one file is run
  const port = await freePort();
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const redis = spawn('redis-server', ['--port', String(port), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await lineWith(redis, 'Ready to accept connections');
  return { url: `redis://127.0.0.1:${port}`, close: () => end(redis) };
}

async function lineWith({ stdout }: ChildProcess, text: string): Promise<void> {
  if (!stdout) return;
  const said: string[] = [];
  for await (const line of createInterface(stdout)) {
    said.push(line);
    if (line.includes(text)) {
      stdout.resume(); // nobody reads any further; redis-server must not block on it
      return;
    }
  }
  throw new Error(`redis-server ended: ${said.join('\n')}`);
}

/** An app in two processes behind a load balancer, which alternates between them. */
export interface Cluster extends RunningApp {
  /** Sends all requests to one process from now on. */
  goTo(which: 0 | 1): void;
  /** Replaces a process by a new one. */
  restart(which: 0 | 1): Promise<void>;
}

interface Backend {
  process: ChildProcess;
  port: number;
}

export async function startCluster(
  redisURL: string,
  kakaoFor: (origin: string) => Omit<KakaoBusinessStrategyOptions, 'callbackURL'>,
): Promise<Cluster> {
  let next: 0 | 1 = 0;
  let fixed = false;
  const backends: Backend[] = [];

  const balancer = await serve(() => (req, res) => {
    const { url, method, headers } = req;
    const port = backends[next]?.port;
    if (!fixed) next = next === 0 ? 1 : 0;
    const forwarded = request(
      { host: '127.0.0.1', port, path: url, method, headers, agent: false },
      response => {
        res.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(res);
      },
    );
    forwarded.on('error', error => res.writeHead(502).end(error.message));
    req.pipe(forwarded);
  });

  const start = (): Promise<Backend> =>
    startProcess({
      ORIGIN: balancer.origin,
      REDIS_URL: redisURL,
      KAKAO: JSON.stringify(kakaoFor(balancer.origin)),
    });
  backends.push(...(await Promise.all([start(), start()])));

  return {
    origin: balancer.origin,
    goTo: which => {
      next = which;
      fixed = true;
    },
    restart: async which => {
      const old = backends[which];
      if (old) await end(old.process);
      backends[which] = await start();
    },
    close: async () => {
      await Promise.all(backends.map(backend => end(backend.process)));
      await balancer.close();
    },
  };
}

async function startProcess(env: Record<string, string>): Promise<Backend> {
  const child = fork(path.join(__dirname, 'app-process.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The app ended with ${code}`);
  });
  const [{ port }] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {}); // from here on the exit is expected
  return { process: child, port };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
