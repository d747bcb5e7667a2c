import type { AdAccount, AdAPI, KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';
import type { Problem } from '../problems.js';
import type { Visitor } from '../visitor.js';
import { roleOf, stateOf } from './ad-account.js';
import { groupName } from './groups.js';
import { type HTML, html } from './html.js';
import { layout } from './layout.js';
import { problemAlert } from './problem.js';
import { time } from './time.js';

/** What an ad API listed. */
export interface AdAccountList {
  accounts: readonly AdAccount[];
  /** Whether the API has more than these. */
  more: boolean;
  /** Why the list could not be read, or not to its end. */
  problem?: Problem;
}

interface AdAccountLists extends Record<AdAPI, AdAccountList> {
  visitor: Visitor;
  readAt: Date;
}

/** The ad accounts by name, role and state. */
export const adAccountsPage = ({ visitor, readAt, moment, keyword }: AdAccountLists): string =>
  layout({
    title: say('광고계정', 'Ad accounts'),
    visitor,
    address: '/ad-accounts',
    main: html`<header class="pitch">
<h1>${say('광고계정', 'Ad accounts')}</h1>
<p class="lead">${say(
      '카카오에서 불러온 회원님의 광고계정입니다. 동의할 때 고른 광고계정만 쓸 수 있습니다.',
      'Your ad accounts, read from Kakao. You can use those that you chose when you agreed.',
    )}</p>
<p class="fine">${say('불러온 시각', 'Read')}: ${time(readAt)}</p>
</header>
<div class="actions">
<a class="button" href="/ad-accounts">${say('새로고침', 'Refresh')}</a>
<a class="button plain" href="/profile">${say('내 프로필', 'My profile')}</a>
</div>
${section('moment', moment)}
${section('keyword', keyword)}`,
  });

const section = (api: AdAPI, { accounts, more, problem }: AdAccountList): HTML =>
  html`<section class="card" aria-labelledby="${api}">
<h2 id="${api}">${groupName(api)}</h2>
${problem && refusal(api, problem)}
${accounts.length > 0 && table(api, accounts)}
${accounts.length === 0 && !problem && none}
${more && html`<p class="fine">${say(`처음 ${accounts.length}개만 보여 드립니다.`, `The first ${accounts.length} are shown.`)}</p>`}
</section>`;

function refusal(api: AdAPI, problem: Problem): HTML {
  const { again, startAt } = problem;
  return html`${problemAlert(problem, { id: api, name: groupName(api) })}
${
  again &&
  startAt &&
  html`<div class="actions"><a class="button plain" href="${startAt}" aria-label="${named(again, api)}">${again}</a></div>`
}`;
}

// Both APIs may refuse for the same reason, and a page has each label once.
const named = (label: KoreanAndEnglish, api: AdAPI): KoreanAndEnglish => {
  const group = groupName(api);
  return say(`${label.ko}: ${group.ko}`, `${label.en}: ${group.en}`);
};

const none = html`<p class="none">${say(
  '광고계정이 없습니다. 카카오에서 광고계정을 만들거나 초대를 받으면 여기에 나옵니다.',
  'There is no ad account. Once you create one at Kakao, or are invited to one, it is listed here.',
)}</p>`;

const table = (api: AdAPI, accounts: readonly AdAccount[]): HTML => html`<table>
<caption>${say(`광고계정 ${accounts.length}개`, `Ad accounts: ${accounts.length}`)}</caption>
<thead><tr>
<th scope="col">${say('이름', 'Name')}</th>
<th scope="col">${say('역할', 'Role')}</th>
<th scope="col">${say('상태', 'State')}</th>
</tr></thead>
<tbody>
${accounts.map(account => row(api, account))}
</tbody>
</table>`;

const row = (api: AdAPI, { id, name, memberType, config }: AdAccount): HTML => html`<tr>
<th scope="row"><a href="/ad-accounts/${api}/${encodeURIComponent(id)}">${name === '' ? html`<code>${id}</code>` : html`<bdi>${name}</bdi>`}</a>
${name !== '' && html`<code>${id}</code>`}</th>
<td>${roleOf(memberType)}</td>
<td>${stateOf(config)}</td>
</tr>`;
