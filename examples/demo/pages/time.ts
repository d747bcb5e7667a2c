import { say } from '../language.js';
import { type HTML, html } from './html.js';

/** A date and time in both languages. */
export const time = (date: Date): HTML =>
  html`<time datetime="${date.toISOString()}">${say(koreanTime.format(date), englishTime.format(date))}</time>`;

const style = { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' } as const;
const koreanTime = new Intl.DateTimeFormat('ko', style);
const englishTime = new Intl.DateTimeFormat('en', style);
