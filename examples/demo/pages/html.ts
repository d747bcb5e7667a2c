/** Markup that is safe to send: whatever `html` put into it has been escaped. */
export class HTML {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | HTML | readonly HTML[] | false | undefined;

/** Writes markup. Text is escaped, markup is taken as it is, `false` and `undefined` leave no trace. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): HTML =>
  new HTML(String.raw({ raw: parts }, ...values.map(toMarkup)));

/** A text in Korean, and in English beside it. */
export const both = (ko: string, en: string): HTML => html`${ko} <span lang="en">${en}</span>`;

function toMarkup(value: Value): string {
  if (value instanceof HTML) return value.text;
  if (typeof value === 'object') return value.map(part => part.text).join('\n');
  return value ? escapeText(value) : '';
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string => text.replace(/[&<>"']/g, character => entities[character] ?? '');
