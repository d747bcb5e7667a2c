import { errorCodesOf } from '../errors/error-replies.js';
import type { EmulatedFault } from '../faults/kinds.js';
import { bilingual, type HTML, html, nothing } from '../pages/html.js';
import { panelPaths } from '../pages/panel-paths.js';
import { type EmulatedEndpoint, endpointNames } from '../paths.js';
import type { Kakao } from '../state.js';

/** What will be answered at each endpoint, and how to have another answer. */
export function faultsSection({ faults }: Kakao): HTML {
  const waits = endpointNames.some(endpoint => faults.waiting(endpoint).length > 0);
  return html`<section aria-labelledby="faults">
<h2 id="faults">${bilingual({ ko: '다음 응답', en: 'What will be answered' })}</h2>
<ul class="endpoints">
${endpointNames.map(endpoint => endpointItem(endpoint, faults.waiting(endpoint)))}</ul>
${waits ? clearForm : nothing}
</section>`;
}

function endpointItem(endpoint: EmulatedEndpoint, waiting: readonly EmulatedFault[]): HTML {
  return html`<li>
<h3>${endpoint}</h3>
${
  waiting.length === 0
    ? html`<p class="usual">${bilingual({ ko: '평소대로', en: 'As usual' })}</p>`
    : html`<ol class="waiting">${waiting.map(fault => html`<li>${toText(fault)}</li>`)}</ol>`
}
<details>
<summary>${bilingual({ ko: '오류 켜기', en: 'Switch a fault on' })}</summary>
${faultForm(endpoint)}
</details>
</li>
`;
}

/** A fault in a few words. Its body may hold anything, and is not shown. */
function toText({
  code,
  error,
  status,
  body,
  headers,
  retryAfter,
  delay,
  drop,
  hang,
}: EmulatedFault): string {
  return [
    delay === undefined ? undefined : `delay ${delay} ms`,
    drop && 'drop',
    hang && 'hang',
    code,
    error,
    status === undefined ? undefined : `HTTP ${status}`,
    body === undefined ? undefined : 'body',
    headers && `headers ${Object.keys(headers).join(', ')}`,
    retryAfter === undefined ? undefined : `Retry-After ${retryAfter}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function faultForm(endpoint: EmulatedEndpoint): HTML {
  const id = (member: string): string => `${endpoint}-${member}`;
  const number = (member: string, label: HTML, min: number, max: HTML): HTML => html`<p class="field">
<label for="${id(member)}">${label}</label>
<input type="number" id="${id(member)}" name="${member}" min="${`${min}`}"${max}>
</p>`;
  const flag = (member: string, label: HTML): HTML => html`<p class="option">
<input type="checkbox" id="${id(member)}" name="${member}" value="true"><label for="${id(member)}">${label}</label>
</p>`;
  return html`<form method="post" action="${panelPaths.faults}">
<input type="hidden" name="endpoint" value="${endpoint}">
<div class="fields">
<p class="field">
<label for="${id('code')}">${bilingual({ ko: '카카오 코드', en: 'Kakao’s code' })}</label>
<select id="${id('code')}" name="code"><option value="">—</option>${errorCodesOf(endpoint).map(
    code => html`<option>${`${code}`}</option>`,
  )}</select>
</p>
${endpoint === 'authorize' ? errorField : nothing}
${number('status', html`HTTP status`, 200, html` max="599"`)}
${number('retryAfter', bilingual({ ko: 'Retry-After (초)', en: 'in seconds' }), 0, nothing)}
${number('delay', bilingual({ ko: '지연 (밀리초)', en: 'Delay in ms' }), 0, nothing)}
</div>
${flag('drop', bilingual({ ko: '응답 없이 연결 끊기', en: 'Close the connection without an answer' }))}
${flag('hang', bilingual({ ko: '응답하지 않고 기다리게 하기', en: 'Never answer' }))}
<button class="quiet">${bilingual({ ko: '다음 요청에 적용', en: 'Use for the next request' })}</button>
</form>`;
}

const errorField = html`<p class="field">
<label for="authorize-error">${bilingual({ ko: '앱으로 돌려보낼 오류', en: 'Error sent to the app' })}</label>
<select id="authorize-error" name="error"><option value="">—</option><option>access_denied</option><option>server_error</option><option>temporarily_unavailable</option></select>
</p>`;

const clearForm = html`<form method="post" action="${panelPaths.clearFaults}">
<button class="quiet">${bilingual({ ko: '모두 끄기', en: 'Clear all' })}</button>
</form>`;
