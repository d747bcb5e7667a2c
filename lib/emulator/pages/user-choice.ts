import { AD_ACCOUNT_GROUPS, type AdAccountGroup } from '../consent-items.js';
import {
  type AuthorizeRequest,
  type EmulatedAdAccount,
  type EmulatedUser,
  offeredAccounts,
} from '../model.js';
import { bilingual, type HTML, html, NOTHING } from './html.js';

/** A user on the consent screen. */
export interface UserOption {
  user: EmulatedUser;
  /** The code of the error page that the user's consent leads to. */
  error: string | undefined;
}

/**
 * The field that repeats for each chosen ad account. Every user has separate fields, since the fields of all users are
 * sent.
 */
export const accountsField = (group: AdAccountGroup, user: EmulatedUser): string => `${group}-${user.id}`;

/**
 * The choice of a user and of the user's ad accounts.
 *
 * @param choice the submitted form, if it was incomplete.
 */
export function userChoice(
  users: readonly UserOption[],
  request: AuthorizeRequest,
  choice: URLSearchParams | undefined,
): HTML {
  const ids = users.map(({ user }) => user.id);
  const chosen = ids.find(id => id === choice?.get('user')) ?? ids[0];
  return html`<fieldset class="users"${choice ? html` aria-describedby="notice"` : NOTHING}>
<legend>${bilingual({ ko: '테스트 사용자', en: 'Test user' })}</legend>
${users.map(option => userOption(option, request, option.user.id === chosen, choice))}</fieldset>`;
}

function userOption(
  { user, error }: UserOption,
  request: AuthorizeRequest,
  checked: boolean,
  choice: URLSearchParams | undefined,
): HTML {
  const id = `user-${user.id}`;
  const accounts = request.groups.map(group =>
    accountChoice(user, group, request, checked ? choice : undefined),
  );
  return html`<div class="user">
<input type="radio" name="user" required id="${id}" value="${user.id}"${checked ? html` checked` : NOTHING}>
<label for="${id}"><span class="name">${user.name}</span> <span class="account">${user.email ?? `ID ${user.id}`}</span></label>
<div class="unfolds">
${error === undefined ? accounts : errorNotice(error)}</div>
</div>
`;
}

function errorNotice(code: string): HTML {
  return html`<p class="outcome">${bilingual({
    ko: `동의하면 ${code} 오류 화면이 나옵니다.`,
    en: `Agreeing leads to the ${code} error page.`,
  })}</p>`;
}

function accountChoice(
  user: EmulatedUser,
  group: AdAccountGroup,
  request: AuthorizeRequest,
  choice: URLSearchParams | undefined,
): HTML {
  return html`<fieldset>
<legend>${bilingual(AD_ACCOUNT_GROUPS[group].accounts)}</legend>
${accountOptions(user, group, request, choice)}</fieldset>
`;
}

function accountOptions(
  user: EmulatedUser,
  group: AdAccountGroup,
  { fixedAccounts }: AuthorizeRequest,
  choice: URLSearchParams | undefined,
): HTML | HTML[] {
  const fixed = fixedAccounts[group];
  if (fixed === '*') return ALL_ACCOUNTS;
  const accounts = offeredAccounts(user, group, fixed);
  if (accounts.length === 0) return NO_ACCOUNTS;
  const field = accountsField(group, user);
  return accounts.map(account => accountOption(field, account, fixed !== undefined, choice));
}

const ALL_ACCOUNTS = html`<p class="fixed">${bilingual({
  ko: '모든 광고계정 (앱이 전체를 요청했습니다)',
  en: 'All ad accounts, as the app requested',
})}</p>`;

const NO_ACCOUNTS = html`<p class="none">${bilingual({ ko: '해당하는 광고계정이 없습니다.', en: 'No such ad account.' })}</p>`;

function accountOption(
  field: string,
  { id, name }: EmulatedAdAccount,
  fixed: boolean,
  choice: URLSearchParams | undefined,
): HTML {
  const checked = fixed || (choice?.getAll(field).includes(id) ?? true);
  return html`<p class="option"><input type="checkbox" id="${field}-${id}" name="${field}" value="${id}"${
    checked ? html` checked` : NOTHING
  }${fixed ? html` disabled` : NOTHING}><label for="${field}-${id}">${name} <code>${id}</code></label></p>
`;
}
