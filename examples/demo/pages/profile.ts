import type { KakaoBusinessAgreement, TokenInfo } from 'passport-kakao-business';
import type { Problem } from '../problems.js';
import type { KakaoBusinessConnection, User } from '../users.js';
import type { Notice, Visitor } from '../visitor.js';
import { consentList } from './consent-list.js';
import { both, type HTML, html } from './html.js';
import { layout, postForm } from './layout.js';
import { operatorNote } from './problem.js';

/** What Kakao said about the token, when it was asked. */
export type TokenCheck = { answer: TokenInfo } | { problem: Problem };

interface Profile {
  visitor: Visitor;
  user: User;
  notice?: Notice | undefined;
  check?: TokenCheck;
}

/** The page of a signed-in user: who I am, what I allowed, on which ad accounts. */
export function profilePage({ visitor, user, notice, check }: Profile): string {
  const { kakaoBusiness } = user;
  return layout({
    title: '내 프로필 (My profile)',
    visitor,
    main: html`${notice && html`<p class="notice" role="status">${notices[notice]}</p>`}
${identity(user)}
${kakaoBusiness ? connected(kakaoBusiness, visitor, check) : notConnected}`,
  });
}

const notices: Record<Notice, HTML> = {
  connected: both('카카오 비즈니스를 연결했습니다.', 'Kakao Business is connected.'),
  disconnected: both(
    '연결을 해제했습니다. 토큰은 이제 쓸 수 없습니다.',
    'Disconnected. The token works no more.',
  ),
  'already-disconnected': both(
    '카카오에서 이미 해제된 연결이었습니다. 이곳에서도 지웠습니다.',
    'It was disconnected at Kakao before. It is forgotten here as well.',
  ),
};

function identity({ username, kakaoBusiness }: User): HTML {
  const { profile } = kakaoBusiness ?? {};
  const email = profile?.emails?.[0].value;
  const name = username ?? email;
  return html`<header class="identity">
<p class="avatar" aria-hidden="true">${name?.slice(0, 1).toUpperCase() ?? '?'}</p>
<div>
<h1>${name ?? both('카카오 비즈니스 사용자', 'Kakao Business user')}</h1>
<dl>
${fact(both('로그인', 'Signs in with'), username ? both('비밀번호', 'a password') : both('카카오 비즈니스', 'Kakao Business'))}
${profile && (username || !email) && fact(both('이메일', 'Email'), email ? html`${email}` : both('없음', 'none'))}
${profile && fact(both('카카오 비즈니스 ID', 'Kakao Business ID'), html`<code>${profile.id}</code>`)}
</dl>
</div>
</header>`;
}

const fact = (name: HTML, value: HTML): HTML => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const notConnected = html`<section class="card connect" aria-labelledby="connect">
<div>
<h2 id="connect">${both('아직 연결된 카카오 비즈니스가 없습니다', 'Kakao Business is not connected')}</h2>
<p>${both(
  '연결하면 허용한 광고계정을 이곳에서 운영할 수 있습니다. 지금의 로그인은 그대로 유지됩니다.',
  'Connect it to run the ad accounts you allow. You stay signed in as you are.',
)}</p>
</div>
<a class="button kakao" href="/connect/kakao-business">${both('카카오 비즈니스 연결', 'Connect Kakao Business')}</a>
</section>`;

function connected(
  { consents, profile }: KakaoBusinessConnection,
  visitor: Visitor,
  check: TokenCheck | undefined,
): HTML {
  return html`<div class="columns">
<section class="card" aria-labelledby="allowed">
<h2 id="allowed">${both('허용한 항목', 'What I allowed')}</h2>
${consentList(consents)}
</section>
<section class="card" aria-labelledby="accounts">
<h2 id="accounts">${both('내 광고계정', 'My ad accounts')}</h2>
${profile.agreements.length > 0 ? profile.agreements.map(adAccounts) : none}
</section>
</div>
<section class="card" aria-labelledby="connection">
<h2 id="connection">${both('연결 관리', 'The connection')}</h2>
${check && checkResult(check)}
<div class="actions">
${postForm('/check#connection', visitor, html`<button class="button">${both('토큰 확인', 'Check the token')}</button>`)}
<a class="button plain" href="/connect/kakao-business">${both('다시 동의하기', 'Agree again')}</a>
${postForm('/disconnect', visitor, html`<button class="button danger">${both('연결 해제', 'Disconnect')}</button>`)}
</div>
</section>
<details>
<summary>${both('프로필 JSON', 'The profile as JSON')}</summary>
<pre tabindex="0">${JSON.stringify(profile, null, 2)}</pre>
</details>`;
}

const groupNames: Record<string, HTML> = {
  MOMENT: both('카카오모먼트', 'Kakao Moment'),
  KEYWORD: both('키워드광고', 'Keyword Ad'),
};

function adAccounts({ group, adAccountIDs }: KakaoBusinessAgreement): HTML {
  return html`<h3>${groupNames[group] ?? html`${group}`}</h3>
${adAccountIDs.length > 0 ? html`<ul class="accounts">${adAccountIDs.map(adAccount)}</ul>` : none}`;
}

const adAccount = (id: string): HTML =>
  html`<li>${
    id === '*'
      ? both('모든 광고계정, 앞으로 생길 계정 포함', 'All ad accounts, those to come included')
      : html`<code>${id}</code>`
  }</li>`;

const none = html`<p class="none">${both('선택한 광고계정이 없습니다.', 'No ad account was chosen.')}</p>`;

function checkResult(check: TokenCheck): HTML {
  if ('problem' in check) {
    const { title, text } = check.problem;
    return html`<div class="alert" role="alert">
<p><strong>${both(title.ko, title.en)}</strong></p>
<p>${both(text.ko, text.en)}</p>
</div>
${operatorNote(check.problem)}`;
  }
  return html`<div class="notice" role="status">
<p>${both('토큰은 유효합니다. 카카오의 답:', 'The token works. Kakao answered:')}</p>
<pre tabindex="0">${JSON.stringify(check.answer, null, 2)}</pre>
</div>`;
}
