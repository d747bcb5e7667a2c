import type { KoreanAndEnglish } from '../consent-items.js';
import type { ConsentOutcome } from '../http/response.js';
import { InvalidMember } from '../invalid-member.js';
import { readFilter } from '../log-filter.js';
import { bilingual, type HTML, html, NOTHING } from '../pages/html.js';
import { ENDPOINT_NAMES, isAdAPI, PANEL_PATH } from '../paths.js';
import { isFailure, type RecordedRequest, type RequestLog } from '../request-log.js';
import type { PanelSection } from './section.js';

const MAX_SHOWN = 30;

/** The last requests, latest first, and a form that filters them. */
export const requestsSection: PanelSection = {
  id: 'requests',
  title: { ko: '들어온 요청', en: 'Requests' },
  render({ log }, { query }) {
    const found = log.requests.filter(readPanelFilter(query));
    const shown = found.slice(-MAX_SHOWN).reverse();
    return html`${filterForm(query)}
<ol class="log" id="log" data-live>
${shown.length === 0 ? (log.requests.length === 0 ? NONE : NONE_FOUND) : shown.map(each => entry(each, log))}</ol>
<p class="hint" id="log-size" data-live>${
      found.length > MAX_SHOWN
        ? bilingual({
            ko: `전체 ${found.length}건 중 최근 ${MAX_SHOWN}건입니다.`,
            en: `The last ${MAX_SHOWN} of ${found.length}.`,
          })
        : NOTHING
    }</p>
`;
  },
};

/** The filter of the API. The panel shows everything for one that the API refuses. */
function readPanelFilter(query: URLSearchParams): (request: RecordedRequest) => boolean {
  try {
    return readFilter(query);
  } catch (error) {
    if (error instanceof InvalidMember) return () => true;
    throw error;
  }
}

const NONE = html`<li id="no-request" class="none">${bilingual({ ko: '아직 없습니다.', en: 'None yet.' })}</li>
`;
const NONE_FOUND = html`<li id="no-such-request" class="none">${bilingual({
  ko: '조건에 맞는 요청이 없습니다.',
  en: 'No request matches the filter.',
})}</li>
`;

const OUTCOMES: readonly [value: string, label: KoreanAndEnglish][] = [
  ['', { ko: '전체', en: 'All' }],
  ['success', { ko: '성공', en: 'Success' }],
  ['error', { ko: '오류', en: 'Error' }],
];

function filterForm(query: URLSearchParams): HTML {
  const endpoint = query.get('endpoint') ?? '';
  const outcome = query.get('outcome') ?? '';
  return html`<form class="filter" action="${PANEL_PATH}">
<label for="filter-endpoint">${bilingual({ ko: '엔드포인트', en: 'Endpoint' })}</label>
<select id="filter-endpoint" name="endpoint"><option value="">—</option>${ENDPOINT_NAMES.map(name => html`<option${name === endpoint ? html` selected` : NOTHING}>${name}</option>`)}</select>
<div class="choices" role="radiogroup" aria-labelledby="requests">
${OUTCOMES.map(
  ([value, label]) => html`<span>
<input type="radio" name="outcome" id="outcome-${value}" value="${value}"${value === outcome ? html` checked` : NOTHING}>
<label for="outcome-${value}">${bilingual(label)}</label>
</span>
`,
)}</div>
<button class="quiet">${bilingual({ ko: '적용', en: 'Apply' })}</button>
</form>`;
}

function entry(request: RecordedRequest, log: RequestLog): HTML {
  const { time, endpoint, method, path, headers, query, form, status, code, reason, consent } = request;
  return html`<li id="request-${`${log.numberOf(request)}`}"${isFailure(request) ? html` class="failed"` : NOTHING}>
<details>
<summary><time datetime="${time}">${timeOfDay(time)}</time> <span class="what"><span class="method">${method}</span> ${endpoint}</span> <span class="answer">${status === undefined ? '—' : `${status}`}${code === undefined ? NOTHING : html` <span class="error">${code}</span>`}${consent ? html` ${bilingual(CONSENTS[consent])}` : NOTHING}</span></summary>
${isAdAPI(endpoint) ? html`<p><code>${path}</code></p>` : NOTHING}${pairs({ ko: '쿼리', en: 'Query' }, [...query])}${pairs({ ko: '폼', en: 'Form' }, [...(form ?? [])])}${pairs({ ko: '헤더', en: 'Headers' }, Object.entries(headers))}</details>
${reason === undefined ? NOTHING : html`<p class="reason" lang="en">${reason}</p>`}
</li>
`;
}

// In the time zone of the machine, like the log of an app beside it.
const timeOfDay = (time: string): string => new Date(time).toTimeString().slice(0, 8);

const CONSENTS: Readonly<Record<ConsentOutcome, KoreanAndEnglish>> = {
  open: { ko: '동의 대기', en: 'open' },
  agreed: { ko: '동의', en: 'agreed' },
  cancelled: { ko: '취소', en: 'cancelled' },
  failed: { ko: '동의 후 오류', en: 'agreed, failed' },
};

function pairs(title: KoreanAndEnglish, values: readonly [name: string, value: string][]): HTML {
  if (values.length === 0) return NOTHING;
  return html`<p class="aside">${bilingual(title)}</p>
<dl>${values.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
`;
}
