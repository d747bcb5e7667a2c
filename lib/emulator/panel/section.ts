import type { KoreanAndEnglish } from '../consent-items.js';
import type { FaultQueue } from '../faults/queue.js';
import { type HTML, html } from '../pages/html.js';
import type { RequestLog } from '../request-log.js';
import type { EmulatorState } from '../state.js';

/** A section of the developer panel. */
export interface PanelSection {
  /** The ID of the heading. */
  id: string;
  title: KoreanAndEnglish;
  /** @param origin the origin of the emulator, as the browser has it. */
  render(context: PanelContext, origin: string): HTML;
}

/** What the developer panel shows and changes. */
export interface PanelContext {
  state: EmulatorState;
  faults: FaultQueue;
  log: RequestLog;
}

/** A list of values, one per line. */
export function list(values: readonly string[]): HTML | string {
  if (values.length === 0) return '—';
  return html`<ul class="values">${values.map(value => html`<li>${value}</li>`)}</ul>`;
}
