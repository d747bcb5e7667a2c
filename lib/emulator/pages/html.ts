import type { KoreanAndEnglish } from '../consent-items.js';

/** Safe markup: `html` has escaped every value in it. */
export class HTML {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | HTML | readonly HTML[];

/** Writes markup. It escapes strings, but not markup and lists of markup. */
export function html(parts: TemplateStringsArray, ...values: Value[]): HTML {
  return new HTML(String.raw({ raw: parts }, ...values.map(toMarkup)));
}

export const NOTHING = html``;

/** A text in Korean and English. The styles hide the one that is not chosen, from screen readers too. */
export function bilingual({ ko, en }: KoreanAndEnglish): HTML {
  return html`<span class="ko" lang="ko">${ko}</span> <span class="en" lang="en">${en}</span>`;
}

function toMarkup(value: Value): string {
  if (value instanceof HTML) return value.text;
  return typeof value === 'string' ? escapeHTML(value) : value.map(part => part.text).join('');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHTML = (text: string): string => text.replace(/[&<>"']/g, character => ENTITIES[character] ?? '');
