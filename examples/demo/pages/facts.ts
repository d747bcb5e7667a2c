import type { KoreanAndEnglish } from 'passport-kakao-business';
import { type HTML, html } from './html.js';

type Fact = readonly [name: KoreanAndEnglish, value: string | KoreanAndEnglish | HTML];

/** A list of names and values; omits `false` and `undefined`. */
export const factList = (facts: readonly (Fact | false | undefined)[]): HTML =>
  html`<dl>
${facts
  .filter(fact => fact !== false && fact !== undefined)
  .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>`;
