import { createHash } from 'node:crypto';
import type { HttpResponse } from '../http/response.js';
import { PANEL_PATH } from '../paths.js';
import { bilingual, HTML, html } from './html.js';
import { STYLES } from './styles.js';

/** A page in place of one of Kakao, with a link to the developer panel. */
export function pageResponse(status: number, title: string, main: HTML): HttpResponse {
  return { status, headers: HEADERS, body: toDocument(title, html`${main}${PANEL_LINK}`) };
}

/** The developer panel. Its forms send their origin, which the CSRF check needs. */
export function panelResponse(status: number, title: string, main: HTML): HttpResponse {
  const headers = { ...HEADERS, 'referrer-policy': 'same-origin' };
  return { status, headers, body: toDocument(title, main) };
}

const PANEL_LINK = html`
<p class="panel-link"><a href="${PANEL_PATH}">${bilingual({ ko: '에뮬레이터 개발자 패널', en: 'Developer panel of the emulator' })}</a></p>`;

const STYLE_HASH = createHash('sha256').update(STYLES).digest('base64');

const HEADERS = {
  'content-type': 'text/html;charset=UTF-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    // Not 'self': Chromium also applies form-action to the redirects back to the app and beyond.
    'form-action http: https:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

function toDocument(title: string, main: HTML): string {
  return html`<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new HTML(STYLES)}</style>
</head>
<body>
<header class="emulator"><span><strong>에뮬레이터입니다. 카카오가 아닙니다.</strong> 모든 데이터는 가짜이며 카카오로 전송되지 않습니다.</span> <span lang="en"><strong>An emulator, not Kakao.</strong> All data is made up, and none goes to Kakao.</span></header>
<main>
${main}
</main>
</body>
</html>
`.text;
}
