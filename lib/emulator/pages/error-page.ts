import type { KoreanAndEnglish } from '../consent-items.js';
import type { AuthorizeError } from '../errors/authorize-error.js';
import { ERROR_PAGES } from '../errors/codes.js';
import type { HttpResponse } from '../http/response.js';
import { CODE_LIFETIME_MINUTES } from '../state.js';
import { bilingual, type HTML, html, NOTHING } from './html.js';
import type { Language } from './language.js';
import { pageResponse } from './layout.js';

/**
 * Kakao's error page.
 *
 * @param fix what mends the error in this emulator: lines of code.
 */
export function errorPage(
  { status, headers, code, detail }: AuthorizeError,
  language: Language,
  fix: readonly string[] = [],
): HttpResponse {
  const { title, cause, remedy } = ERROR_PAGES[code];
  const main = html`<header>
<p class="code">${code}</p>
<h1>${bilingual(title)}</h1>
</header>
<p class="detail">${bilingual(detail)}</p>
<div class="explained">
${passage({ ko: '원인', en: 'Cause' }, bilingual(cause))}
${passage({ ko: '해결 방법', en: 'Remedy' }, bilingual(remedy))}
${fix.length > 0 ? passage({ ko: '이 에뮬레이터에서는', en: 'In this emulator' }, html`${fix.map(line => html`<code>${line}</code>`)}`) : NOTHING}
</div>
<p class="hint">${bilingual({
    ko: '카카오는 이런 설정 오류를 자체 화면에만 표시합니다. 앱으로 리다이렉트하지 않으므로 앱은 이 오류를 알 수 없습니다.',
    en: 'Kakao shows such errors on its own page and does not redirect, so the app cannot see them.',
  })}</p>`;
  const titles = { ko: `${code} · ${title.ko}`, en: `${code} · ${title.en}` };
  const page = pageResponse({ status, title: titles, main }, language);
  return { ...page, headers: { ...page.headers, ...headers } };
}

/** The page for a consent screen that was already submitted, or has expired. */
export function expiredPage(language: Language): HttpResponse {
  const main = html`<header>
<h1>${bilingual({ ko: '만료된 동의 화면입니다', en: 'This consent screen has expired' })}</h1>
</header>
<div class="explained">
${passage(
  { ko: '원인', en: 'Cause' },
  bilingual({
    ko: `이미 응답했거나 ${CODE_LIFETIME_MINUTES}분이 지난 동의 화면입니다.`,
    en: `It was already submitted, or is more than ${CODE_LIFETIME_MINUTES} minutes old.`,
  }),
)}
${passage(
  { ko: '해결 방법', en: 'Remedy' },
  bilingual({ ko: '앱으로 돌아가 처음부터 다시 시작하세요.', en: 'Go back to the app and start again.' }),
)}
</div>`;
  const title = { ko: '만료된 동의 화면', en: 'Consent screen expired' };
  return pageResponse({ status: 400, title, main }, language);
}

function passage(title: KoreanAndEnglish, text: HTML): HTML {
  return html`<section>
<h2>${bilingual(title)}</h2>
<p class="passage">${text}</p>
</section>`;
}
