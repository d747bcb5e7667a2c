/** What a response of Kakao says about one expectation. */
export interface Finding {
  verdict: Verdict;
  /** What was seen: codes, statuses and shapes, never a value of a user. Or why nothing was seen. */
  seen: string;
}

export type Verdict = 'confirmed' | 'refuted' | 'not settled';

export const confirmed = (seen: string): Finding => ({ verdict: 'confirmed', seen });
export const refuted = (seen: string): Finding => ({ verdict: 'refuted', seen });
export const notSettled = (why: string): Finding => ({ verdict: 'not settled', seen: why });

/** The decisive finding about one expectation: a refutation if there is one, else a confirmation. */
export function weightiest(findings: readonly Finding[]): Finding | undefined {
  return (
    findings.find(({ verdict }) => verdict === 'refuted') ??
    findings.find(({ verdict }) => verdict === 'confirmed') ??
    findings[0]
  );
}
