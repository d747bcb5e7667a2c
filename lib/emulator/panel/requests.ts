import { bilingual, type HTML, html, NOTHING } from '../pages/html.js';
import { isAdAPI } from '../paths.js';
import type { RecordedRequest } from '../request-log.js';
import type { PanelSection } from './section.js';

const MAX_SHOWN = 20;

/** The last requests, latest first. */
export const requestsSection: PanelSection = {
  id: 'requests',
  title: { ko: '들어온 요청', en: 'Requests' },
  render({ log: { requests } }) {
    return html`${requests.length === 0 ? NONE : table(requests.slice(-MAX_SHOWN).reverse())}
${
  requests.length > MAX_SHOWN
    ? html`<p class="hint">${bilingual({
        ko: `전체 ${requests.length}건 중 최근 ${MAX_SHOWN}건입니다.`,
        en: `The last ${MAX_SHOWN} of ${requests.length}.`,
      })}</p>`
    : NOTHING
}`;
  },
};

const NONE = html`<p class="hint">${bilingual({ ko: '아직 없습니다.', en: 'None yet.' })}</p>`;

function table(requests: readonly RecordedRequest[]): HTML {
  return html`<div class="scrolls" role="group" aria-labelledby="requests" tabindex="0">
<table>
<thead><tr>
<th scope="col">${bilingual({ ko: '엔드포인트', en: 'Endpoint' })}</th>
<th scope="col">${bilingual({ ko: '매개변수', en: 'Parameters' })}</th>
<th scope="col">${bilingual({ ko: '응답', en: 'Response' })}</th>
</tr></thead>
<tbody>
${requests.map(row)}</tbody>
</table>
</div>
`;
}

function row({ endpoint, method, path, headers, query, form, status, code }: RecordedRequest): HTML {
  const account = headers['adaccountid'];
  const parameters = [
    ...(account === undefined ? [] : [['adAccountId', account] as const]),
    ...query,
    ...(form ?? []),
  ];
  return html`<tr>
<th scope="row"><span class="method">${method}</span> ${endpoint}</th>
<td>${isAdAPI(endpoint) ? html`<code>${path}</code> ` : NOTHING}${parameters.length === 0 ? '—' : parameters.map(([name, value]) => html`<code>${name}=${value}</code> `)}</td>
<td>${status === undefined ? '—' : `${status}`}${code === undefined ? NOTHING : html` <span class="error">${code}</span>`}</td>
</tr>
`;
}
