import { subjects } from '../../test/contract/assumptions.js';
import type { Language } from './markdown.js';

/** What the code assumes of Kakao: a list for each subject, each entry with the ID of its mark in the code. */
export function listAssumptions(language: Language): string {
  return subjects
    .map(({ assumptions, ...title }) => {
      const entries = Object.entries(assumptions).map(([id, text]) => `- ${text[language]} (\`${id}\`)`);
      return [`**${title[language]}**`, '', ...entries].join('\n');
    })
    .join('\n\n');
}
