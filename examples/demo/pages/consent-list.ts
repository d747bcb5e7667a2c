import { type ConsentItemID, consentItems } from 'passport-kakao-business';
import { groupName } from './groups.js';
import { type HTML, html } from './html.js';

/** Consent items by group and name; unknown ones follow by ID. */
export function consentList(ids: readonly ConsentItemID[]): HTML {
  const known = consentItems.filter(({ id }) => ids.includes(id));
  const unknown = ids.filter(id => !known.some(item => item.id === id));
  const groups = [...new Set(known.map(({ group }) => group))];
  return html`${groups.map(
    group => html`<h3>${groupName(group)}</h3>
<ul class="consents">
${known
  .filter(item => item.group === group)
  .map(
    ({ names, description }) => html`<li>
<p class="name">${names}</p>
<p class="allows">${description}</p>
</li>`,
  )}
</ul>`,
  )}
${
  unknown.length > 0 &&
  html`<h3>${groupName('other')}</h3>
<ul class="consents">
${unknown.map(id => html`<li><p class="name"><code>${id}</code></p></li>`)}
</ul>`
}`;
}
