import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** The pages in the package. */
export const PAGES = [
  'README.md',
  'README.ko.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];

export const readPage = (page: string): Promise<string> => readFile(join(ROOT, page), 'utf8');

/** A page without its code blocks, whose lines may look like headings, tables or links. */
export const proseOf = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '```');

export const headingsOf = (markdown: string): string[] =>
  [...proseOf(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);

/** The link targets of a page, without other sites. */
export function linksOf(markdown: string): string[] {
  const prose = proseOf(markdown).replace(/`[^`\n]*`/g, '');
  const links = [/\]\(([^)\s]+)[^)]*\)/g, /^\[[^\]]+\]: (\S+)/gm, /<[^>]*\b(?:src|href)="([^"]*)"/g];
  return links
    .flatMap(pattern => [...prose.matchAll(pattern)].map(([, link = '']) => link))
    .filter(link => !/^\w+:/.test(link));
}

/** A code block with every comment as the same mark, since translations have their own comments. */
export const withoutComments = (code: string): string =>
  code.replace(/^\s*\/\*[\s\S]*?\*\/$|(?<=^|\s)(?:\/\/|#) .*$/gm, '(a comment)');

/** A code block of a page. */
export interface Block {
  language: string;
  source: string;
  line: number;
}

export const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w+).*\n([\s\S]*?)^```$/gm)].map(
    ({ 1: language = '', 2: source = '', index }) => ({
      language,
      source,
      line: markdown.slice(0, index).split('\n').length,
    }),
  );
