import { OURS, peers, type SubjectName } from './subjects.js';

/** The samples of each subject: one per round, in an odd number of rounds. */
export class Samples {
  private readonly all = new Map<SubjectName, number[]>();

  get names(): SubjectName[] {
    return [...this.all.keys()];
  }

  add(name: SubjectName, sample: number): void {
    this.all.set(name, [...this.of(name), sample]);
  }

  of(name: SubjectName): readonly number[] {
    return this.all.get(name) ?? [];
  }

  median(name: SubjectName): number {
    return median(this.of(name));
  }

  /** The median of our ratios to a subject in each round: load on the machine slows down both. */
  ratioTo(name: SubjectName): number {
    const others = this.of(name);
    return median(this.of(OURS).map((sample, round) => sample / (others[round] ?? Number.NaN)));
  }

  get ratioToBestPeer(): number {
    return this.ratioTo(this.bestPeer);
  }

  /** The measured peer with the lowest median. */
  get bestPeer(): SubjectName {
    const measured = peers.filter(name => this.all.has(name));
    return measured.reduce((best, peer) => (this.median(peer) < this.median(best) ? peer : best));
  }
}

function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
