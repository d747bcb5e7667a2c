import { toJSON } from '../http/json.js';
import { bilingual, type HTML, html, NOTHING } from '../pages/html.js';
import { CLEAR_STUBS_PATH, STUBS_PATH } from '../paths.js';
import { type EmulatedStub, STUB_METHODS } from '../stubs.js';
import type { PanelSection } from './section.js';

const MAX_SHOWN = 200;

/** The stubs of the ad APIs, and forms that add and remove them. */
export const stubsSection: PanelSection = {
  id: 'stubs',
  title: { ko: '광고 API 스텁', en: 'Stubs of the ad APIs' },
  render({ state: { stubs } }, { submitted }) {
    const mistake = submitted?.path === STUBS_PATH ? submitted : undefined;
    return html`<div class="entry">
<div id="stub-list" data-live>${stubs.all.length === 0 ? NONE : html`<dl>${stubs.all.map(stubItem)}</dl>`}
${stubs.hasAdded ? CLEAR_FORM : NOTHING}</div>
<details${mistake ? html` open` : NOTHING}>
<summary>${bilingual({ ko: '스텁 추가', en: 'Add a stub' })}</summary>
${mistake?.notice ?? NOTHING}${addForm(mistake?.form)}
</details>
</div>
`;
  },
};

const stubItem = ({ method, path, answer }: EmulatedStub): HTML =>
  html`<dt>${method} ${path}</dt><dd>${shown(answer)}</dd>`;

function shown(answer: EmulatedStub['answer']): HTML | string {
  if (answer === undefined) return bilingual({ ko: '빈 본문', en: 'empty body' });
  if (typeof answer === 'function') return bilingual({ ko: '함수', en: 'function' });
  const text = typeof answer === 'string' ? answer : toJSON(answer);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

const NONE = html`<p class="usual">${bilingual({ ko: '아직 없습니다.', en: 'None yet.' })}</p>`;

function addForm(filled = new URLSearchParams()): HTML {
  const method = filled.get('method');
  return html`<form method="post" action="${STUBS_PATH}">
<div class="fields">
<p class="field">
<label for="stub-method">${bilingual({ ko: '메서드', en: 'Method' })}</label>
<select id="stub-method" name="method">${STUB_METHODS.map(each => html`<option${each === method ? html` selected` : NOTHING}>${each}</option>`)}</select>
</p>
<p class="field">
<label for="stub-path">${bilingual({ ko: '경로', en: 'Path' })}</label>
<input type="text" id="stub-path" name="path" required placeholder="/openapi/v4/campaigns" value="${filled.get('path') ?? ''}">
</p>
</div>
<p class="field">
<label for="stub-answer">${bilingual({ ko: '응답 본문 (JSON)', en: 'Body of the response (JSON)' })}</label>
<textarea id="stub-answer" name="answer" rows="4">${filled.get('answer') ?? ''}</textarea>
</p>
<button class="quiet">${bilingual({ ko: '추가', en: 'Add' })}</button>
</form>`;
}

const CLEAR_FORM = html`<form method="post" action="${CLEAR_STUBS_PATH}">
<button class="quiet">${bilingual({ ko: '추가한 스텁 지우기', en: 'Remove the added stubs' })}</button>
</form>`;
