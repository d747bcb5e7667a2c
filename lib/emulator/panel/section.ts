import type { KoreanAndEnglish } from '../consent-items.js';
import type { EmulatorContext } from '../context.js';
import { type HTML, html } from '../pages/html.js';

/** A section of the developer panel. An element with an ID and `data-live` in it is kept up to date by the script. */
export interface PanelSection {
  /** The ID of the heading. */
  id: string;
  title: KoreanAndEnglish;
  render(context: EmulatorContext, view: PanelView): HTML;
}

/** What the panel shows to one browser. */
export interface PanelView {
  /** The origin of the emulator, as the browser has it. */
  origin: string;
  /** The query of the panel: the filter of the log. */
  query: URLSearchParams;
  /** The form that was submitted with a mistake. */
  submitted: SubmittedForm | undefined;
}

/** A form that was submitted with a mistake. It is shown again, with what was filled in. */
export interface SubmittedForm {
  /** The path that it was sent to. */
  path: string;
  form: URLSearchParams;
  /** What is wrong. */
  notice: HTML;
}

/** A list of values, one per line. */
export function list(values: readonly string[]): HTML | string {
  if (values.length === 0) return '—';
  return html`<ul class="values">${values.map(value => html`<li>${value}</li>`)}</ul>`;
}
