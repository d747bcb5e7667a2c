import { businessUserRefusal } from '../consent/business-user.js';
import type { AssetGroup, Bilingual } from '../consent-catalog.js';
import { type EmulatedAdAccount, type EmulatedUser, offeredAccounts } from '../users.js';
import type { ConsentScreen } from './consent-screen.js';
import { accountsField } from './consent-screen.js';
import { bilingual, type HTML, html, nothing } from './html.js';

/** Who agrees, and to which ad accounts. Each user's accounts unfold below the user who is chosen. */
export function userChoice({ users, request, choice }: ConsentScreen): HTML {
  const known = users.some(user => user.id === choice?.get('user'));
  const chosen = known ? choice?.get('user') : users[0]?.id;
  return html`<fieldset class="users"${choice ? html` aria-describedby="notice"` : nothing}>
<legend>${bilingual({ ko: '테스트 사용자', en: 'Test user' })}</legend>
${users.map(user => userOption(user, request, user.id === chosen, user.id === chosen ? choice : undefined))}</fieldset>`;
}

type Request = ConsentScreen['request'];

function userOption(
  user: EmulatedUser,
  request: Request,
  checked: boolean,
  choice: URLSearchParams | undefined,
): HTML {
  const id = `user-${user.id}`;
  const refusal = businessUserRefusal(request, user);
  return html`<div class="user">
<input type="radio" name="user" required id="${id}" value="${user.id}"${checked ? html` checked` : nothing}>
<label for="${id}"><span class="name">${user.name}</span> <span class="account">${user.email ?? `ID ${user.id}`}</span></label>
<div class="unfolds">
${refusal ? outcome(refusal.code) : request.groups.map(group => accountChoice(user, group, request, choice))}</div>
</div>
`;
}

function outcome(code: string): HTML {
  return html`<p class="outcome">${bilingual({
    ko: `동의하면 ${code} 오류 화면이 나옵니다.`,
    en: `Agreeing leads to the ${code} error page.`,
  })}</p>`;
}

const legends: Record<AssetGroup, Bilingual> = {
  moment: { ko: '카카오모먼트 광고계정', en: 'Kakao Moment ad accounts' },
  keyword: { ko: '키워드광고 광고계정', en: 'Keyword Ad accounts' },
};

function accountChoice(
  user: EmulatedUser,
  group: AssetGroup,
  request: Request,
  choice: URLSearchParams | undefined,
): HTML {
  return html`<fieldset>
<legend>${bilingual(legends[group])}</legend>
${accountOptions(user, group, request, choice)}</fieldset>
`;
}

function accountOptions(
  user: EmulatedUser,
  group: AssetGroup,
  { fixedAccounts }: Request,
  choice: URLSearchParams | undefined,
): HTML | HTML[] {
  const fixed = fixedAccounts[group];
  if (fixed === '*') return allAccounts;
  const accounts = offeredAccounts(user, group, fixed);
  if (accounts.length === 0) return noAccounts;
  const field = accountsField(group, user);
  return accounts.map(account => accountOption(field, account, fixed !== undefined, choice));
}

const allAccounts = html`<p class="fixed">${bilingual({
  ko: '모든 광고계정 (앱이 전체를 요청했습니다)',
  en: 'All ad accounts, as the app requested',
})}</p>`;

const noAccounts = html`<p class="none">${bilingual({ ko: '해당하는 광고계정이 없습니다.', en: 'No such ad account.' })}</p>`;

function accountOption(
  field: string,
  { id, name }: EmulatedAdAccount,
  fixed: boolean,
  choice: URLSearchParams | undefined,
): HTML {
  const checked = fixed || (choice?.getAll(field).includes(id) ?? true);
  return html`<p class="option"><input type="checkbox" id="${field}-${id}" name="${field}" value="${id}"${
    checked ? html` checked` : nothing
  }${fixed ? html` disabled` : nothing}><label for="${field}-${id}">${name} <code>${id}</code></label></p>
`;
}
