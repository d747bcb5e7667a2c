import type { ContenderProcess } from './contender.js';
import { type ContenderName, names } from './contenders.js';
import type { Hosts } from './sign-in.js';
import type { Site } from './site.js';
import type { Subprocess } from './subprocess.js';

export interface Member {
  name: ContenderName;
  process: Subprocess<ContenderProcess>;
}

/** All contenders, each in its process. */
export class Crew {
  private readonly members: readonly Member[];

  private constructor(members: readonly Member[]) {
    this.members = members;
  }

  /** Starts them, and lets each one sign some users in: an app that waits for users has been up for a while. */
  static async gather(site: Site, warmUp: number): Promise<Crew> {
    const hosts = await site.hostsAt(0);
    const started = names.map(async name => ({ name, process: await site.start(name, hosts) }));
    const crew = new Crew(await Promise.all(started));
    await crew.atOnce(({ process }) => process.ask('logins', { logins: warmUp, atOnce: 1 }));
    return crew;
  }

  /** Sends them all to these hosts from now on. */
  async goTo(hosts: Hosts): Promise<void> {
    await this.atOnce(({ name, process }) => process.ask('create', { name, hosts }));
  }

  /** The members; in each round another one is first. */
  inTurn(round: number, which: readonly ContenderName[] = names): Member[] {
    const members = this.members.filter(({ name }) => which.includes(name));
    const first = round % members.length;
    return [...members.slice(first), ...members.slice(0, first)];
  }

  async atOnce(work: (member: Member) => Promise<unknown>): Promise<void> {
    await Promise.all(this.members.map(work));
  }

  async end(): Promise<void> {
    await this.atOnce(({ process }) => process.end());
  }
}
