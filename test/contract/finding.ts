/** What an answer of Kakao's says about one expectation. */
export interface Finding {
  verdict: Verdict;
  /** What was seen: codes, statuses and shapes, never a value that is somebody's. Or why nothing was. */
  seen: string;
}

export type Verdict = 'confirmed' | 'refuted' | 'not settled';

export const confirmed = (seen: string): Finding => ({ verdict: 'confirmed', seen });
export const refuted = (seen: string): Finding => ({ verdict: 'refuted', seen });
export const notSettled = (why: string): Finding => ({ verdict: 'not settled', seen: why });

/** The one that counts where several look at the same thing: one refutation is enough, and so is one look. */
export function weightiest(findings: readonly Finding[]): Finding | undefined {
  return (
    findings.find(({ verdict }) => verdict === 'refuted') ??
    findings.find(({ verdict }) => verdict === 'confirmed') ??
    findings[0]
  );
}
