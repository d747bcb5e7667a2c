import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import type { Hosts, Provider } from './provider.js';
import type { Relay } from './relay.js';
import { type SubjectName, subjectNames } from './subjects.js';
import { Subprocess } from './subprocess.js';
import type { Worker } from './worker.js';

export const PROJECT = join(__dirname, '..');

/** Milliseconds between the subjects and the hosts behind the relay. */
export const ROUND_TRIP = 20;

/** Compiled code, a provider, a relay, and a worker for each subject. */
export type Fixture = Awaited<ReturnType<typeof openFixture>>;

export async function openFixture() {
  const folder = await mkdtemp(join(tmpdir(), 'passport-kakao-business-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const tsc = join(PROJECT, 'node_modules/.bin/tsc');
  await promisify(execFile)(tsc, ['--project', __dirname, '--outDir', folder, '--noCheck']);
  const bundle = ['run', '--silent', 'bundle', '--', `--outfile=${join(folder, 'lib/index.js')}`];
  await promisify(execFile)('npm', bundle, { cwd: PROJECT });
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  const manifest = { name: 'passport-kakao-business', type: 'commonjs', exports: './lib/index.js' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const names = [{ name: 'commonName', value: 'localhost' }];
  const { private: key, cert } = await generate(names, { algorithm: 'sha256' });
  const authority = join(folder, 'authority.pem');
  await writeFile(authority, cert);

  const provider = new Subprocess<Provider>(join(folder, 'bench/provider.js'));
  const relay = new Subprocess<Relay>(join(folder, 'bench/relay.js'));
  const ports = await provider.ask('listen', { key, cert });
  const farPorts = await relay.ask('open', { ports, roundTrip: ROUND_TRIP });
  const [near, far] = [toHosts(ports), toHosts(farPorts)];

  const startWorker = async (name: SubjectName, hosts: Hosts) => {
    const worker = new Subprocess<Worker>(join(folder, 'bench/worker.js'), {
      // The hosts listen on 127.0.0.1 only; an attempt to connect to ::1 would be measured too.
      execArgv: ['--expose-gc', '--dns-result-order=ipv4first'],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: authority },
    });
    await worker.ask('create', { name, hosts });
    return { name, worker };
  };
  const workers = await Promise.all(subjectNames.map(name => startWorker(name, near)));
  return {
    folder,
    near,
    far,
    provider,
    workers,
    startWorker,
    /** The workers of these subjects; each round starts with a different one. */
    inTurn: (round: number, names = subjectNames) => {
      const members = workers.filter(({ name }) => names.includes(name));
      const first = round % members.length;
      return [...members.slice(first), ...members.slice(0, first)];
    },
    /** Sends all subjects to these hosts from now on. */
    useHosts: (hosts: Hosts) =>
      Promise.all(workers.map(({ name, worker }) => worker.ask('create', { name, hosts }))),
  };
}

const toHosts = ([kauth, kapi]: number[]): Hosts => ({
  kauth: `https://localhost:${kauth}`,
  kapi: `https://localhost:${kapi}`,
});
