import { type AssumptionID, allAssumptions, type MarkedAssumption } from './assumptions.js';
import { type Finding, notSettled, type Verdict, weightiest } from './finding.js';
import type { Judgement, Run } from './run.js';

/** The verdict on an assumption. */
export interface Settlement extends MarkedAssumption, Finding {}

/** The verdict on every assumption, refuted ones first. */
export function settle(judgements: readonly Judgement[]): Settlement[] {
  const settlements = allAssumptions.map(assumption => {
    const looks = judgements.filter(({ expectation }) => assumptionOf(expectation) === assumption.id);
    const finding = weightiest(looks.map(({ finding }) => finding));
    return { ...assumption, ...(finding ?? notSettled(assumption.unsettled ?? 'not asked')) };
  });
  return order.flatMap(verdict => settlements.filter(each => each.verdict === verdict));
}

/** 1 when a documented fact was violated, 2 when the run did not complete, else 0. */
export function exitCodeOf({ judgements, stopped }: Run): 0 | 1 | 2 {
  if (judgements.some(isViolation)) return 1;
  return stopped === undefined && judgements.at(-1)?.finding.verdict !== 'not settled' ? 0 : 2;
}

/** The result of a run as text that can be pasted into an issue. */
export function toReport({ judgements, stopped }: Run): string {
  return [
    ...(stopped === undefined ? [] : [`The run ended early. ${stopped}`, '']),
    ...toFacts(judgements),
    '',
    ...toTable(settle(judgements)),
    '',
    conclusionOf(judgements),
  ].join('\n');
}

const order: readonly Verdict[] = ['refuted', 'confirmed', 'not settled'];

const assumptionOf = (expectation: Judgement['expectation']): AssumptionID | undefined =>
  'assumption' in expectation ? expectation.assumption : undefined;

const isViolation = ({ expectation, finding }: Judgement): boolean =>
  expectation.restsOn === 'documented' && finding.verdict === 'refuted';

function toFacts(judgements: readonly Judgement[]): string[] {
  const facts = judgements
    .filter(({ expectation }) => assumptionOf(expectation) === undefined)
    .filter(counts);
  const of = (verdict: Verdict) => facts.filter(({ finding }) => finding.verdict === verdict);
  const [refuted, confirmed, unseen] = [of('refuted'), of('confirmed'), of('not settled')];
  return [
    `Documented and observed facts: ${refuted.length} violated, ${confirmed.length} as expected, ${unseen.length} not seen.`,
    ...refuted.map(each => `  ✗ ${toLine(each)}`),
    ...unseen.map(each => `  – ${toLine(each)}`),
  ];
}

/** Whether this is the decisive judgement among those on the same expectation, in one run or several. */
function counts({ case: { title }, expectation, finding }: Judgement, _: number, all: Judgement[]): boolean {
  const same = all.filter(each => each.case.title === title && each.expectation.that === expectation.that);
  return finding === weightiest(same.map(each => each.finding));
}

const toLine = ({ case: { title }, expectation, finding }: Judgement): string =>
  `${title}: ${expectation.that} (${expectation.restsOn}). Seen: ${finding.seen}`;

function toTable(settlements: readonly Settlement[]): string[] {
  const counts = order.map(
    verdict => `${settlements.filter(each => each.verdict === verdict).length} ${verdict}`,
  );
  return [
    `Assumptions: ${counts.join(', ')}.`,
    '',
    row(['verdict', 'assumption', 'what the code assumes', 'what was seen', 'where to change it']),
    row(['---', '---', '---', '---', '---']),
    ...settlements.map(({ verdict, id, assumes, seen, files }) =>
      row([verdict, id, assumes, seen, files.join(', ')]),
    ),
  ];
}

// Escapes the column separator.
const row = (cells: readonly string[]): string =>
  `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** The last line, which a terminal shows without scrolling. */
function conclusionOf(judgements: readonly Judgement[]): string {
  if (judgements.some(isViolation)) return 'Kakao violates its documentation: see above.';
  const refuted = settle(judgements).filter(({ verdict }) => verdict === 'refuted');
  if (refuted.length === 0) return 'No assumption was refuted.';
  return `Refuted: ${list(refuted.map(({ id }) => id))}. Change ${list(refuted.flatMap(({ files }) => files))}.`;
}

const list = (names: readonly string[]): string => [...new Set(names)].join(', ');
