import { expect } from 'chai';
import {
  bearer,
  emulatorForEachTest,
  exchange,
  obtainCode,
  openConsentScreen,
  stringIn,
} from './emulator-for-tests.js';

describe('emulator: several apps', () => {
  const emulator = emulatorForEachTest(() => ({
    apps: [
      { name: 'First agency', clientID: 'first-key', clientSecret: 'first-secret' },
      {
        name: 'Second agency',
        clientID: 'second-key',
        clientSecret: 'second-secret',
        redirectURIs: ['http://localhost:4000/callback'],
        consentItems: ['keyword_management'],
      },
    ],
  }));
  const second = {
    client_id: 'second-key',
    client_secret: 'second-secret',
    redirect_uri: 'http://localhost:4000/callback',
  };
  const request = {
    client_id: 'second-key',
    redirect_uri: 'http://localhost:4000/callback',
    scope: 'keyword_management',
  };

  it('have different consent screens, chosen by the client ID', async () => {
    const [of1, of2] = [await openConsentScreen(emulator()), await openConsentScreen(emulator(), request)];

    expect(of1.html).to.include('First agency').and.not.to.include('Second agency');
    expect(of2.html).to.include('Second agency').and.not.to.include('First agency');
  });

  it('have separate redirect URIs and consent items', async () => {
    const { html: redirect } = await openConsentScreen(emulator(), { redirect_uri: second.redirect_uri });
    const { html: item } = await openConsentScreen(emulator(), { ...request, scope: 'biz_account_email' });

    expect(redirect).to.include('KOE028');
    expect(item).to.include('KOE232');
  });

  it('have separate secrets', async () => {
    const code = await obtainCode(emulator(), request);

    const mixed = await exchange(emulator(), code, { ...second, client_secret: 'first-secret' });
    const right = await exchange(emulator(), code, second);

    expect(await mixed.json()).to.include({ error_code: 'KOE010' });
    expect(right.status).to.equal(200);
  });

  it('have separate permissions, also after a token was issued', async () => {
    const code = await obtainCode(emulator(), { scope: 'moment_management' });
    const token = stringIn(await (await exchange(emulator(), code)).json(), 'access_token');
    for (const app of emulator().apps.slice(1)) app.permissions.length = 0;

    expect((await fetch(emulator().endpoints.tokenInfoURL, bearer(token))).status).to.equal(200);
  });

  it('can be added later', async () => {
    emulator().apps.push({ ...emulator().app, clientID: 'third-key' });

    expect((await openConsentScreen(emulator(), { client_id: 'third-key' })).response.status).to.equal(200);
  });
});
