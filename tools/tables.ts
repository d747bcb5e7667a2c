/**
 * `npm run tables` writes the tables and lists that follow from the code into the pages of both languages, between
 * `<!-- NAME: written by npm run tables -->` and `<!-- end of NAME -->`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { listAssumptions } from './tables/assumptions.js';
import { listConsentItems } from './tables/consent-items.js';
import {
  listAppSettings,
  listEmulatorOptions,
  listFaultMembers,
  listUserMembers,
} from './tables/emulator.js';
import { listAdCodes, listAPICodes, listAuthorizeCodes, listTokenCodes } from './tables/emulator-codes.js';
import { listErrorCodes } from './tables/error-codes.js';
import { listFaults } from './tables/faults.js';
import type { Language } from './tables/markdown.js';
import { listClientOptions, listEndpoints, listMainOptions, listOtherOptions } from './tables/options.js';

/** A table or a list that is written into pages. */
export interface Table {
  /** The name in the markers. */
  name: string;
  pages: Readonly<Record<Language, string>>;
  /** Its Markdown, without the markers. Links to files start at the root of the repository. */
  render: (language: Language) => string;
}

const README = { en: 'README.md', ko: 'README.ko.md' };
const OPTIONS = { en: 'docs/options.md', ko: 'docs/options.ko.md' };
const FAULTS = { en: 'docs/faults.md', ko: 'docs/faults.ko.md' };
const ERRORS = { en: 'docs/errors.md', ko: 'docs/errors.ko.md' };
const EMULATOR = { en: 'docs/emulator.md', ko: 'docs/emulator.ko.md' };

export const tables: readonly Table[] = [
  { name: 'options', pages: README, render: listMainOptions },
  { name: 'other options', pages: OPTIONS, render: listOtherOptions },
  { name: 'endpoints', pages: OPTIONS, render: listEndpoints },
  { name: 'client options', pages: OPTIONS, render: listClientOptions },
  { name: 'consent items', pages: README, render: listConsentItems },
  { name: 'faults', pages: FAULTS, render: listFaults },
  { name: 'error codes', pages: ERRORS, render: listErrorCodes },
  { name: 'emulator options', pages: EMULATOR, render: listEmulatorOptions },
  { name: 'app settings', pages: EMULATOR, render: listAppSettings },
  { name: 'user members', pages: EMULATOR, render: listUserMembers },
  { name: 'fault members', pages: EMULATOR, render: listFaultMembers },
  { name: 'authorize codes', pages: EMULATOR, render: listAuthorizeCodes },
  { name: 'token codes', pages: EMULATOR, render: listTokenCodes },
  { name: 'API codes', pages: EMULATOR, render: listAPICodes },
  { name: 'ad codes', pages: EMULATOR, render: listAdCodes },
  { name: 'assumptions', pages: EMULATOR, render: listAssumptions },
];

/**
 * A page with a table as it should be.
 *
 * @throws when the page does not have the markers exactly once.
 */
export function withTable(page: string, { name, pages, render }: Table, language: Language): string {
  const [start, end] = [`<!-- ${name}: written by npm run tables -->\n`, `\n<!-- end of ${name} -->\n`];
  const [before, rest, ...more] = page.split(start);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`Put these lines into the page, once:\n${start}${end}`);
  }
  const markdown = render(language).replace(/(?<=\]\()[^#:)]+(?=[#)])/g, path =>
    posix.relative(posix.dirname(pages[language]), path),
  );
  return `${before}${start}\n${markdown}\n${end}${after}`;
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
