import type { Bilingual } from '../consent-catalog.js';
import { explanationOf, Refusal } from '../errors/authorize-error.js';
import type { Reply } from '../http/response.js';
import { bilingual, type HTML, html, nothing } from './html.js';
import { pageReply } from './layout.js';

/** Shows Kakao's error page in place of a reply that Kakao refuses to give. */
export function orRefusalPage(reply: () => Reply): Reply {
  try {
    return reply();
  } catch (error) {
    if (error instanceof Refusal) return refusalPage(error);
    throw error;
  }
}

/** Kakao's own error page: the browser stays here, and the app is told nothing. */
export function refusalPage(refusal: Refusal): Reply {
  const { code, detail, fix } = refusal;
  const { title, cause, remedy } = explanationOf(code);
  // Assumption (error-page-status): that the page is an HTTP 400. Only that it is Kakao's, and no redirect, has been observed.
  const reply = pageReply(
    400,
    `${code} · ${title.ko} (${title.en})`,
    html`<header>
<p class="code">${code}</p>
<h1>${bilingual(title)}</h1>
</header>
<p class="detail">${bilingual(detail)}</p>
<div class="explained">
${passage({ ko: '원인', en: 'Cause' }, bilingual(cause))}
${passage({ ko: '해결 방법', en: 'Remedy' }, bilingual(remedy))}
${fix ? passage({ ko: '이 에뮬레이터에서는', en: 'In this emulator' }, html`<code>${fix}</code>`) : nothing}
</div>
<p class="hint">${bilingual({
      ko: '카카오는 이런 설정 오류를 자체 화면에만 표시합니다. 앱으로 리다이렉트하지 않으므로 앱은 이 오류를 알 수 없습니다.',
      en: 'Kakao shows such faults on a page of its own and does not redirect: the app never hears of them.',
    })}</p>`,
  );
  return { ...reply, code, refusal };
}

/** For a consent screen that was answered already, or too late. */
export function expiredPage(): Reply {
  return pageReply(
    400,
    '만료된 동의 화면 (Consent screen expired)',
    html`<header>
<h1>${bilingual({ ko: '만료된 동의 화면입니다', en: 'This consent screen has expired' })}</h1>
</header>
<div class="explained">
${passage(
  { ko: '원인', en: 'Cause' },
  bilingual({
    ko: '이미 응답했거나 10분이 지난 동의 화면입니다.',
    en: 'It was answered before, or more than 10 minutes ago.',
  }),
)}
${passage(
  { ko: '해결 방법', en: 'Remedy' },
  bilingual({ ko: '앱으로 돌아가 처음부터 다시 시작하세요.', en: 'Go back to the app and start again.' }),
)}
</div>`,
  );
}

function passage(title: Bilingual, text: HTML): HTML {
  return html`<section>
<h2>${bilingual(title)}</h2>
<p class="passage">${text}</p>
</section>`;
}
