import { expect } from 'chai';
import type { EmulatedApp } from '../../lib/emulator/index.js';
import { type Changes, emulatorForEachTest, openConsentScreen } from './emulator-for-tests.js';

describe('emulator: the error page', () => {
  const emulator = emulatorForEachTest();
  const [key, uri] = [
    '0123456789abcdef0123456789abcdef',
    'http://localhost:3000/auth/kakao-business/callback',
  ];

  const requests: [when: string, changes: Changes, code: string, says: string][] = [
    ['the client ID is wrong', { client_id: 'wrong' }, 'KOE101', 'No app has this client_id'],
    ['the client ID is missing', { client_id: undefined }, 'KOE101', 'client_id is missing'],
    [
      'the redirect URI is not registered',
      { redirect_uri: 'http://a/' },
      'KOE028',
      'not registered: http://a/',
    ],
    [
      'the redirect URI differs by one character',
      { redirect_uri: `${uri}/` },
      'KOE028',
      `not registered: ${uri}/`,
    ],
    ['the redirect URI is missing', { redirect_uri: undefined }, 'KOE028', 'redirect_uri is missing'],
    ['the response type is unsupported', { response_type: 'token' }, 'KOE201', 'response_type: token'],
    ['the response type is missing', { response_type: undefined }, 'KOE201', 'response_type is missing'],
    ['a parameter is unknown', { prompt: 'login' }, 'KOE233', 'Unsupported parameter: prompt'],
    ['PKCE is used', { code_challenge: 'x' }, 'KOE233', 'Unsupported parameter: code_challenge'],
    ['resource_ids has brackets', { 'resource_ids[]': 'moment:*' }, 'KOE233', 'parameter: resource_ids[]'],
    ['the client ID is repeated', { client_id: [key, 'x'] }, 'KOE233', 'Sent more than once: client_id'],
    ['the state is repeated', { state: ['a', 'b'] }, 'KOE233', 'Sent more than once: state'],
    ['the scope is repeated', { scope: ['biz_account_email', 'x'] }, 'KOE233', 'Sent more than once: scope'],
    ['the scope is missing', { scope: undefined }, 'KOE233', 'scope is missing'],
    ['the scope is empty', { scope: '' }, 'KOE233', 'scope is missing'],
    ['an item is unknown', { scope: 'biz_account_email,profile' }, 'KOE232', '&quot;profile&quot;'],
    ['items are joined by a space', { scope: 'a b' }, 'KOE232', '&quot;a b&quot;'],
    [
      'moment_create has no resource_ids',
      { scope: 'moment_create' },
      'KOE233',
      'needs resource_ids=moment:*',
    ],
    [
      'keyword_create has no resource_ids',
      { scope: 'keyword_create' },
      'KOE233',
      'needs resource_ids=keyword:*',
    ],
    [
      'moment_create has one account',
      { scope: 'moment_create', resource_ids: 'moment:482913' },
      'KOE233',
      'moment_create needs resource_ids=moment:*',
    ],
    [
      'moment_create has all accounts and one',
      { scope: 'moment_create', resource_ids: ['moment:*', 'moment:482913'] },
      'KOE233',
      'moment_create needs resource_ids=moment:*',
    ],
    ...(
      [
        ['resource IDs are joined by a comma', 'moment:1,moment:2'],
        ['a resource ID has no group', '482913'],
        ['a resource ID is of a group that was not requested', 'keyword:*'],
        ['resource_ids is empty', ''],
      ] as const
    ).map(([when, id]): (typeof requests)[number] => [
      when,
      { scope: 'moment_management', resource_ids: id },
      'KOE233',
      `Not a resource ID of a requested group: &quot;${id}&quot;`,
    ]),
  ];

  for (const [when, changes, code, says] of requests) {
    it(`is shown when ${when}: ${code}`, async () => {
      const { response, html } = await openConsentScreen(emulator(), changes);

      expect(response.status).to.equal(400);
      expect(response.headers.get('location')).to.equal(null);
      expect(response.headers.get('cache-control')).to.equal('no-store');
      expect(html).to.include(`<p class="code">${code}</p>`).and.to.include(says);
      expect(html).not.to.include('<form');
    });
  }

  const apps: [when: string, app: Partial<EmulatedApp>, changes: Changes, code: string, fix: string][] = [
    [
      'the key is of another kind',
      { otherKeys: ['js'] },
      { client_id: 'js' },
      'KOE008',
      'clientID: emulator.app',
    ],
    ['the app is not a Biz app', { bizApp: false }, {}, 'KOE123', 'emulator.app.bizApp = true'],
    ['the app is sanctioned', { sanctioned: true }, {}, 'KOE125', 'emulator.app.sanctioned = false'],
    [
      'the item is not configured for the app',
      { consentItems: ['moment_management'] },
      {},
      'KOE232',
      'emulator.app.consentItems.push(&quot;biz_account_email&quot;)',
    ],
    [
      'the app lacks the permission for an item',
      { permissions: [] },
      { scope: 'moment_management' },
      'KOE124',
      'emulator.app.permissions.push(&quot;kakao_moment&quot;)',
    ],
  ];

  for (const [when, app, changes, code, fix] of apps) {
    it(`is shown with a fix when ${when}: ${code}`, async () => {
      Object.assign(emulator().app, app);

      const { html } = await openConsentScreen(emulator(), changes);

      expect(html).to.include(`<p class="code">${code}</p>`).and.to.include(fix);
    });
  }

  const badlyJoined: [how: string, scope: string][] = [
    ['by spaces', 'biz_account_email moment_management'],
    ['by a comma and a space', 'biz_account_email, moment_management'],
    ['with a comma at the end', 'biz_account_email,moment_management,'],
  ];
  for (const [how, scope] of badlyJoined) {
    it(`says to join the items by commas when they are joined ${how}, even if the app has such an item`, async () => {
      emulator().app.consentItems.push(scope, '', ' moment_management');

      const { html } = await openConsentScreen(emulator(), { scope });

      expect(html)
        .to.include('<p class="code">KOE232</p>')
        .and.include('comma')
        .and.include('쉼표')
        .and.include('<code>scope=biz_account_email,moment_management</code>')
        .and.not.include('consentItems');
    });
  }

  it('does not say to configure an item that Kakao does not have', async () => {
    const { html } = await openConsentScreen(emulator(), { scope: 'biz_account_mail' });

    expect(html).to.include('KOE232').and.include('biz_account_mail').and.not.include('consentItems');
  });

  it('has its reason in the log, which needs no page', async () => {
    await openConsentScreen(emulator(), { scope: 'a b' });

    expect(emulator().requests[0]?.reason).to.match(/Join the consent items by single commas/);
  });

  const misplaced: [where: string, changes: Changes][] = [
    ['as client_id', { client_id: 'a-SECRET' }],
    ['under an unknown name', { clientSecret: 'a-SECRET' }],
    ['as a name', { '{"client_secret":"a-SECRET"}': '' }],
  ];

  for (const [where, changes] of misplaced) {
    it(`does not show a secret that was sent ${where}`, async () => {
      const { response, html } = await openConsentScreen(emulator(), changes);

      expect(response.status).to.equal(400);
      expect(html).not.to.include('a-SECRET');
    });
  }

  it('names the app to fix, if there are several', async () => {
    emulator().apps.push({ ...emulator().app, clientID: 'second', bizApp: false });

    const { html } = await openConsentScreen(emulator(), { client_id: 'second' });

    expect(html).to.include('KOE123').and.to.include('<code>emulator.apps[1].bizApp = true</code>');
  });

  it('is not shown for Keyword Ad, which needs no permission', async () => {
    emulator().app.permissions.length = 0;

    const { response } = await openConsentScreen(emulator(), { scope: 'keyword_management' });

    expect(response.status).to.equal(200);
  });
});
