import type { Reply } from '../http/response.js';
import { bilingual, html, nothing } from '../pages/html.js';
import { panelReply } from '../pages/layout.js';
import { panelPaths } from '../pages/panel-paths.js';
import type { Kakao } from '../state.js';
import { clockSection } from './clock.js';
import { faultsSection } from './faults.js';
import { requestsSection } from './requests.js';
import { appsSection, endpointsSection, usersSection } from './setup.js';

/**
 * The developer panel.
 *
 * @param mistake - what was wrong with a form of it.
 */
export function panelPage(kakao: Kakao, origin: string, mistake?: string): Reply {
  return panelReply(
    mistake === undefined ? 200 : 422,
    '개발자 패널 (Developer panel)',
    html`<header class="panel-header">
<h1>${bilingual({ ko: '개발자 패널', en: 'Developer panel' })}</h1>
<p class="hint">${bilingual({
      ko: '이 페이지는 스스로 갱신되지 않습니다.',
      en: 'This page does not refresh itself.',
    })} <a href="${panelPaths.panel}">${bilingual({ ko: '새로고침', en: 'Refresh' })}</a></p>
</header>
${mistake === undefined ? nothing : html`<p class="notice" role="alert" lang="en" tabindex="-1" autofocus>${mistake}</p>`}
${requestsSection(kakao)}
${faultsSection(kakao)}
${clockSection(kakao)}
${appsSection(kakao)}
${usersSection(kakao)}
${endpointsSection(origin)}`,
  );
}
