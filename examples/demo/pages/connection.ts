import type { KakaoBusinessAgreement, TokenInfo } from 'passport-kakao-business';
import { say } from '../language.js';
import type { Problem } from '../problems.js';
import type { KakaoBusinessConnection } from '../users.js';
import type { Visitor } from '../visitor.js';
import { consentList } from './consent-list.js';
import { factList } from './facts.js';
import { groupName } from './groups.js';
import { type HTML, html } from './html.js';
import { postForm } from './layout.js';
import { problemAlert } from './problem.js';
import { time } from './time.js';

/** Kakao's response to a token check. */
export type TokenCheck = { answer: TokenInfo } | { problem: Problem };

/** The user's consent and ad accounts, with the available actions. */
export const connection = (
  { consents, profile, connectedAt, lastCheck }: KakaoBusinessConnection,
  visitor: Visitor,
  check: TokenCheck | undefined,
): HTML => html`<div class="columns">
<section class="card" aria-labelledby="allowed">
<h2 id="allowed">${say('허용한 항목', 'What I allowed')}</h2>
${consents.length > 0 ? consentList(consents) : noConsents}
</section>
<section class="card" aria-labelledby="accounts">
<h2 id="accounts">${say('내 광고계정', 'My ad accounts')}</h2>
${profile.agreements.length > 0 ? adAccounts(profile.agreements) : noAccounts}
<p class="more"><a href="/ad-accounts">${say('이름, 역할, 상태 보기', 'See names, roles and states')}</a></p>
</section>
</div>
<section class="card" aria-labelledby="connection">
<h2 id="connection">${say('연결 관리', 'The connection')}</h2>
${check && checkResult(check)}
${factList([
  [say('연결 시각', 'Connected'), time(connectedAt)],
  [say('토큰', 'Token'), lastCheck ? tokenStatus(lastCheck) : notChecked],
])}
<div class="actions">
${postForm('/check#connection', visitor, html`<button class="button">${say('토큰 확인', 'Check the token')}</button>`)}
<a class="button plain" href="/connect/kakao-business">${say('다시 동의하기', 'Agree again')}</a>
${postForm('/disconnect', visitor, html`<button class="button danger">${say('연결 해제', 'Disconnect')}</button>`)}
</div>
<p class="fine">${say(
  '다시 동의하면 광고계정을 새로 고를 수 있습니다. 연결을 해제하면 카카오에서 토큰이 폐기되고, 다시 연결하려면 다시 동의해야 합니다.',
  'Agree again to choose other ad accounts. Disconnecting revokes the token at Kakao; to connect again, agree again.',
)}</p>
</section>
<details>
<summary>${say('개발자용: 프로필 JSON', 'For developers: the profile as JSON')}</summary>
<pre tabindex="0">${JSON.stringify(profile, null, 2)}</pre>
</details>`;

const noConsents = html`<p class="none">${say(
  '동의하신 항목을 카카오가 알려 주지 않았습니다.',
  'Kakao did not say what you agreed to.',
)}</p>`;

const noAccounts = html`<p class="none">${say(
  '선택한 광고계정이 없습니다. 다시 동의하면 고를 수 있습니다.',
  'No ad account was chosen. Agree again to choose some.',
)}</p>`;

function adAccounts(agreements: readonly KakaoBusinessAgreement[]): HTML {
  const groups = [...new Set(agreements.map(({ group }) => group))];
  return html`${groups.map(group => {
    const ids = agreements
      .filter(agreement => agreement.group === group)
      .flatMap(({ adAccountIDs }) => adAccountIDs);
    return html`<h3>${groupName(group)}</h3>
${ids.length > 0 ? html`<ul class="accounts">${[...new Set(ids)].map(adAccount)}</ul>` : noAccounts}`;
  })}`;
}

const adAccount = (id: string): HTML =>
  html`<li>${id === '*' ? say('모든 광고계정', 'All ad accounts') : html`<code>${id}</code>`}</li>`;

const notChecked = say('아직 확인하지 않았습니다', 'not checked yet');

const tokenStatus = ({ at, works }: NonNullable<KakaoBusinessConnection['lastCheck']>): HTML =>
  html`${works ? say('유효함', 'works') : say('만료되었거나 해제됨', 'expired or revoked')} (${time(at)})`;

function checkResult(check: TokenCheck): HTML {
  if ('problem' in check) return problemAlert(check.problem);
  return html`<div class="notice" role="status">
<p>${say('토큰은 유효합니다.', 'The token works.')}</p>
</div>
<details>
<summary>${say('개발자용: 카카오의 응답', 'For developers: Kakao’s response')}</summary>
<pre tabindex="0">${JSON.stringify(check.answer, null, 2)}</pre>
</details>`;
}
