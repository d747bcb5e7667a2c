import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect } from 'chai';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { originAt } from '../../lib/emulator/paths.js';
import { authorizationURL, decide, emulatorForEachTest, openConsentScreen } from './emulator-for-tests.js';

describe('emulator: requests from pages of other sites', () => {
  const emulator = emulatorForEachTest(() => ({ allowedHosts: ['kakao.test', 'Codespace-5252.Example'] }));
  const ask = (method: string, path: string, headers: Record<string, string>) =>
    send(emulator().endpoints.tokenURL, method, path, headers).then(({ status }) => status);
  const port = (): string => new URL(emulator().endpoints.tokenURL).port;
  const calls = [
    { method: 'POST', path: () => `/emulator/approve${authorizationURL(emulator()).search}`, status: 302 },
    { method: 'POST', path: () => `/emulator/cancel${authorizationURL(emulator()).search}`, status: 302 },
    { method: 'POST', path: () => '/emulator/faults/clear', status: 204 },
    { method: 'POST', path: () => '/emulator/faults', status: 422 },
    { method: 'POST', path: () => '/emulator/clock', status: 422 },
    { method: 'GET', path: () => '/emulator', status: 200 },
    { method: 'GET', path: () => '/emulator?lang=en', status: 200 },
    { method: 'DELETE', path: () => '/emulator/none', status: 404 },
  ];
  const senders: { who: string; headers: () => Record<string, string>; served: boolean }[] = [
    { who: 'a program', headers: () => ({}), served: true },
    {
      who: 'a page of the emulator',
      headers: () => ({ host: `127.0.0.1:${port()}`, origin: `http://127.0.0.1:${port()}` }),
      served: true,
    },
    {
      who: 'a page of the emulator at localhost',
      headers: () => ({ host: `localhost:${port()}`, origin: `http://localhost:${port()}` }),
      served: true,
    },
    { who: 'a page of another site', headers: () => ({ origin: 'https://attacker.example' }), served: false },
    { who: 'a page at another port', headers: () => ({ origin: 'http://127.0.0.1:3000' }), served: false },
    { who: 'a page that hides its origin', headers: () => ({ origin: 'null' }), served: false },
    {
      who: 'a page of an emulator that listens at another address',
      headers: () => ({ host: `192.168.0.7:${port()}`, origin: `http://192.168.0.7:${port()}` }),
      served: true,
    },
    {
      who: 'a page of an emulator in a container',
      headers: () => ({ host: `kakao:${port()}`, origin: `http://kakao:${port()}` }),
      served: true,
    },
    {
      who: 'a page of the emulator at a name under localhost',
      headers: () => ({ host: `kakao.localhost:${port()}`, origin: `http://kakao.localhost:${port()}` }),
      served: true,
    },
    {
      who: 'a page of the emulator at an IPv6 address',
      headers: () => ({ host: `[::1]:${port()}`, origin: `http://[::1]:${port()}` }),
      served: true,
    },
    {
      who: 'a page of the emulator at an allowed host',
      headers: () => ({ host: `kakao.test:${port()}`, origin: `http://kakao.test:${port()}` }),
      served: true,
    },
    {
      who: 'a page of the emulator behind a proxy that adds TLS',
      headers: () => ({ host: 'codespace-5252.example', origin: 'https://codespace-5252.example' }),
      served: true,
    },
    {
      who: 'a page of the emulator behind a proxy that changes the host',
      headers: () => ({ host: `127.0.0.1:${port()}`, origin: 'https://codespace-5252.example' }),
      served: true,
    },
    {
      who: 'a page behind a proxy that adds TLS at a name without a dot',
      headers: () => ({ host: 'kakao', origin: 'https://kakao' }),
      served: true,
    },
    {
      who: 'a page of another site that names an allowed host',
      headers: () => ({ host: 'kakao.test', origin: 'http://attacker.example' }),
      served: false,
    },
    {
      who: 'a page of a site under an allowed host',
      headers: () => ({ host: 'attacker.kakao.test', origin: 'http://attacker.kakao.test' }),
      served: false,
    },
    {
      who: 'a program at a name that resolves to 127.0.0.1',
      headers: () => ({ host: 'attacker.example' }),
      served: false,
    },
    { who: 'a page with an origin that is no URL', headers: () => ({ origin: 'attacker' }), served: false },
    {
      who: 'a page of a site whose name resolves to 127.0.0.1',
      headers: () => ({ host: `attacker.example:${port()}`, origin: `http://attacker.example:${port()}` }),
      served: false,
    },
    {
      who: 'a page of a site whose name starts like ours',
      headers: () => ({ host: `localhost.attacker.example`, origin: 'http://localhost.attacker.example' }),
      served: false,
    },
  ];

  for (const { who, headers, served } of senders) {
    it(`${served ? 'are served' : 'are rejected'}: ${who}`, async () => {
      for (const { method, path, status } of calls) {
        expect(await ask(method, path(), headers()), path()).to.equal(served ? status : 403);
      }
      expect(emulator().requests).to.have.length(served ? 2 : 0);
    });
  }

  it('need no origin with the transaction of a consent screen', async () => {
    const screen = await openConsentScreen(emulator());
    const body = new URLSearchParams([...screen.form, ['decision', 'agree']]);

    const response = await fetch(screen.action, {
      method: 'POST',
      body,
      headers: { origin: 'null' },
      redirect: 'manual',
    });

    expect(response.status).to.equal(302);
    expect((await decide(await openConsentScreen(emulator()), 'agree')).status).to.equal(302);
  });

  for (const origin of ['null', 'http://attacker.example']) {
    it(`are rejected from a site whose name resolves to 127.0.0.1, with the origin ${origin}`, async () => {
      expect(await ask('POST', '/emulator/consent', { host: 'attacker.example', origin })).to.equal(403);
    });
  }

  it('are rejected at the consent screen too', async () => {
    expect(await ask('POST', '/emulator/consent', { origin: 'http://attacker.example' })).to.equal(403);
  });

  it('may check the health at any host name, but not read it from another site', async () => {
    const health = (method: string, headers: Record<string, string>) =>
      ask(method, '/emulator/health', headers);

    expect(await health('GET', { host: 'kakao.default.svc' })).to.equal(200);
    expect(await health('GET', { host: 'kakao.default.svc', origin: 'http://attacker.example' })).to.equal(
      403,
    );
    expect(await health('POST', { host: 'kakao.default.svc' })).to.equal(403);
  });

  it('say how to allow a host name', async () => {
    const { tokenURL } = emulator().endpoints;
    for (const headers of [{ host: 'other.test' }, { origin: 'http://other.test' }]) {
      expect((await send(tokenURL, 'GET', '/emulator', headers)).text)
        .to.include('--allowed-host')
        .and.to.include('allowedHosts');
    }
  });

  it("do not concern Kakao's endpoints", async () => {
    const headers = { host: 'attacker.example', origin: 'http://attacker.example' };

    expect(await ask('GET', '/v1/business/userinfo', headers)).to.equal(401);
    expect(await ask('GET', '/emulators', headers)).to.equal(404);
  });
});

describe('emulator: the panel', () => {
  it('shows the URLs as the browser reaches them', async () => {
    const emulator = await startKakaoBusinessEmulator({ allowedHosts: ['kakao.test'] });
    const { tokenURL } = emulator.endpoints;
    const plain = await send(tokenURL, 'GET', '/emulator', { host: 'kakao.test' });
    const proxied = await send(tokenURL, 'GET', '/emulator', {
      host: 'kakao.test',
      'x-forwarded-proto': 'https',
    });
    await emulator.close();

    expect(plain.text).to.include('http://kakao.test/oauth/business/token');
    expect(proxied.text).to.include('https://kakao.test/oauth/business/token');
  });
});

describe('emulator: the origin', () => {
  it('has no default port, and an address that can be reached', () => {
    expect(originAt('http', '127.0.0.1', 80)).to.equal('http://127.0.0.1');
    expect(originAt('https', '127.0.0.1', 443)).to.equal('https://127.0.0.1');
    expect(originAt('https', '127.0.0.1', 80)).to.equal('https://127.0.0.1:80');
    expect(originAt('http', '0.0.0.0', 5252)).to.equal('http://127.0.0.1:5252');
    expect(originAt('http', '127.0.0.2', 5252)).to.equal('http://127.0.0.2:5252');
  });
});

/** Not with fetch(), which does not allow a Host header. */
async function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; text: string }> {
  const sent = request({ host: '127.0.0.1', port: new URL(url).port, path, method, headers });
  sent.end();
  const [response]: IncomingMessage[] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response ?? []) text += chunk;
  return { status: response?.statusCode, text };
}
