import { createHash } from 'node:crypto';
import type { Reply } from '../http/response.js';
import { bilingual, HTML, html } from './html.js';
import { panelPaths } from './panel-paths.js';
import { panelStylesheet } from './panel-stylesheet.js';
import { sharedStylesheet } from './styles.js';

/** A page of the emulator's Kakao. */
export function pageReply(status: number, title: string, main: HTML): Reply {
  return { status, headers: pageHeaders, body: toDocument(title, html`${main}${panelLink}`) };
}

/** A page of the emulator itself, whose forms tell where they are sent from. */
export function panelReply(status: number, title: string, main: HTML): Reply {
  const headers = { ...pageHeaders, 'referrer-policy': 'same-origin' };
  return { status, headers, body: toDocument(title, main) };
}

const panelLink = html`
<p class="panel-link"><a href="${panelPaths.panel}">${bilingual({ ko: '에뮬레이터 개발자 패널', en: 'Developer panel of the emulator' })}</a></p>`;

const stylesheet = sharedStylesheet + panelStylesheet;
const styleHash = createHash('sha256').update(stylesheet).digest('base64');

const pageHeaders = {
  'content-type': 'text/html;charset=UTF-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    // Not 'self': Chromium applies form-action to the redirects that follow, back to the app and onwards from there.
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
<style>${new HTML(stylesheet)}</style>
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
