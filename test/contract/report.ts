import { type AssumptionID, allAssumptions, type MarkedAssumption } from './assumptions.js';
import { type Finding, notSettled, type Verdict, weightiest } from './finding.js';
import type { Judgement, Run } from './run.js';

/** Who received the requests of a run: Kakao, or something in its place. */
export interface Asked {
  name: string;
  isKakao: boolean;
}

export const KAKAO: Asked = { name: 'Kakao', isKakao: true };
export const EMULATOR: Asked = { name: 'the emulator', isKakao: false };

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
export function toReport({ judgements, stopped }: Run, asked: Asked): string {
  return [
    `Asked: ${asked.name}.${asked.isKakao ? '' : ' This proves nothing about Kakao.'}`,
    ...(stopped === undefined ? [] : [`The run ended early. ${stopped}`]),
    '',
    ...(judgements.length === 0
      ? []
      : [...toFacts(judgements), '', ...toTable(settle(judgements), wordsOf(asked)), '']),
    conclusionOf(judgements, asked),
  ].join('\n');
}

/** The result of one expectation, as a line. */
export const toLine = ({ expectation, finding }: Judgement, prefix = ''): string =>
  `${SIGNS[finding.verdict]} ${prefix}${expectation.that} (${expectation.restsOn}). Seen: ${finding.seen}`;

const SIGNS: Readonly<Record<Verdict, string>> = { confirmed: '✓', refuted: '✗', 'not settled': '–' };

type Words = Readonly<Record<Verdict, string>>;

// Only Kakao can confirm or refute anything.
const wordsOf = ({ isKakao }: Asked): Words =>
  isKakao
    ? { confirmed: 'confirmed', refuted: 'refuted', 'not settled': 'not settled' }
    : { confirmed: 'as assumed', refuted: 'not as assumed', 'not settled': 'not settled' };

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
    ...[...refuted, ...unseen].map(each => `  ${toLine(each, `${each.case.title}: `)}`),
  ];
}

/** Whether this is the decisive judgement among those on the same expectation, in one run or several. */
function counts({ case: { title }, expectation, finding }: Judgement, _: number, all: Judgement[]): boolean {
  const same = all.filter(each => each.case.title === title && each.expectation.that === expectation.that);
  return finding === weightiest(same.map(each => each.finding));
}

function toTable(settlements: readonly Settlement[], words: Words): string[] {
  const counts = order.map(
    verdict => `${settlements.filter(each => each.verdict === verdict).length} ${words[verdict]}`,
  );
  return [
    `Assumptions: ${counts.join(', ')}.`,
    '',
    row(['verdict', 'assumption', 'what the code assumes', 'what was seen', 'where to change it']),
    row(['---', '---', '---', '---', '---']),
    ...settlements.map(({ verdict, id, en, seen, files }) =>
      row([words[verdict], id, en, seen, files.join(', ')]),
    ),
  ];
}

// Escapes the column separator.
const row = (cells: readonly string[]): string =>
  `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** The last line, which a terminal shows without scrolling. */
function conclusionOf(judgements: readonly Judgement[], asked: Asked): string {
  if (judgements.some(isViolation)) {
    return asked.isKakao
      ? 'Kakao violates its documentation: see above.'
      : `Kakao's documentation is violated by ${asked.name}: see above.`;
  }
  const settlements = settle(judgements);
  const of = (verdict: Verdict) => settlements.filter(each => each.verdict === verdict);
  const [refuted, confirmed] = [of('refuted'), of('confirmed')];
  if (refuted.length > 0) {
    const said = asked.isKakao ? 'Refuted' : 'Not as assumed';
    return `${said}: ${list(refuted.map(({ id }) => id))}. Change ${list(refuted.flatMap(({ files }) => files))}.`;
  }
  if (confirmed.length === 0) return 'No assumption was settled.';
  return asked.isKakao
    ? `No assumption was refuted, and ${confirmed.length} of ${settlements.length} were confirmed.`
    : 'All that could be asked is as the code assumes. Whether it is so at Kakao, only --live can tell.';
}

const list = (names: readonly string[]): string => [...new Set(names)].join(', ');
