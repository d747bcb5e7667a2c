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
  /** The URL of the emulator's developer panel. */
  panel: string;
}

/** The page that lists the problems, each with a button to show it. */
export const tourPage = ({ visitor, kakaosOwn, panel }: Tour): string =>
  layout({
    title: say('오류 화면 둘러보기', 'A tour of problems'),
    visitor,
    address: '/problems',
    main: html`<header class="pitch">
<h1>${say('오류 화면 둘러보기', 'A tour of problems')}</h1>
<p class="lead">${say(
      '로그인하는 동안이나 로그인한 뒤에 생길 수 있는 오류를 하나씩 실제로 일으켜, 사용자와 운영자가 보게 될 화면을 보여 줍니다. 동의 화면에서는 첫 번째 테스트 사용자가 대신 동의합니다.',
      'Causes each failure that can happen in a sign-in and after it, and shows what the user and the operator see. On the consent screen the first test user agrees for you.',
    )}</p>
</header>
${section('refusals', say('사용자와 브라우저', 'Users and their browsers'), refusals, visitor)}
${section('failures', say('카카오', 'Kakao'), failures, visitor)}
${section('ad-refusals', say('로그인 뒤의 광고 API', 'The ad APIs, after the sign-in'), adRefusals, visitor)}
${section('own-faults', say('앱', 'The app itself'), ownFaults, visitor)}
<section class="card" aria-labelledby="kakaos-own">
<h2 id="kakaos-own">${say('카카오 자체 오류 화면', 'Kakao’s own error page')}</h2>
<p class="fine">${say(
      '인증 요청, 앱 설정, 사용자 계정에 문제가 있으면 카카오가 자체 화면에 오류를 표시합니다. 앱으로 리다이렉트하지 않으므로 앱은 이 오류를 알 수 없습니다.',
      'Kakao shows faults of the authorization request, the app settings and the user’s account on its own page. It does not redirect to the app, so the app cannot see them.',
    )}</p>
<ul class="stops">
${kakaosOwn.map(
  ({ code, name, how, url }) => html`<li><div>
<p><a href="${url.href}">${name}</a> <code>${code}</code></p>
${how && html`<p class="allows">${how}</p>`}
</div></li>`,
)}
</ul>
<p class="fine">${say(
      'KOE003, KOE126, KOE127은 에뮬레이터의 설정으로는 생기지 않습니다. 다음 요청의 오류로 지정해 보세요:',
      'No setting of the emulator leads to KOE003, KOE126 and KOE127. Choose them for the next request in',
    )} <a href="${panel}">${say('에뮬레이터 패널', 'the emulator’s panel')}</a></p>
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
