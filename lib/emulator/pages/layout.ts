import type { KoreanAndEnglish } from '../consent-items.js';
import type { HttpResponse } from '../http/response.js';
import { PANEL_PATH } from '../paths.js';
import { bilingual, type HTML, html, NOTHING } from './html.js';
import { type Inline, inline } from './inline.js';
import { LANGUAGE_COOKIE, type Language } from './language.js';
import { STYLES } from './styles.js';

/** A page in both languages, of which it shows one. */
export interface Page {
  status: number;
  title: KoreanAndEnglish;
  main: HTML;
  /** More styles. */
  styles?: Inline;
  /** A script that may send requests to the emulator. */
  script?: Inline;
}

/** A page in place of one of Kakao, with a link to the developer panel. */
export function pageResponse(page: Page, language: Language): HttpResponse {
  return documentResponse({ ...page, main: html`${page.main}${PANEL_LINK}` }, language, 'no-referrer');
}

/** The developer panel. Its forms send their origin, which the CSRF check needs. */
export function panelResponse(page: Page, language: Language): HttpResponse {
  return documentResponse(page, language, 'same-origin');
}

const PANEL_LINK = html`
<p class="panel-link"><a href="${PANEL_PATH}">${bilingual({ ko: '에뮬레이터 개발자 패널', en: 'Developer panel of the emulator' })}</a></p>`;

function documentResponse(page: Page, language: Language, referrerPolicy: string): HttpResponse {
  const { status, title, main } = page;
  const styles = page.styles ? [STYLES, page.styles] : [STYLES];
  const scripts = page.script ? [LANGUAGE_SCRIPT, page.script] : [LANGUAGE_SCRIPT];
  return {
    status,
    headers: {
      'content-type': 'text/html;charset=UTF-8',
      'cache-control': 'no-store',
      'referrer-policy': referrerPolicy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': [
        "default-src 'none'",
        `style-src ${styles.map(({ source }) => source).join(' ')}`,
        `script-src ${scripts.map(({ source }) => source).join(' ')}`,
        ...(page.script ? ["connect-src 'self'"] : []),
        // Not 'self': Chromium also applies form-action to the redirects back to the app and beyond.
        'form-action http: https:',
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    },
    body: html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title[language]}</title>
${styles.map(({ text }) => html`<style>${text}</style>\n`)}</head>
<body>
<header class="emulator">
<p>${EMULATOR_NOTICE}</p>
${languageSwitch(title, language)}
</header>
<main>
${main}
</main>
${scripts.map(({ text }) => html`<script>${text}</script>\n`)}</body>
</html>
`.text,
  };
}

const EMULATOR_NOTICE = html`<strong>${bilingual({
  ko: '에뮬레이터입니다. 카카오가 아닙니다.',
  en: 'An emulator, not Kakao.',
})}</strong> ${bilingual({
  ko: '모든 데이터는 가짜이며 카카오로 전송되지 않습니다.',
  en: 'All data is fake, and nothing is sent to Kakao.',
})}`;

// Radio buttons and CSS, not a link: to load a consent screen again would be another request of the app, which the log
// shows and a fault meets.
function languageSwitch(title: KoreanAndEnglish, language: Language): HTML {
  const option = (value: Language, name: string): HTML => html`<span>
<input type="radio" name="language" id="language-${value}" value="${value}" data-title="${title[value]}" autocomplete="off"${value === language ? html` checked` : NOTHING}>
<label for="language-${value}" lang="${value}">${name}</label>
</span>
`;
  return html`<div class="choices" role="radiogroup" aria-label="언어 Language">
${option('ko', '한국어')}${option('en', 'English')}</div>`;
}

const LANGUAGE_SCRIPT = inline(`
for (const option of document.querySelectorAll('[name=language]')) {
  option.addEventListener('change', () => {
    document.cookie = '${LANGUAGE_COOKIE}=' + option.value + '; path=/; max-age=31536000; samesite=lax';
    document.documentElement.lang = option.value;
    document.title = option.dataset.title;
  });
}
`);
