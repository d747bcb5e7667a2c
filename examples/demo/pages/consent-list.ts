import { type ConsentItemID, consentItems } from 'passport-kakao-business';
import { both, type HTML, html } from './html.js';

/** Consent items by name, in the order of the catalog; those that are newer than the catalog follow by their ID. */
export function consentList(ids: readonly ConsentItemID[]): HTML {
  const known = consentItems.filter(item => ids.includes(item.id));
  const unknown = ids.filter(id => !known.some(item => item.id === id));
  return html`<ul class="consents">
${known.map(
  ({ names, description }) => html`<li>
<p class="name">${both(names.ko, names.en)}</p>
<p class="allows">${both(description.ko, description.en)}</p>
</li>`,
)}
${unknown.map(id => html`<li><p class="name"><code>${id}</code></p></li>`)}
</ul>`;
}
