import { say } from '../language.js';
import { consentsAskedFor } from '../passport.js';
import { demoUser } from '../users.js';
import type { Visitor } from '../visitor.js';
import { consentList } from './consent-list.js';
import { type HTML, html } from './html.js';
import { layout, postForm } from './layout.js';

/** Kakao, or the emulator. */
export interface KakaoSite {
  /** The host of the consent screen. */
  host: string;
  /** The URL of the emulator's developer panel. */
  panel: string | undefined;
}

interface Home {
  visitor: Visitor;
  kakaoSite: KakaoSite;
  /** The path to return to after the sign-in. */
  returnTo: string;
  wrongPassword?: boolean;
}

/** The start page for visitors: both ways to sign in, and the consent items. */
export const homePage = (home: Home): string =>
  layout({
    title: say('로그인', 'Sign in'),
    visitor: home.visitor,
    address: `/?returnTo=${encodeURIComponent(home.returnTo)}`,
    main: html`<div class="home">
<div class="pitch">
<h1>${say('흩어진 광고계정을 한눈에', 'All your ad accounts on one desk')}</h1>
<p class="lead">${say(
      '카카오 비즈니스 인증으로 로그인하면, 허용한 광고계정의 이름과 역할, 상태를 한곳에서 볼 수 있습니다.',
      'Sign in with Kakao Business Authentication, and see the ad accounts that you allow: names, roles and states.',
    )}</p>
</div>
<section class="card sign-in" aria-labelledby="sign-in">
<h2 id="sign-in">${say('로그인', 'Sign in')}</h2>
${kakaoSignIn(home)}
<p class="or"><span>${say('또는', 'or')}</span></p>
${passwordSignIn(home)}
</section>
<section class="asked" aria-labelledby="asked">
<h2 id="asked">${say('요청하는 동의항목', 'Consent items that we request')}</h2>
${consentList(consentsAskedFor)}
</section>
${home.kakaoSite.panel && moreToTry(home.kakaoSite.panel)}
</div>`,
    tourLink: false,
  });

const moreToTry = (panel: string): HTML => html`<section class="more-to-try" aria-labelledby="more">
<h2 id="more">${say('더 해 보기', 'More to try')}</h2>
<ul>
<li><p class="name"><a href="/problems">${say('오류 화면 둘러보기', 'A tour of problems')}</a></p>
<p class="allows">${say(
  '동의 취소부터 카카오 장애까지, 모든 오류를 버튼으로 일으켜 봅니다.',
  'Every failure at the press of a button, from a cancelled consent to an outage of Kakao.',
)}</p></li>
<li><p class="name"><a href="${panel}">${say('에뮬레이터 패널', 'The emulator’s panel')}</a></p>
<p class="allows">${say(
  '앱이 카카오에 보낸 요청을 보고, 다음 요청이 실패하게 합니다.',
  'See what the app sends to Kakao, and make its next request fail.',
)}</p></li>
<li><p class="name"><a href="/own-keys">${say('내 앱 키로 실행하기', 'Use your own keys')}</a></p>
<p class="allows">${say(
  '에뮬레이터 대신 실제 카카오에 연결합니다. 필요한 설정을 안내합니다.',
  'Connect to Kakao instead of the emulator. With a list of what to set up.',
)}</p></li>
</ul>
</section>`;

const kakaoSignIn = ({ kakaoSite, returnTo }: Home): HTML =>
  html`<a class="button kakao" href="/auth/kakao-business?returnTo=${encodeURIComponent(returnTo)}">${say(
    '카카오 비즈니스로 로그인',
    'Sign in with Kakao Business',
  )}</a>
<p class="fine">${say('동의 화면', 'Consent screen')}: <code>${kakaoSite.host}</code>${kakaoSite.panel && say(' (로컬 에뮬레이터)', ' (a local emulator)')}</p>`;

const passwordSignIn = ({ visitor, returnTo, wrongPassword = false }: Home): HTML =>
  postForm(
    '/login',
    visitor,
    html`<input type="hidden" name="returnTo" value="${returnTo}">
${
  wrongPassword &&
  html`<p class="alert" role="alert" id="wrong">${say(
    '아이디 또는 비밀번호가 맞지 않습니다.',
    'The username or password is wrong.',
  )}</p>`
}
<p class="field"><label for="username">${say('아이디', 'Username')}</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required${describedBy(wrongPassword)}></p>
<p class="field"><label for="password">${say('비밀번호', 'Password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${describedBy(wrongPassword)}></p>
<p class="fine">${say('체험용 계정', 'Test account')}: <code>${demoUser.username}</code> / <code>${demoUser.password}</code></p>
<button class="button">${say('비밀번호로 로그인', 'Sign in with a password')}</button>`,
  );

const describedBy = (wrongPassword: boolean): HTML | false =>
  wrongPassword && html` aria-invalid="true" aria-describedby="wrong"`;
