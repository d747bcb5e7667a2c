import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect } from 'chai';
import { originAt } from '../../lib/emulator/paths.js';
import { authorizationURL, decide, emulatorForEachTest, openConsentScreen } from './emulator-for-tests.js';

describe('emulator: requests from pages of other sites', () => {
  const emulator = emulatorForEachTest();
  /** Not with fetch(), which does not allow a Host header. */
  const post = async (path: string, headers: Record<string, string>): Promise<number | undefined> => {
    const { port } = new URL(emulator().endpoints.tokenURL);
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers });
    sent.end();
    const responses: IncomingMessage[] = await once(sent, 'response');
    for (const response of responses) response.resume();
    return responses[0]?.statusCode;
  };
  const port = (): string => new URL(emulator().endpoints.tokenURL).port;
  const calls = [
    { path: () => `/emulator/approve${authorizationURL(emulator()).search}`, status: 302 },
    { path: () => `/emulator/cancel${authorizationURL(emulator()).search}`, status: 302 },
    { path: () => '/emulator/faults/clear', status: 204 },
    { path: () => '/emulator/faults', status: 422 },
    { path: () => '/emulator/clock', status: 422 },
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
      for (const { path, status } of calls) {
        expect(await post(path(), headers()), path()).to.equal(served ? status : 403);
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
      expect(await post('/emulator/consent', { host: 'attacker.example', origin })).to.equal(403);
    });
  }
});

describe('emulator: the origin', () => {
  it('has no port 80, and an address that can be reached', () => {
    expect(originAt('127.0.0.1', 80)).to.equal('http://127.0.0.1');
    expect(originAt('0.0.0.0', 5252)).to.equal('http://127.0.0.1:5252');
    expect(originAt('127.0.0.2', 5252)).to.equal('http://127.0.0.2:5252');
  });
});
