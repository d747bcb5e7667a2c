import type { KoreanAndEnglish } from '../../lib/index.js';

/** A language of the pages. */
export type Language = 'en' | 'ko';

/** A cell of a table: the same in both languages, or not. */
export type Cell = string | KoreanAndEnglish;

/** A table in Markdown. */
export function toTable(
  language: Language,
  head: readonly Cell[],
  rows: readonly (readonly Cell[])[],
): string {
  const toRow = (cells: readonly Cell[]): string =>
    `|${cells
      .map(cell => toText(cell, language))
      .map(text => (text ? ` ${text} ` : ' '))
      .join('|')}|`;
  return [toRow(head), `|${'---|'.repeat(head.length)}`, ...rows.map(toRow)].join('\n');
}

const toText = (cell: Cell, language: Language): string => (typeof cell === 'string' ? cell : cell[language]);

/** Names or codes, each in a code span. */
export const toCode = (...names: readonly (string | number)[]): string =>
  names.map(name => `\`${name}\``).join(' ');
