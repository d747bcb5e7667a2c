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

describe('emulator, the consent screen', () => {
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

  it('sends the one who agrees back with a code and the state', async () => {
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

  it('sends the one who cancels back with access_denied and the state', async () => {
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

  it('returns the state as it was, whatever it holds', async () => {
    const state = '한글 &=+%20"<\r\n';
    const screen = await openConsentScreen(emulator(), { state });

    expect(locationOf(await decide(screen, 'cancel')).searchParams.get('state')).to.equal(state);
  });

  it('leaves the query of a redirect URI as it was registered', async () => {
    const screen = await openConsentScreen(emulator(), { redirect_uri: emulator().app.redirectURIs[1] });

    expect(locationOf(await decide(screen, 'agree')).search).to.match(
      /^\?tenant=a%20b&x&code=[\w-]{43}&state=the-state$/,
    );
  });

  for (const decision of ['agree', 'cancel'] as const) {
    it(`takes one answer only: a second one after ${decision} is told so`, async () => {
      const screen = await openConsentScreen(emulator());
      await decide(screen, decision);

      const response = await decide(screen, 'agree');

      expect(response.status).to.equal(400);
      expect(await response.text()).to.include('This consent screen has expired');
    });
  }

  it('lapses after 10 minutes', async () => {
    const [answered, late] = [await openConsentScreen(emulator()), await openConsentScreen(emulator())];

    now += minutes(10) - 1;
    expect((await decide(answered, 'agree')).status).to.equal(302);
    now += 1;
    expect((await decide(late, 'agree')).status).to.equal(400);
  });

  it('forges no consent without a transaction', async () => {
    const screen = await openConsentScreen(emulator());

    expect((await decide(screen, 'agree', { transaction: 'forged' })).status).to.equal(400);
    expect((await decide(screen, 'agree', { transaction: undefined })).status).to.equal(400);
    expect((await fetch(screen.action, { method: 'POST', body: '{}' })).status).to.equal(400);
  });

  it('offers every account of every user, all ticked, until somebody chooses', async () => {
    const { form } = await openConsentScreen(emulator(), { scope: 'moment_management,keyword_delete' });

    form.delete('transaction');
    expect(`${form}`).to.equal('user=101&moment-101=11&moment-101=12&keyword-101=21&moment-102=13');
  });

  it('asks for no accounts when no item opens any', async () => {
    const { html } = await openConsentScreen(emulator());

    expect(html).not.to.include('type="checkbox"');
  });

  it('shows accounts which resource_ids fixed, without a choice', async () => {
    const { html, form } = await openConsentScreen(emulator(), {
      scope: 'moment_management',
      resource_ids: ['moment:12', 'moment:99'],
    });

    expect(html.match(/<input type="checkbox"[^>]*>/g)).to.deep.equal([
      '<input type="checkbox" id="moment-101-12" name="moment-101" value="12" checked disabled>',
    ]);
    expect(form.has('moment-101')).to.equal(false);
  });

  it('shows all accounts as one, without a choice, where the app asked for all', async () => {
    const { html } = await openConsentScreen(emulator(), {
      scope: 'keyword_create',
      resource_ids: 'keyword:*',
    });

    expect(html).to.include('All ad accounts').and.not.to.include('type="checkbox"');
  });

  it('shows again, with what was chosen, when no ad account was', async () => {
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

  it('shows again when the user is none of those it offered', async () => {
    const again = await toConsentScreen(
      await decide(await openConsentScreen(emulator()), 'agree', { user: '999' }),
    );

    expect(again.response.status).to.equal(422);
    expect(again.form.get('user')).to.equal('101');
  });

  const changes: [what: string, changed: Partial<EmulatedApp>, code: string][] = [
    ['loses its redirect URI', { redirectURIs: [] }, 'KOE028'],
    ['is no Biz app any more', { bizApp: false }, 'KOE123'],
    ['comes under a sanction', { sanctioned: true }, 'KOE125'],
    ['loses an item', { consentItems: [] }, 'KOE232'],
    ['gets another key', { clientID: 'another-key' }, 'KOE101'],
  ];

  for (const [what, changed, code] of changes) {
    for (const decision of ['agree', 'cancel'] as const) {
      it(`counts for an app that ${what} before the user decides: ${code} at ${decision}`, async () => {
        const screen = await openConsentScreen(emulator());
        Object.assign(emulator().app, changed);

        const response = await decide(screen, decision);

        expect([response.status, response.headers.get('location')]).to.deep.equal([400, null]);
        expect(await response.text()).to.include(`<p class="code">${code}</p>`);
      });
    }
  }

  describe('turns a user away on Kakao’s error page', () => {
    const refusals = [
      { who: 'is not registered at Business Center', user: '104', changes: {}, code: 'KOE025' },
      { who: 'owns no asset', user: '103', changes: { scope: 'moment_management' }, code: 'KOE027' },
      {
        who: 'owns no asset to ask all of',
        user: '103',
        changes: { scope: 'moment_create', resource_ids: 'moment:*' },
        code: 'KOE027',
      },
      {
        who: 'owns no asset of the kind',
        user: '102',
        changes: { scope: 'keyword_management' },
        code: 'KOE027',
      },
      {
        who: 'owns none of the accounts asked for',
        user: '101',
        changes: { scope: 'moment_management', resource_ids: 'moment:13' },
        code: 'KOE027',
      },
    ];

    for (const { who, user, changes, code } of refusals) {
      it(`who ${who}: ${code}`, async () => {
        const screen = await openConsentScreen(emulator(), changes);

        const response = await decide(screen, 'agree', { user });

        expect(screen.html).to.include(`Agreeing leads to the ${code} error page.`);
        expect(response.status).to.equal(400);
        expect(await response.text()).to.include(`<p class="code">${code}</p>`);
      });
    }

    it('but not one without assets who is asked for the email alone', async () => {
      const response = await decide(await openConsentScreen(emulator()), 'agree', { user: '103' });

      expect(response.status).to.equal(302);
    });
  });

  it('gives codes that lapse after 10 minutes', async () => {
    const [used, late] = [await obtainCode(emulator()), await obtainCode(emulator())];

    now += minutes(10) - 1;
    expect((await exchange(emulator(), used)).status).to.equal(200);
    now += 1;
    expect((await exchange(emulator(), late)).status).to.equal(400);
  });
});
