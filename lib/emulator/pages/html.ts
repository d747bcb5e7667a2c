import type { Bilingual } from '../consent-catalog.js';

/** Markup that is safe to send: every value put into `html` has been escaped. */
export class HTML {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | HTML | readonly HTML[];

/** Writes markup. Strings are escaped, markup and lists of it are taken as they are. */
export function html(parts: TemplateStringsArray, ...values: Value[]): HTML {
  return new HTML(String.raw({ raw: parts }, ...values.map(toMarkup)));
}

export const nothing = html``;

/** Korean, and English below it. */
export function bilingual({ ko, en }: Bilingual): HTML {
  return html`<span class="ko">${ko}</span> <span class="en" lang="en">${en}</span>`;
}

function toMarkup(value: Value): string {
  if (value instanceof HTML) return value.text;
  return typeof value === 'string' ? escapeHTML(value) : value.map(part => part.text).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHTML = (text: string): string => text.replace(/[&<>"']/g, character => entities[character] ?? '');
