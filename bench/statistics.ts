import type { ContenderName } from './contenders.js';

/** What was measured of each contender, in the order of the rounds. */
export class Samples {
  private readonly all = new Map<ContenderName, number[]>();

  add(name: ContenderName, sample: number): void {
    this.all.set(name, [...this.of(name), sample]);
  }

  of(name: ContenderName): readonly number[] {
    return this.all.get(name) ?? [];
  }

  median(name: ContenderName): number {
    return median(this.of(name));
  }

  p95(name: ContenderName): number {
    return quantile(this.of(name), 0.95);
  }

  /** The median of the ratios, round by round: what disturbed the machine in a round disturbed both. */
  ratio(name: ContenderName, to: ContenderName): number {
    const others = this.of(to);
    return median(this.of(name).map((sample, round) => sample / (others[round] ?? Number.NaN)));
  }
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (below === undefined || above === undefined) throw new Error('There are no samples');
  return below + (above - below) * (position - Math.floor(position));
}
