import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';
import { type HTML, html } from '../pages/html.js';
import { layout, postForm } from '../pages/layout.js';
import type { Visitor } from '../visitor.js';
import type { KakaosOwnPage } from './kakao-pages.js';
import { adRefusals, failures, firstStep, ownFaults, refusals, type Stop } from './stops.js';

interface Tour {
  visitor: Visitor;
  kakaosOwn: readonly KakaosOwnPage[];
}

/** The page that lists the problems, each with a button to show it. */
export const tourPage = ({ visitor, kakaosOwn }: Tour): string =>
  layout({
    title: say('오류 화면 둘러보기', 'A tour of problems'),
    visitor,
    address: '/problems',
    main: html`<header class="pitch">
<h1>${say('오류 화면 둘러보기', 'A tour of problems')}</h1>
<p class="lead">${say(
      '로그인과 그 뒤에 잘못될 수 있는 일을 하나씩 실제로 일으켜, 사용자와 운영자가 무엇을 보는지 보여 줍니다. 동의 화면에서는 첫 번째 테스트 사용자가 대신 동의합니다.',
      'Makes happen, one by one, whatever can go wrong in a sign-in and after it, and shows what the user and the operator get to see. On the consent screen the first test user agrees in your place.',
    )}</p>
</header>
${section('refusals', say('사용자와 브라우저', 'Users and their browsers'), refusals, visitor)}
${section('failures', say('카카오', 'Kakao'), failures, visitor)}
${section('ad-refusals', say('로그인 뒤의 광고 API', 'The ad APIs, after the sign-in'), adRefusals, visitor)}
${section('own-faults', say('앱', 'The app itself'), ownFaults, visitor)}
<section class="card" aria-labelledby="kakaos-own">
<h2 id="kakaos-own">${say('카카오 자체 오류 화면', 'Kakao’s own error page')}</h2>
<p class="fine">${say(
      '인증 요청 자체가 틀리면 카카오가 자기 화면에 오류를 보여 줍니다. 앱은 아무것도 알 수 없습니다.',
      'Where the authorization request itself is at fault, Kakao shows it on a page of its own. The app hears nothing.',
    )}</p>
<ul class="stops">
${kakaosOwn.map(
  ({ code, name, url }) => html`<li><p><a href="${url.href}">${name}</a> <code>${code}</code></p></li>`,
)}
</ul>
</section>`,
  });

const section = (id: string, title: KoreanAndEnglish, stops: readonly Stop[], visitor: Visitor): HTML =>
  html`<section class="card" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<ul class="stops">
${stops.map(stop => stopItem(stop, visitor))}
</ul>
</section>`;

const stopItem = (stop: Stop, visitor: Visitor): HTML =>
  html`<li>
<div>
<p class="name">${stop.name}</p>
<p class="allows">${stop.how}</p>
<p class="fine"><code>${stop.outcome}</code></p>
</div>
${stopButton(stop, visitor)}
</li>`;

function stopButton(stop: Stop, visitor: Visitor): HTML {
  const first = firstStep(stop, visitor.user);
  if (first)
    return html`<a class="button plain" href="${first.path}" aria-label="${labelled(first.label, stop)}">${first.label}</a>`;
  const show = say('보기', 'Show');
  return postForm(
    `/problems/${stop.id}`,
    visitor,
    html`<button class="button plain" aria-label="${labelled(show, stop)}">${show}</button>`,
  );
}

const labelled = ({ ko, en }: KoreanAndEnglish, { name }: Stop): KoreanAndEnglish =>
  say(`${ko}: ${name.ko}`, `${en}: ${name.en}`);
