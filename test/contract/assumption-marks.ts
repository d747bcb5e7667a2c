import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A comment in lib/ that marks an assumption: `Assumption (id): …`. */
export interface AssumptionMark {
  id: string;
  file: string;
}

const ROOT = path.join(__dirname, '../..');

const sources = readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => `lib/${name.replaceAll(path.sep, '/')}`)
  .sort()
  .map(file => ({ file, text: unwrapped(readFileSync(path.join(ROOT, file), 'utf8')) }));

/** Every mark in lib/, one for each ID in parentheses. */
export const assumptionMarks: readonly AssumptionMark[] = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/\bAssumption \(([^)]*)\):/g)]
    .flatMap(([, ids = '']) => ids.split(', '))
    .map(id => ({ id, file })),
);

/** The files that mark an assumption without an ID. */
export const filesWithoutID: readonly string[] = sources
  .filter(({ text }) => /\bAssumption:/i.test(text))
  .map(({ file }) => file);

/** The files that mark this assumption. */
export function filesMarking(id: string): string[] {
  return [...new Set(assumptionMarks.filter(mark => mark.id === id).map(({ file }) => file))];
}

/** Joins the lines of each comment: a mark may be wrapped. */
function unwrapped(text: string): string {
  return text.replace(/\n *(?:\/\/|\*(?!\/)) ?/g, ' ');
}
