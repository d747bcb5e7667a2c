import { say } from '../language.js';
import type { Problem } from '../problems.js';
import type { Visitor } from '../visitor.js';
import { type HTML, html } from './html.js';
import { layout } from './layout.js';

/** The page for everything that does not go as it should. */
export const problemPage = (problem: Problem, visitor: Visitor): string =>
  layout({
    title: problem.title,
    visitor,
    main: html`<section class="card problem" aria-labelledby="problem">
<p class="status">${String(problem.status)}</p>
<h1 id="problem">${problem.title}</h1>
<p class="text">${problem.text}</p>
<div class="actions">
${problem.tryAgain && html`<a class="button" href="${problem.tryAgain}">${say('다시 시도', 'Try again')}</a>`}
<a class="button plain" href="/">${visitor.user ? say('내 프로필', 'My profile') : say('처음으로', 'Start page')}</a>
</div>
${operatorNote(problem)}
</section>`,
  });

/** What helps whoever runs the app. Nothing in it is secret, but users need not understand it. */
export const operatorNote = ({ code, hint }: Problem): HTML =>
  html`${
    (code ?? hint) &&
    html`<aside class="operator" aria-labelledby="operator">
<p class="label" id="operator">${say('운영자용', 'For the operator')}</p>
${hint && html`<p lang="en">${hint}</p>`}
${code && html`<p><code>${code}</code></p>`}
</aside>`
  }`;
