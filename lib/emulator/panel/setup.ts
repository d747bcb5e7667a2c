import { AD_ACCOUNT_GROUP_NAMES, AD_ACCOUNT_GROUPS } from '../consent-items.js';
import type { EmulatedAdAccount, EmulatedApp, EmulatedUser } from '../model.js';
import { bilingual, type HTML, html, NOTHING } from '../pages/html.js';
import { toEndpointURLs } from '../paths.js';
import { list, type PanelSection } from './section.js';

/** The registered apps and their settings. */
export const appsSection: PanelSection = {
  id: 'apps',
  title: { ko: '앱', en: 'Apps' },
  render: ({ state: { apps } }) => html`<div id="app-list" data-live>${apps.map(appItem)}</div>
`,
};

function appItem(app: EmulatedApp): HTML {
  return html`<div class="entry">
<h3>${app.name}</h3>
<dl>
<dt>${bilingual({ ko: 'REST API 키', en: 'REST API key' })}</dt><dd>${app.clientID}</dd>
<dt>${bilingual({ ko: '클라이언트 시크릿', en: 'Client secret' })}</dt><dd>${app.clientSecret ?? SECRET_OFF}</dd>
<dt>${bilingual({ ko: '리다이렉트 URI', en: 'Redirect URI' })}</dt><dd>${list(app.redirectURIs)}</dd>
<dt>${bilingual({ ko: '동의항목', en: 'Consent items' })}</dt><dd>${list(app.consentItems)}</dd>
<dt>${bilingual({ ko: '권한', en: 'Permissions' })}</dt><dd>${list(app.permissions)}</dd>
${[...restrictionsOf(app)].map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
</div>
`;
}

const SECRET_OFF = bilingual({ ko: '사용 안 함', en: 'off' });

/** The settings that restrict an app, with the codes that they lead to. */
function* restrictionsOf(app: EmulatedApp): Generator<[name: string, value: string]> {
  if (!app.bizApp) yield ['bizApp', 'false (KOE123)'];
  if (app.testApp) yield ['testApp', `members: ${app.members.join(', ') || '—'} (KOE005)`];
  if (app.sanctioned) yield ['sanctioned', 'true (KOE125)'];
  if (app.allowedIPs) yield ['allowedIPs', `${app.allowedIPs.join(', ') || '—'} (KOE127, -401)`];
  if (app.otherKeys.length > 0) yield ['otherKeys', `${app.otherKeys.length} (KOE008, KOE009)`];
  for (const [limit, value] of Object.entries(app.quota)) yield [limit, `${value}`];
}

/** The test users. */
export const usersSection: PanelSection = {
  id: 'users',
  title: { ko: '테스트 사용자', en: 'Test users' },
  render: ({ state: { users } }) => html`<div id="user-list" data-live>${users.map(userItem)}</div>
`,
};

function userItem({ id, name, email, adAccounts, businessCenter, mayUseService }: EmulatedUser): HTML {
  return html`<div class="entry">
<h3>${name}</h3>
<dl>
<dt>ID</dt><dd>${id}</dd>
<dt>${bilingual({ ko: '이메일', en: 'Email' })}</dt><dd>${email ?? '—'}</dd>
${AD_ACCOUNT_GROUP_NAMES.map(
  group =>
    html`<dt>${bilingual(AD_ACCOUNT_GROUPS[group].name)}</dt><dd>${list(adAccounts[group].map(toText))}</dd>`,
)}
${businessCenter === false ? html`<dt>businessCenter</dt><dd>false (KOE025)</dd>` : NOTHING}
${mayUseService === false ? html`<dt>mayUseService</dt><dd>false (KOE026)</dd>` : NOTHING}
</dl>
</div>
`;
}

const toText = ({ id, memberType = 'MASTER', config = 'ON' }: EmulatedAdAccount): string =>
  `${id} · ${memberType} · ${config}`;

/** The URLs of the endpoints, for clients. */
export const endpointsSection: PanelSection = {
  id: 'endpoints',
  title: { ko: '엔드포인트', en: 'Endpoints' },
  render: (_, { origin }) => html`<div class="entry">
<dl>
${Object.entries(toEndpointURLs(origin)).map(([name, url]) => html`<dt>${name}</dt><dd>${url}</dd>`)}
</dl>
</div>
`,
};
