import {
  AD_ACCOUNT_GROUP_NAMES,
  AD_ACCOUNT_GROUPS,
  type AdAccountGroup,
  type ConsentItem,
  type KoreanAndEnglish,
} from '../consent-items.js';
import type { HttpResponse } from '../http/response.js';
import type { AuthorizeRequest } from '../model.js';
import { CONSENT_PATH } from '../paths.js';
import { bilingual, type HTML, html, NOTHING } from './html.js';
import type { Language } from './language.js';
import { pageResponse } from './layout.js';
import { type UserOption, userChoice } from './user-choice.js';

/** What the consent screen shows. */
export interface ConsentScreen {
  request: AuthorizeRequest;
  transaction: string;
  users: readonly UserOption[];
  /** The submitted form, if it was incomplete. */
  choice?: URLSearchParams | undefined;
  language: Language;
}

export function consentPage({ request, transaction, users, choice, language }: ConsentScreen): HttpResponse {
  const { app, items } = request;
  const ofGroup = (group: AdAccountGroup | undefined): ConsentItem[] =>
    items.filter(item => item.group === group);
  const main = html`<header>
<h1><span class="app">${app.name}</span> ${bilingual({ ko: '이 앱에 비즈니스 권한을 허용할까요?', en: 'Allow this app to act for your business?' })}</h1>
</header>
${choice ? INCOMPLETE_NOTICE : NOTHING}
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="transaction" value="${transaction}">
<section aria-labelledby="items">
<h2 id="items">${bilingual({ ko: '요청한 동의항목', en: 'Requested consent items' })}</h2>
${itemList(PERSONAL, ofGroup(undefined))}${AD_ACCOUNT_GROUP_NAMES.map(group => itemList(AD_ACCOUNT_GROUPS[group].name, ofGroup(group)))}
<p class="hint">${bilingual({ ko: '모두 필수 항목입니다. 전체에 동의하거나 취소할 수 있습니다.', en: 'All items are required: agree to all of them, or cancel.' })}</p>
</section>
${userChoice(users, request, choice)}
<div class="actions">
<button class="agree" name="decision" value="agree">${bilingual({ ko: '동의하고 계속하기', en: 'Agree and continue' })}</button>
<button class="cancel" name="decision" value="cancel" formnovalidate>${bilingual({ ko: '취소', en: 'Cancel' })}</button>
</div>
</form>
${requestDetails(request)}`;
  const title = { ko: `${app.name} · 비즈니스 동의 화면`, en: `${app.name} · Business consent screen` };
  return pageResponse({ status: choice ? 422 : 200, title, main }, language);
}

const INCOMPLETE_NOTICE = html`<p class="notice" id="notice" role="alert" tabindex="-1" autofocus>${bilingual(
  {
    ko: '테스트 사용자와 광고계정을 하나 이상 선택하세요.',
    en: 'Choose a test user and at least one ad account.',
  },
)}</p>`;

const PERSONAL: KoreanAndEnglish = { ko: '개인정보', en: 'Personal information' };

function itemList(title: KoreanAndEnglish, items: readonly ConsentItem[]): HTML {
  if (items.length === 0) return NOTHING;
  return html`<h3>${bilingual(title)}</h3>
<ul class="items">
${items.map(
  ({ id, name, allows }) => html`<li>
<p class="name">${bilingual(name)}</p>
<code>${id}</code>
<p class="allows">${bilingual(allows)}</p>
</li>
`,
)}</ul>
`;
}

function requestDetails({ clientID, redirectURI, items, fixedAccounts, state }: AuthorizeRequest): HTML {
  const resourceIDs = Object.entries(fixedAccounts).map(([group, ids]) => `${group}: ${ids}`);
  return html`<details>
<summary>${bilingual({ ko: '앱이 보낸 요청', en: 'The request that the app sent' })}</summary>
<dl>
<dt>client_id</dt><dd>${clientID}</dd>
<dt>redirect_uri</dt><dd>${redirectURI}</dd>
<dt>scope</dt><dd>${items.map(item => item.id).join(', ')}</dd>
<dt>resource_ids</dt><dd>${resourceIDs.join(' · ') || '—'}</dd>
<dt>state</dt><dd>${state ?? '—'}</dd>
</dl>
</details>`;
}
