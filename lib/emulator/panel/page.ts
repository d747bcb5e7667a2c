import type { EmulatorContext } from '../context.js';
import type { HttpRequest } from '../http/request.js';
import type { HttpResponse } from '../http/response.js';
import { bilingual, type HTML, html } from '../pages/html.js';
import { languageOf } from '../pages/language.js';
import { panelResponse } from '../pages/layout.js';
import { PANEL_PATH } from '../paths.js';
import { clockSection } from './clock.js';
import { faultsSection } from './faults.js';
import { noticeOf } from './notice.js';
import { requestsSection } from './requests.js';
import { PANEL_SCRIPT } from './script.js';
import type { PanelSection, PanelView } from './section.js';
import { appsSection, endpointsSection, usersSection } from './setup.js';
import { stubsSection } from './stubs.js';
import { PANEL_STYLES } from './styles.js';

/** The sections beside the log, in this order. */
const SIDE: readonly PanelSection[] = [
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
export function showPanel(request: HttpRequest, context: EmulatorContext, problem?: string): HttpResponse {
  const { scheme, path, headers, form = new URLSearchParams() } = request;
  const query = panelQuery(request);
  const view: PanelView = {
    origin: `${scheme}://${headers.host}`,
    query,
    submitted: problem === undefined ? undefined : { path, form, notice: noticeOf(problem) },
  };
  const main = html`<header class="panel-header">
<h1>${bilingual(TITLE)}</h1>
<p class="hint live-only">${bilingual({ ko: '실시간으로 갱신됩니다.', en: 'Live.' })}</p>
<p class="hint not-live">${bilingual({
    ko: '지금은 자동으로 갱신되지 않습니다.',
    en: 'Not live at the moment.',
  })} <a href="${`${PANEL_PATH}?${query}`}">${bilingual({ ko: '새로고침', en: 'Refresh' })}</a></p>
<nav aria-label="${TITLE.ko} ${TITLE.en}">
${SIDE.map(({ id, title }) => html`<a href="#${id}">${bilingual(title)}</a>\n`)}</nav>
</header>
<div class="panel">
${sectionOf(requestsSection, context, view)}<div class="side">
${SIDE.map(section => sectionOf(section, context, view))}</div>
</div>`;
  return panelResponse(
    {
      status: problem === undefined ? 200 : 422,
      title: TITLE,
      main,
      styles: PANEL_STYLES,
      script: PANEL_SCRIPT,
    },
    languageOf(headers),
  );
}

/** Where the browser goes after a form of a section was submitted. */
export function panelURL(request: HttpRequest, section = ''): string {
  const query = panelQuery(request);
  return `${PANEL_PATH}${query.size > 0 ? `?${query}` : ''}#${section}`;
}

/** The filter of the log. The path of a form has none, but the page that it was on, which stays filtered. */
function panelQuery({ method, query, headers: { referer = '' } }: HttpRequest): URLSearchParams {
  if (method === 'GET') return query;
  return new URLSearchParams(URL.canParse(referer) ? new URL(referer).search : '');
}

const TITLE = { ko: '개발자 패널', en: 'Developer panel' };

function sectionOf({ id, title, render }: PanelSection, context: EmulatorContext, view: PanelView): HTML {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${bilingual(title)}</h2>
${render(context, view)}</section>
`;
}
