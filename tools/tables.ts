/**
 * `npm run tables` writes the tables and lists that follow from the code into the pages of both languages, between
 * `<!-- NAME: written by npm run tables -->` and `<!-- end of NAME -->`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listAssumptions } from './tables/assumptions.js';

export type Language = 'en' | 'ko';

/** A table or a list that is written into pages. */
export interface Table {
  /** The name in the markers. */
  name: string;
  pages: Readonly<Record<Language, string>>;
  /** Its Markdown, without the markers. */
  render: (language: Language) => string;
}

export const tables: readonly Table[] = [
  {
    name: 'assumptions',
    pages: { en: 'docs/emulator.md', ko: 'docs/emulator.ko.md' },
    render: listAssumptions,
  },
];

/**
 * A page with a table as it should be.
 *
 * @throws when the page does not have the markers exactly once.
 */
export function withTable(page: string, { name, render }: Table, language: Language): string {
  const [start, end] = [`<!-- ${name}: written by npm run tables -->\n`, `\n<!-- end of ${name} -->\n`];
  const [before, rest, ...more] = page.split(start);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`Put these lines into the page, once:\n${start}${end}`);
  }
  return `${before}${start}\n${render(language)}\n${end}${after}`;
}

function writeTables(): void {
  for (const table of tables) {
    for (const language of ['en', 'ko'] as const) {
      const file = join(__dirname, '..', table.pages[language]);
      writeFileSync(file, withTable(readFileSync(file, 'utf8'), table, language));
    }
  }
}

// Tests call withTable() in their own process.
if (require.main === module) writeTables();
