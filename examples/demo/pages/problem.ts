import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';
import type { OperatorNote, Problem } from '../problems.js';
import type { Visitor } from '../visitor.js';
import { factList } from './facts.js';
import { type HTML, html } from './html.js';
import { layout } from './layout.js';

/** The error page; the language switch leads to the address, or to the start page. */
export const problemPage = (problem: Problem, visitor: Visitor, address?: string): string =>
  layout({
    title: problem.title,
    visitor,
    address,
    main: html`<section class="card problem" aria-labelledby="problem">
<p class="status">${String(problem.status)}</p>
<h1 id="problem">${problem.title}</h1>
<p class="text">${problem.text}</p>
${problem.reference && html`<p class="reference">${say('문의 번호', 'Reference')} <code>${problem.reference}</code></p>`}
<div class="actions">
${problem.again && problem.startAt && html`<a class="button" href="${problem.startAt}">${problem.again}</a>`}
<a class="button plain" href="/">${visitor.user ? say('내 프로필', 'My profile') : say('처음으로', 'Start page')}</a>
</div>
${operatorNote(problem.operator)}
</section>`,
  });

/**
 * A problem on a page that goes on.
 *
 * @param part of the page that it is about, where a page may have several problems.
 */
export const problemAlert = (problem: Problem, part?: PartOfPage): HTML =>
  html`<div class="alert" role="alert">
<p><strong>${problem.title}</strong></p>
<p>${problem.text}</p>
${problem.reference && html`<p>${say('문의 번호', 'Reference')} <code>${problem.reference}</code></p>`}
</div>
${operatorNote(problem.operator, part)}`;

interface PartOfPage {
  id: string;
  name: KoreanAndEnglish;
}

/** The note for the operator of the app. */
const operatorNote = (note: OperatorNote | undefined, part?: PartOfPage): HTML | undefined => {
  if (!note) return undefined;
  const id = part ? `${part.id}-operator` : 'operator';
  return html`<aside class="operator" aria-labelledby="${id}">
<h2 id="${id}">${say('운영자용', 'For the operator')}${part && html`: ${part.name}`}</h2>
<p class="fine">${say(
    '데모라서 보여 드립니다. 실제 서비스에서는 로그에 남기세요.',
    'Shown because this is a demo. In your app, write it to the log.',
  )}</p>
${note.hint && html`<p${typeof note.hint === 'string' && html` lang="en"`}>${note.hint}</p>`}
${factList(note.codes.map(([name, code]) => [name, html`<code>${code}</code>`]))}
</aside>`;
};
