import type { KoreanAndEnglish } from 'passport-kakao-business';
import { type Language, say } from '../language.js';
import type { Visitor } from '../visitor.js';
import { type HTML, html } from './html.js';

interface Page {
  title: KoreanAndEnglish;
  visitor: Visitor;
  main: HTML;
  /** The URL of this page for the language switch; the start page by default. */
  address?: string | undefined;
  /** Whether to link to the tour of problems, which the emulator enables. Default `true`. */
  tourLink?: boolean;
}

/** A complete document in the visitor's language, with the common layout. */
export const layout = ({ title, visitor, main, address = '/', tourLink = true }: Page): string =>
  `<!doctype html>\n${html`<html lang="${visitor.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${appName}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header class="bar">
<a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28">${appName}</a>
${otherLanguage(visitor.language, address)}
${visitor.user && signOut(visitor)}
</header>
<main>
${main}
</main>
<footer>
<p>${say('passport-kakao-business의 예제 앱입니다. 카카오의 서비스가 아닙니다.', 'A demo of passport-kakao-business, not a service of Kakao.')}</p>
${visitor.tour && tourLink && linkToTour}
</footer>
</body>
</html>
`.in(visitor.language)}`;

const appName = say('애드데스크', 'Ad Desk');

function otherLanguage(current: Language, address: string): HTML {
  const other = current === 'ko' ? 'en' : 'ko';
  const href = `${address}${address.includes('?') ? '&' : '?'}lang=${other}`;
  return html`<a class="language" href="${href}" hreflang="${other}" lang="${other}">${say('English', '한국어')}</a>`;
}

const linkToTour = html`<p><a href="/problems">${say('오류 화면 둘러보기', 'A tour of problems')}</a></p>`;

/** A form that changes something, with the CSRF token of the session. */
export const postForm = (action: string, visitor: Visitor, fields: HTML): HTML =>
  html`<form method="post" action="${action}">
<input type="hidden" name="formToken" value="${visitor.formToken}">
${fields}
</form>`;

const signOut = (visitor: Visitor): HTML =>
  postForm('/logout', visitor, html`<button class="quiet">${say('로그아웃', 'Sign out')}</button>`);
