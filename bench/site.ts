import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import type { ContenderProcess } from './contender.js';
import type { ContenderName } from './contenders.js';
import type { Relay } from './relay.js';
import type { Hosts } from './sign-in.js';
import type { StandIn } from './stand-in.js';
import { Subprocess } from './subprocess.js';

export const PROJECT = join(__dirname, '..');

/** Where the measuring takes place: compiled code in a folder of its own, the stand-in, and relays before it. */
export class Site {
  readonly standIn: Subprocess<StandIn>;
  readonly folder: string;
  private readonly relay: Subprocess<Relay>;
  private ports = { kauth: 0, kapi: 0 };

  private constructor(folder: string) {
    this.folder = folder;
    this.standIn = new Subprocess<StandIn>(join(folder, 'bench/stand-in.js'));
    this.relay = new Subprocess<Relay>(join(folder, 'bench/relay.js'));
  }

  static async open(): Promise<Site> {
    const folder = await mkdtemp(join(tmpdir(), 'passport-kakao-business-bench-'));
    await compile(__dirname, folder);
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      algorithm: 'sha256',
    });
    await writeFile(join(folder, 'authority.pem'), cert);
    const site = new Site(folder);
    site.ports = await site.standIn.ask('listen', { key, cert });
    return site;
  }

  /** The stand-in's hosts, so many milliseconds away: a round trip. */
  async hostsAt(roundTrip: number): Promise<Hosts> {
    const { kauth, kapi } = this.ports;
    const toURL = async (port: number): Promise<string> =>
      `https://localhost:${roundTrip === 0 ? port : await this.relay.ask('open', { port, roundTrip })}`;
    return { kauth: await toURL(kauth), kapi: await toURL(kapi) };
  }

  /** Starts a contender in a process of its own. */
  async start(name: ContenderName, hosts: Hosts): Promise<Subprocess<ContenderProcess>> {
    const contender = new Subprocess<ContenderProcess>(join(this.folder, 'bench/contender.js'), {
      env: { NODE_EXTRA_CA_CERTS: join(this.folder, 'authority.pem') },
      // The stand-in listens at 127.0.0.1 only: an attempt at ::1 first would be measured as well.
      flags: ['--expose-gc', '--dns-result-order=ipv4first'],
    });
    await contender.ask('create', { name, hosts });
    return contender;
  }

  async close(): Promise<void> {
    await Promise.all([this.standIn.end(), this.relay.end()]);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Compiles a TypeScript project into a folder; whether its types are right is for another command to say. */
export async function compile(project: string, folder: string): Promise<void> {
  const tsc = join(PROJECT, 'node_modules/.bin/tsc');
  await promisify(execFile)(tsc, ['--project', project, '--outDir', folder, '--noCheck']);
}
