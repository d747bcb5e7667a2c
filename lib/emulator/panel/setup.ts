import { type AssetGroup, assetGroups, type Bilingual } from '../consent-catalog.js';
import type { EmulatedApp } from '../model.js';
import { bilingual, type HTML, html, nothing } from '../pages/html.js';
import { emulatorEndpoints } from '../paths.js';
import type { Kakao } from '../state.js';
import type { EmulatedUser } from '../users.js';

/** The registered apps, with what each may do. */
export function appsSection({ apps }: Kakao): HTML {
  return html`<section aria-labelledby="apps">
<h2 id="apps">${bilingual({ ko: '앱', en: 'Apps' })}</h2>
${apps.map(appItem)}</section>`;
}

function appItem(app: EmulatedApp): HTML {
  return html`<div class="entry">
<h3>${app.name}</h3>
<dl>
<dt>REST API key</dt><dd>${app.clientID}</dd>
<dt>Client secret</dt><dd>${app.clientSecret === undefined ? secretOff : secretOn}</dd>
<dt>Redirect URI</dt><dd>${listed(app.redirectURIs)}</dd>
<dt>${bilingual({ ko: '동의항목', en: 'Consent items' })}</dt><dd>${listed(app.consentItems)}</dd>
<dt>${bilingual({ ko: '권한', en: 'Permissions' })}</dt><dd>${listed(app.permissions)}</dd>
${[...restrictionsOf(app)].map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
</div>
`;
}

const secretOn = html`*** <span class="aside">${bilingual({
  ko: '값은 emulator.app.clientSecret, 또는 시작할 때 지정한 설정에 있습니다.',
  en: 'It is in emulator.app.clientSecret, or in what the emulator was started with.',
})}</span>`;
const secretOff = bilingual({ ko: '사용 안 함', en: 'off' });

/** What keeps an app from doing as it likes, each with the code that it leads to. */
function* restrictionsOf(app: EmulatedApp): Generator<[name: string, value: string]> {
  if (!app.bizApp) yield ['bizApp', 'false (KOE123)'];
  if (app.testApp) yield ['testApp', `members: ${app.members.join(', ') || '—'} (KOE005)`];
  if (app.sanctioned) yield ['sanctioned', 'true (KOE125)'];
  if (app.allowedIPs) yield ['allowedIPs', `${app.allowedIPs.join(', ') || '—'} (KOE127, -401)`];
  if (app.otherKeys.length > 0) yield ['otherKeys', `${app.otherKeys.length} (KOE008, KOE009)`];
  for (const [limit, value] of Object.entries(app.quota)) yield [limit, `${value}`];
}

/** Who can be chosen on the consent screen. */
export function usersSection({ users }: Kakao): HTML {
  return html`<section aria-labelledby="users">
<h2 id="users">${bilingual({ ko: '테스트 사용자', en: 'Test users' })}</h2>
${users.map(userItem)}</section>`;
}

const groupNames: Record<AssetGroup, Bilingual> = {
  moment: { ko: '카카오모먼트', en: 'Kakao Moment' },
  keyword: { ko: '키워드광고', en: 'Keyword Ad' },
};

function userItem({ id, name, email, adAccounts, businessCenter, mayUseService }: EmulatedUser): HTML {
  return html`<div class="entry">
<h3>${name}</h3>
<dl>
<dt>ID</dt><dd>${id}</dd>
<dt>${bilingual({ ko: '이메일', en: 'Email' })}</dt><dd>${email ?? '—'}</dd>
${assetGroups.map(
  group =>
    html`<dt>${bilingual(groupNames[group])}</dt><dd>${listed(adAccounts[group].map(account => account.id))}</dd>`,
)}
${businessCenter === false ? html`<dt>businessCenter</dt><dd>false (KOE025)</dd>` : nothing}
${mayUseService === false ? html`<dt>mayUseService</dt><dd>false (KOE026)</dd>` : nothing}
</dl>
</div>
`;
}

/** The URLs to give to a client. */
export function endpointsSection(origin: string): HTML {
  return html`<section aria-labelledby="endpoints">
<h2 id="endpoints">${bilingual({ ko: '엔드포인트', en: 'Endpoints' })}</h2>
<div class="entry">
<dl>
${Object.entries(emulatorEndpoints(origin)).map(([name, url]) => html`<dt>${name}</dt><dd>${url}</dd>`)}
</dl>
</div>
</section>`;
}

function listed(values: readonly string[]): HTML | string {
  if (values.length === 0) return '—';
  return html`<ul class="values">${values.map(value => html`<li>${value}</li>`)}</ul>`;
}
