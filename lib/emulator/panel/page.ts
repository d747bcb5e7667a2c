import type { HttpRequest } from '../http/request.js';
import type { HttpResponse } from '../http/response.js';
import { bilingual, html, NOTHING } from '../pages/html.js';
import { languageOf } from '../pages/language.js';
import { panelResponse } from '../pages/layout.js';
import { PANEL_PATH } from '../paths.js';
import { clockSection } from './clock.js';
import { faultsSection } from './faults.js';
import { requestsSection } from './requests.js';
import type { PanelContext, PanelSection } from './section.js';
import { appsSection, endpointsSection, usersSection } from './setup.js';
import { stubsSection } from './stubs.js';
import { PANEL_STYLES } from './styles.js';

/** The sections of the developer panel, in this order. */
const SECTIONS: readonly PanelSection[] = [
  requestsSection,
  faultsSection,
  stubsSection,
  clockSection,
  appsSection,
  usersSection,
  endpointsSection,
];

/**
 * The developer panel.
 *
 * @param problem what is wrong with a submitted form.
 */
export function showPanel(request: HttpRequest, context: PanelContext, problem?: string): HttpResponse {
  const origin = `http://${request.headers.host}`;
  const main = html`<header class="panel-header">
<h1>${bilingual({ ko: '개발자 패널', en: 'Developer panel' })}</h1>
<p class="hint">${bilingual({
    ko: '이 페이지는 스스로 갱신되지 않습니다.',
    en: 'This page does not refresh itself.',
  })} <a href="${PANEL_PATH}">${bilingual({ ko: '새로고침', en: 'Refresh' })}</a></p>
</header>
${problem === undefined ? NOTHING : html`<p class="notice" role="alert" lang="en" tabindex="-1" autofocus>${problem}</p>`}
${SECTIONS.map(
  ({ id, title, render }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${bilingual(title)}</h2>
${render(context, origin)}</section>
`,
)}`;
  const title = { ko: '개발자 패널', en: 'Developer panel' };
  return panelResponse(
    { status: problem === undefined ? 200 : 422, title, main, styles: PANEL_STYLES },
    languageOf(request.headers),
  );
}
