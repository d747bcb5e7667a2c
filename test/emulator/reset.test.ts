import { expect } from 'chai';
import {
  authorizationURL,
  bearer,
  callAdAPI,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
} from './emulator-for-tests.js';

describe('emulator: reset', () => {
  const emulator = emulatorForEachTest(() => ({
    now: () => 0,
    apps: [{ quota: { tokensPerMinute: 1 } }, { clientID: 'second' }],
    stubs: [{ method: 'GET', path: '/openapi/v4/campaigns', answer: 'of the options' }],
  }));

  const timeOnPanel = async (): Promise<number> => {
    const panel = await fetch(new URL('/emulator', emulator().endpoints.tokenURL));
    return Date.parse(/<time datetime="([^"]*)"/.exec(await panel.text())?.[1] ?? '');
  };

  it('restores the apps and users, which stay the same objects', () => {
    const { app, apps, users } = emulator();
    const before = structuredClone({ apps, users });
    const [first] = users;
    Object.assign(app, { name: 'Another', clientSecret: undefined, more: true });
    app.redirectURIs.push('http://localhost/');
    apps.pop();
    users.reverse().pop();
    first?.adAccounts.moment.pop();

    emulator().reset();

    expect({ apps, users }).to.deep.equal(before);
    expect(apps[0]).to.equal(app);
    expect(users[0]).to.equal(first);
  });

  it('can be called again after further changes', () => {
    const { app } = emulator();
    const before = structuredClone(app);

    for (const uri of ['http://localhost/1', 'http://localhost/2']) {
      app.redirectURIs.push(uri);
      emulator().reset();
      expect(app).to.deep.equal(before);
    }
  });

  it('forgets codes and tokens', async () => {
    const token = await obtainToken(emulator());
    const code = await obtainCode(emulator());

    emulator().reset();

    expect((await fetch(emulator().endpoints.userInfoURL, bearer(token))).status).to.equal(401);
    expect(await (await exchange(emulator(), code)).json()).to.include({ error_code: 'KOE320' });
  });

  it('clears faults and requests', async () => {
    emulator().failNext('userinfo', { status: 500 });
    await fetch(authorizationURL(emulator()));

    emulator().reset();

    expect(emulator().requests).to.deep.equal([]);
    expect((await fetch(emulator().endpoints.userInfoURL)).status).to.equal(401);
  });

  it('renews the quotas', async () => {
    await obtainToken(emulator());

    emulator().reset();

    expect(await obtainToken(emulator())).to.be.a('string');
  });

  it('sets the clock back', async () => {
    const start = await timeOnPanel();
    emulator().advance(600_000);
    const advanced = await timeOnPanel();

    emulator().reset();

    expect([advanced, await timeOnPanel()]).to.deep.equal([start + 600_000, start]);
  });

  it('removes the stubs that were added, and keeps those of the options', async () => {
    emulator().stub('GET', '/openapi/v4/campaigns', 'of the test');
    emulator().stub('PUT', '/openapi/v4/campaigns', 'of the test');
    emulator().reset();
    const token = await obtainToken(emulator(), { scope: 'moment_management' });
    const call = (method: string): Promise<Response> =>
      callAdAPI(emulator(), '/openapi/v4/campaigns', { method, token, adAccountID: '482913' });

    expect(await (await call('GET')).text()).to.equal('of the options');
    expect((await call('PUT')).status).to.equal(404);
  });
});
