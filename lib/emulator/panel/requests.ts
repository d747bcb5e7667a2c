import { bilingual, type HTML, html, nothing } from '../pages/html.js';
import type { RecordedRequest } from '../request-log.js';
import type { Kakao } from '../state.js';

const shown = 20;

/** What was asked, the latest first. */
export function requestsSection({ records: { requests } }: Kakao): HTML {
  return html`<section aria-labelledby="requests">
<h2 id="requests">${bilingual({ ko: '들어온 요청', en: 'What was asked' })}</h2>
${requests.length === 0 ? none : table(requests.slice(-shown).reverse())}
${
  requests.length > shown
    ? html`<p class="hint">${bilingual({
        ko: `전체 ${requests.length}건 중 최근 ${shown}건입니다.`,
        en: `The last ${shown} of ${requests.length}.`,
      })}</p>`
    : nothing
}</section>`;
}

const none = html`<p class="hint">${bilingual({ ko: '아직 없습니다.', en: 'None yet.' })}</p>`;

function table(requests: readonly RecordedRequest[]): HTML {
  return html`<div class="scrolls" role="group" aria-labelledby="requests" tabindex="0">
<table>
<thead><tr>
<th scope="col">${bilingual({ ko: '엔드포인트', en: 'Endpoint' })}</th>
<th scope="col">${bilingual({ ko: '매개변수', en: 'Parameters' })}</th>
<th scope="col">${bilingual({ ko: '응답', en: 'Answer' })}</th>
</tr></thead>
<tbody>
${requests.map(row)}</tbody>
</table>
</div>
`;
}

function row({ endpoint, method, query, form, httpStatus, code }: RecordedRequest): HTML {
  const parameters = [...query, ...(form ?? [])];
  return html`<tr>
<th scope="row"><span class="method">${method}</span> ${endpoint}</th>
<td>${parameters.length === 0 ? '—' : parameters.map(([name, value]) => html`<code>${name}=${value}</code> `)}</td>
<td>${httpStatus === undefined ? '—' : `${httpStatus}`}${code === undefined ? nothing : html` <span class="error">${code}</span>`}</td>
</tr>
`;
}
