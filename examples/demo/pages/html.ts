import type { KoreanAndEnglish } from 'passport-kakao-business';
import type { Language } from '../language.js';

/** Escaped markup in either language, as built by `html`. */
export class HTML {
  readonly in: (language: Language) => string;

  constructor(write: (language: Language) => string) {
    this.in = write;
  }
}

type Value = string | KoreanAndEnglish | HTML | readonly HTML[] | false | undefined;

/**
 * Builds markup. Escapes text, keeps markup, and omits `false` and `undefined`; the language is selected when the page
 * is complete.
 */
export const html = (parts: TemplateStringsArray, ...values: Value[]): HTML =>
  new HTML(language => String.raw({ raw: parts }, ...values.map(value => toMarkup(value, language))));

function toMarkup(value: Value, language: Language): string {
  if (value === false || value === undefined) return '';
  if (typeof value === 'string') return escapeText(value);
  if (value instanceof HTML) return value.in(language);
  if (isList(value)) return value.map(part => part.in(language)).join('\n');
  return escapeText(value[language]);
}

const isList = (value: Value): value is readonly HTML[] => Array.isArray(value);

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string => text.replace(/[&<>"']/g, character => entities[character] ?? '');
