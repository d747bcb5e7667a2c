import type { FaultKind } from '../faults/kind.js';
import { FAULT_KINDS } from '../faults/kinds.js';
import type { QueuedFault } from '../faults/queue.js';
import { bilingual, type HTML, html, NOTHING } from '../pages/html.js';
import { type EmulatedEndpoint, ENDPOINT_NAMES } from '../paths.js';
import type { PanelContext, PanelSection } from './section.js';

const QUEUE_PATH = '/emulator/faults';
const CLEAR_PATH = '/emulator/faults/clear';

/** The next response of each endpoint, and forms that queue faults. */
export const faultsSection: PanelSection = {
  id: 'faults',
  title: { ko: '다음 응답', en: 'Next responses' },
  render({ faults }) {
    const isAnyQueued = ENDPOINT_NAMES.some(endpoint => faults.waiting(endpoint).length > 0);
    return html`<ul class="endpoints">
${ENDPOINT_NAMES.map(endpoint => endpointItem(endpoint, faults.waiting(endpoint)))}</ul>
${isAnyQueued ? CLEAR_FORM : NOTHING}
`;
  },
  forms: { [QUEUE_PATH]: queueFault, [CLEAR_PATH]: (_, { faults }) => faults.clear() },
};

/** Queues the fault of a form. Its fields are members of the fault; empty ones count as absent. */
function queueFault(form: URLSearchParams, { faults }: PanelContext): void {
  const endpoint = ENDPOINT_NAMES.find(name => name === form.get('endpoint'));
  if (!endpoint) throw new TypeError(`endpoint must be one of ${ENDPOINT_NAMES.join(', ')}`);
  const kinds = FAULT_KINDS.filter(({ input }) => input);
  const known = ['endpoint', ...kinds.map(({ name }) => name)];
  const unknown = [...form.keys()].find(name => !known.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`unknown field ${unknown}; known fields: ${known.join(', ')}`);
  const members = kinds.map(kind => [kind.name, readField(kind, form.get(kind.name) ?? '')]);
  faults.add(endpoint, Object.fromEntries(members.filter(([, value]) => value !== undefined)));
}

function readField({ input }: FaultKind, text: string): unknown {
  if (text === '' || (input?.type === 'flag' && text !== 'true')) return undefined;
  if (input?.type === 'flag') return true;
  return input?.type === 'number' ? Number(text) : text;
}

function endpointItem(endpoint: EmulatedEndpoint, waiting: readonly QueuedFault[]): HTML {
  return html`<li>
<h3>${endpoint}</h3>
${
  waiting.length === 0
    ? html`<p class="usual">${bilingual({ ko: '평소대로', en: 'As usual' })}</p>`
    : html`<ol class="waiting">${waiting.map(fault => html`<li>${toText(fault)}</li>`)}</ol>`
}
<details>
<summary>${bilingual({ ko: '오류 켜기', en: 'Queue a fault' })}</summary>
${faultForm(endpoint)}
</details>
</li>
`;
}

function toText(fault: QueuedFault): string {
  return fault
    .map(({ text }) => text)
    .filter(Boolean)
    .join(' · ');
}

function faultForm(endpoint: EmulatedEndpoint): HTML {
  const isFlag = ({ input }: FaultKind): boolean => input?.type === 'flag';
  return html`<form method="post" action="${QUEUE_PATH}">
<input type="hidden" name="endpoint" value="${endpoint}">
<div class="fields">
${FAULT_KINDS.filter(kind => !isFlag(kind)).map(kind => field(kind, endpoint))}</div>
${FAULT_KINDS.filter(isFlag).map(kind => field(kind, endpoint))}<button class="quiet">${bilingual({ ko: '다음 요청에 적용', en: 'Use for the next request' })}</button>
</form>`;
}

function field({ name, input }: FaultKind, endpoint: EmulatedEndpoint): HTML {
  if (!input) return NOTHING;
  const id = `${endpoint}-${name}`;
  const label = html`<label for="${id}">${bilingual(input.label)}</label>`;
  if (input.type === 'flag') {
    return html`<p class="option">
<input type="checkbox" id="${id}" name="${name}" value="true">${label}
</p>
`;
  }
  if (input.type === 'number') {
    const max = input.max === undefined ? NOTHING : html` max="${`${input.max}`}"`;
    return html`<p class="field">
${label}
<input type="number" id="${id}" name="${name}" min="${`${input.min}`}"${max}>
</p>
`;
  }
  const options = input.options(endpoint);
  if (options.length === 0) return NOTHING;
  return html`<p class="field">
${label}
<select id="${id}" name="${name}"><option value="">—</option>${options.map(option => html`<option>${`${option}`}</option>`)}</select>
</p>
`;
}

const CLEAR_FORM = html`<form method="post" action="${CLEAR_PATH}">
<button class="quiet">${bilingual({ ko: '모두 끄기', en: 'Clear all' })}</button>
</form>`;
