import { expect } from 'chai';
import type { EmulatedApp } from '../../lib/emulator/index.js';
import {
  decide,
  emulatorForEachTest,
  exchange,
  locationOf,
  obtainCode,
  openConsentScreen,
  toConsentScreen,
} from './emulator-for-tests.js';

const minutes = (count: number): number => count * 60_000;

describe('emulator: the consent screen', () => {
  let now = 0;
  const emulator = emulatorForEachTest(() => ({
    now: () => now,
    app: {
      redirectURIs: ['http://localhost:3000/callback', 'http://localhost:3000/callback?tenant=a%20b&x'],
    },
    users: [
      {
        id: '101',
        email: 'owner@example.com',
        name: 'Owner of both',
        adAccounts: {
          moment: [
            { id: '11', name: 'First' },
            { id: '12', name: 'Second' },
          ],
          keyword: [{ id: '21', name: 'Third' }],
        },
      },
      { id: '102', name: 'Moment only', adAccounts: { moment: [{ id: '13', name: 'Fourth' }], keyword: [] } },
      { id: '103', name: 'Owner of nothing', adAccounts: { moment: [], keyword: [] } },
      {
        id: '104',
        name: 'Stranger to Business Center',
        adAccounts: { moment: [{ id: '14', name: 'Fifth' }], keyword: [] },
        businessCenter: false,
      },
    ],
  }));

  beforeEach(() => {
    now = Date.parse('2025-06-01T00:00:00Z');
  });

  it('redirects with a code and the state after consent', async () => {
    const response = await decide(await openConsentScreen(emulator()), 'agree');

    const location = locationOf(response);
    expect(location.origin + location.pathname).to.equal('http://localhost:3000/callback');
    expect([...location.searchParams.keys()]).to.deep.equal(['code', 'state']);
    expect(location.searchParams.get('code')).to.have.length(43);
    expect(location.searchParams.get('state')).to.equal('the-state');
    expect(Object.fromEntries(response.headers)).to.include({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  it('redirects with access_denied and the state after cancellation', async () => {
    const location = locationOf(await decide(await openConsentScreen(emulator()), 'cancel'));

    expect(Object.fromEntries(location.searchParams)).to.deep.equal({
      error: 'access_denied',
      error_description: 'User denied access',
      state: 'the-state',
    });
  });

  it('returns no state when none was sent', async () => {
    const screen = await openConsentScreen(emulator(), { state: undefined });

    expect(locationOf(await decide(screen, 'agree')).searchParams.has('state')).to.equal(false);
  });

  it('returns the state unchanged, whatever it contains', async () => {
    const state = '한글 &=+%20"<\r\n';
    const screen = await openConsentScreen(emulator(), { state });

    expect(locationOf(await decide(screen, 'cancel')).searchParams.get('state')).to.equal(state);
  });

  it('keeps the query of the registered redirect URI', async () => {
    const screen = await openConsentScreen(emulator(), { redirect_uri: emulator().app.redirectURIs[1] });

    expect(locationOf(await decide(screen, 'agree')).search).to.match(
      /^\?tenant=a%20b&x&code=[\w-]{43}&state=the-state$/,
    );
  });

  for (const decision of ['agree', 'cancel'] as const) {
    it(`expires after one submission: ${decision}`, async () => {
      const screen = await openConsentScreen(emulator());
      await decide(screen, decision);

      const response = await decide(screen, 'agree');

      expect(response.status).to.equal(400);
      expect(await response.text()).to.include('This consent screen has expired');
    });
  }

  it('expires after 10 minutes', async () => {
    const [inTime, late] = [await openConsentScreen(emulator()), await openConsentScreen(emulator())];

    now += minutes(10) - 1;
    expect((await decide(inTime, 'agree')).status).to.equal(302);
    now += 1;
    expect((await decide(late, 'agree')).status).to.equal(400);
  });

  it('rejects a form without a valid transaction', async () => {
    const screen = await openConsentScreen(emulator());

    expect((await decide(screen, 'agree', { transaction: 'forged' })).status).to.equal(400);
    expect((await decide(screen, 'agree', { transaction: undefined })).status).to.equal(400);
    expect((await fetch(screen.action, { method: 'POST', body: '{}' })).status).to.equal(400);
  });

  it('offers all accounts of all users, all selected', async () => {
    const { form } = await openConsentScreen(emulator(), { scope: 'moment_management,keyword_delete' });

    form.delete('transaction');
    expect(`${form}`).to.equal('user=101&moment-101=11&moment-101=12&keyword-101=21&moment-102=13');
  });

  it('offers no accounts when no item gives access to any', async () => {
    const { html } = await openConsentScreen(emulator());

    expect(html).not.to.include('type="checkbox"');
  });

  it('shows accounts that resource_ids names, without a choice', async () => {
    const { html, form } = await openConsentScreen(emulator(), {
      scope: 'moment_management',
      resource_ids: ['moment:12', 'moment:99'],
    });

    expect(html.match(/<input type="checkbox"[^>]*>/g)).to.deep.equal([
      '<input type="checkbox" id="moment-101-12" name="moment-101" value="12" checked disabled>',
    ]);
    expect(form.has('moment-101')).to.equal(false);
  });

  it('shows one entry without a choice when the app requested all accounts', async () => {
    const { html } = await openConsentScreen(emulator(), {
      scope: 'keyword_create',
      resource_ids: 'keyword:*',
    });

    expect(html).to.include('All ad accounts').and.not.to.include('type="checkbox"');
  });

  it('is shown again with the choice when no ad account was chosen', async () => {
    const screen = await openConsentScreen(emulator(), { scope: 'moment_management,keyword_management' });

    const response = await decide(screen, 'agree', { user: '101', 'moment-101': [], 'keyword-101': [] });
    const again = await toConsentScreen(response);

    expect(again.response.status).to.equal(422);
    expect(again.html).to.include('role="alert"').and.to.include('at least one ad account');
    expect(again.form.get('user')).to.equal('101');
    expect(again.form.has('moment-101')).to.equal(false);
    expect(again.form.get('moment-102')).to.equal('13');
    expect((await decide(again, 'agree', { 'moment-101': '12' })).status).to.equal(302);
  });

  it('is shown again when the user is unknown', async () => {
    const again = await toConsentScreen(
      await decide(await openConsentScreen(emulator()), 'agree', { user: '999' }),
    );

    expect(again.response.status).to.equal(422);
    expect(again.form.get('user')).to.equal('101');
  });

  const changes: [what: string, changed: Partial<EmulatedApp>, code: string][] = [
    ['loses its redirect URI', { redirectURIs: [] }, 'KOE028'],
    ['is no longer a Biz app', { bizApp: false }, 'KOE123'],
    ['is sanctioned', { sanctioned: true }, 'KOE125'],
    ['loses an item', { consentItems: [] }, 'KOE232'],
    ['gets another key', { clientID: 'another-key' }, 'KOE101'],
  ];

  for (const [what, changed, code] of changes) {
    for (const decision of ['agree', 'cancel'] as const) {
      it(`leads to ${code} at ${decision} when the app ${what} before the decision`, async () => {
        const screen = await openConsentScreen(emulator());
        Object.assign(emulator().app, changed);

        const response = await decide(screen, decision);

        expect([response.status, response.headers.get('location')]).to.deep.equal([400, null]);
        expect(await response.text()).to.include(`<p class="code">${code}</p>`);
      });
    }
  }

  describe('leads to the error page for a user who', () => {
    const errors = [
      { who: 'is not registered at Business Center', user: '104', changes: {}, code: 'KOE025' },
      { who: 'has no ad accounts', user: '103', changes: { scope: 'moment_management' }, code: 'KOE027' },
      {
        who: 'has no ad accounts when all are requested',
        user: '103',
        changes: { scope: 'moment_create', resource_ids: 'moment:*' },
        code: 'KOE027',
      },
      {
        who: 'has no ad accounts of the group',
        user: '102',
        changes: { scope: 'keyword_management' },
        code: 'KOE027',
      },
      {
        who: 'has none of the requested ad accounts',
        user: '101',
        changes: { scope: 'moment_management', resource_ids: 'moment:13' },
        code: 'KOE027',
      },
    ];

    for (const { who, user, changes, code } of errors) {
      it(`${who}: ${code}`, async () => {
        const screen = await openConsentScreen(emulator(), changes);

        const response = await decide(screen, 'agree', { user });

        expect(screen.html).to.include(`Agreeing leads to the ${code} error page.`);
        expect(response.status).to.equal(400);
        expect(await response.text()).to.include(`<p class="code">${code}</p>`);
      });
    }

    it('has no ad accounts, but not when only the email is requested', async () => {
      const response = await decide(await openConsentScreen(emulator()), 'agree', { user: '103' });

      expect(response.status).to.equal(302);
    });
  });

  it('issues codes that expire after 10 minutes', async () => {
    const [used, late] = [await obtainCode(emulator()), await obtainCode(emulator())];

    now += minutes(10) - 1;
    expect((await exchange(emulator(), used)).status).to.equal(200);
    now += 1;
    expect((await exchange(emulator(), late)).status).to.equal(400);
  });
});
