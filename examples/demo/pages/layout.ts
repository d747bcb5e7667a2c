import type { Visitor } from '../visitor.js';
import { both, type HTML, html } from './html.js';

interface Page {
  title: string;
  visitor: Visitor;
  main: HTML;
}

/** A whole document: the same frame around every page. */
export const layout = ({ title, visitor, main }: Page): string =>
  `<!doctype html>\n${
    html`<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · 애드데스크 Ad Desk</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header class="bar">
<a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28">애드데스크 <span lang="en">Ad Desk</span></a>
${visitor.user && signOut(visitor)}
</header>
<main>
${main}
</main>
<footer>
<p>${both('passport-kakao-business의 예제 앱입니다. 카카오의 서비스가 아닙니다.', 'A demo of passport-kakao-business, not a service of Kakao.')}</p>
</footer>
</body>
</html>
`.text
  }`;

/** A form that changes something, and so carries the token of the session. */
export const postForm = (action: string, visitor: Visitor, fields: HTML): HTML =>
  html`<form method="post" action="${action}">
<input type="hidden" name="formToken" value="${visitor.formToken}">
${fields}
</form>`;

const signOut = (visitor: Visitor): HTML =>
  postForm('/logout', visitor, html`<button class="quiet">${both('로그아웃', 'Sign out')}</button>`);
