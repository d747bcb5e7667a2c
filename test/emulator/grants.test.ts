import { expect } from 'chai';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import type { LogEntry } from '../../lib/emulator/request-log.js';
import { type Grant, Grants, type OpenConsent } from '../../lib/emulator/state.js';

describe('emulator: what is kept in memory', () => {
  let grant: Grant;
  before(async () => {
    const { app, users, close } = await startKakaoBusinessEmulator();
    await close();
    const [user] = users;
    if (!user) throw new Error('No user');
    grant = { app, clientID: app.clientID, redirectURI: '', user, items: [], agreements: [] };
  });
  const newGrants = () => new Grants(60_000, () => 0);
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

  it('are the 2,000 tokens that were issued or used last', () => {
    const grants = newGrants();
    const [first = '', second = '', third = ''] = times(2000, () => grants.issueToken(grant));
    expect(grants.useToken(first)).to.equal(grant);

    grants.issueToken(grant);

    expect(grants.useToken(second)).to.equal(undefined);
    expect(grants.useToken(first)).to.equal(grant);
    expect(grants.useToken(third)).to.equal(grant);
  });

  it('are the last 2,000 codes', () => {
    const grants = newGrants();
    const [first = '', second = ''] = times(2001, () => grants.issueCode(grant));

    expect(grants.redeemCode(first)).to.equal(undefined);
    expect(grants.redeemCode(second)).to.equal(grant);
  });

  it('are the last 1,000 open consent screens', () => {
    const grants = newGrants();
    const entry: LogEntry = { responded: () => {}, decided: () => {} };
    const consent: OpenConsent = { query: new URLSearchParams(), entry };
    const [first = '', second = ''] = times(1001, () => grants.openConsent(consent));

    expect(grants.openedConsent(first)).to.equal(undefined);
    expect(grants.openedConsent(second)).to.equal(consent);
  });
});
