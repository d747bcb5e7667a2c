import type { FaultKind } from '../faults/kind.js';
import { FAULT_KINDS } from '../faults/kinds.js';
import { describeFault, type QueuedFault } from '../faults/queue.js';
import { bilingual, type HTML, html, NOTHING } from '../pages/html.js';
import { CLEAR_FAULTS_PATH, type EmulatedEndpoint, ENDPOINT_NAMES, FAULTS_PATH } from '../paths.js';
import type { PanelSection, SubmittedForm } from './section.js';

/** The next response of each endpoint, and forms that queue faults. */
export const faultsSection: PanelSection = {
  id: 'faults',
  title: { ko: '다음 응답', en: 'Next responses' },
  render({ faults }, { submitted }) {
    const isAnyQueued = ENDPOINT_NAMES.some(endpoint => faults.waiting(endpoint).length > 0);
    const mistake = submitted?.path === FAULTS_PATH ? submitted : undefined;
    const endpoint = mistake?.form.get('endpoint');
    return html`${mistake && !ENDPOINT_NAMES.some(name => name === endpoint) ? mistake.notice : NOTHING}
<ul class="endpoints">
${ENDPOINT_NAMES.map(name => endpointItem(name, faults.waiting(name), name === endpoint ? mistake : undefined))}</ul>
<div id="clear-faults" data-live>${isAnyQueued ? CLEAR_FORM : NOTHING}</div>
`;
  },
};

function endpointItem(
  endpoint: EmulatedEndpoint,
  waiting: readonly QueuedFault[],
  mistake: SubmittedForm | undefined,
): HTML {
  return html`<li>
<h3>${endpoint}</h3>
<div id="waiting-${endpoint}" data-live>${
    waiting.length === 0
      ? html`<p class="usual">${bilingual({ ko: '평소대로', en: 'As usual' })}</p>`
      : html`<ol class="waiting">${waiting.map(fault => html`<li>${describeFault(fault)}</li>`)}</ol>`
  }</div>
<details${mistake ? html` open` : NOTHING}>
<summary>${bilingual({ ko: '오류 주입', en: 'Inject a fault' })}</summary>
${mistake?.notice ?? NOTHING}${faultForm(endpoint, mistake?.form)}
</details>
</li>
`;
}

function faultForm(endpoint: EmulatedEndpoint, filled = new URLSearchParams()): HTML {
  const isFlag = ({ input }: FaultKind): boolean => input?.type === 'flag';
  return html`<form method="post" action="${FAULTS_PATH}">
<input type="hidden" name="endpoint" value="${endpoint}">
<div class="fields">
${FAULT_KINDS.filter(kind => !isFlag(kind)).map(kind => field(kind, endpoint, filled.get(kind.name) ?? ''))}</div>
${FAULT_KINDS.filter(isFlag).map(kind => field(kind, endpoint, filled.get(kind.name) ?? ''))}<button class="quiet">${bilingual({ ko: '다음 요청에 적용', en: 'Use for the next request' })}</button>
</form>`;
}

function field({ name, input }: FaultKind, endpoint: EmulatedEndpoint, filled: string): HTML {
  if (!input) return NOTHING;
  const id = `${endpoint}-${name}`;
  const label = html`<label for="${id}">${bilingual(input.label)}</label>`;
  if (input.type === 'flag') {
    return html`<p class="option">
<input type="checkbox" id="${id}" name="${name}" value="true"${filled === 'true' ? html` checked` : NOTHING}>${label}
</p>
`;
  }
  if (input.type === 'number') {
    const max = input.max === undefined ? NOTHING : html` max="${`${input.max}`}"`;
    return html`<p class="field">
${label}
<input type="number" id="${id}" name="${name}" min="${`${input.min}`}"${max} value="${filled}">
</p>
`;
  }
  const options = input.options(endpoint);
  if (options.length === 0) return NOTHING;
  return html`<p class="field">
${label}
<select id="${id}" name="${name}"><option value="">—</option>${options.map(option => html`<option${`${option}` === filled ? html` selected` : NOTHING}>${`${option}`}</option>`)}</select>
</p>
`;
}

const CLEAR_FORM = html`<form method="post" action="${CLEAR_FAULTS_PATH}">
<button class="quiet">${bilingual({ ko: '모두 지우기', en: 'Clear all' })}</button>
</form>`;
