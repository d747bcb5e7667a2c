import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { authorizationURL, decide, emulatorForEachTest, openConsentScreen } from './emulator-for-tests.js';

describe('emulator: the server', () => {
  const emulator = emulatorForEachTest();

  it('answers 404 at any other path', async () => {
    const { origin } = new URL(emulator().endpoints.tokenURL);

    for (const path of [
      '/oauth/authorize',
      '/emulator/',
      '/emulator/none',
      '/v2/user/me',
      '/oauth/business/token/',
      '//',
      '/toString',
    ]) {
      expect((await fetch(origin + path)).status).to.equal(404);
    }
    expect(emulator().requests).to.deep.equal([]);
  });

  it('answers 405 to another method, with the allowed one', async () => {
    const {
      authorizationURL: authorize,
      tokenURL,
      userInfoURL,
      tokenInfoURL,
      revokeURL,
    } = emulator().endpoints;

    for (const [url, method, allowed] of [
      [authorize, 'POST', 'GET'],
      [tokenURL, 'GET', 'POST'],
      [userInfoURL, 'POST', 'GET'],
      [tokenInfoURL, 'DELETE', 'GET'],
      [revokeURL, 'GET', 'POST'],
    ] as const) {
      const response = await fetch(url, { method });
      expect([response.status, response.headers.get('allow')]).to.deep.equal([405, allowed]);
    }
  });

  it('answers 413 to a body over 64 KiB', async () => {
    const body = new URLSearchParams({ code: 'x'.repeat(65_536) });

    const response = await fetch(emulator().endpoints.tokenURL, { method: 'POST', body });

    expect(response.status).to.equal(413);
  });

  it('survives a client that disconnects during its request', async () => {
    const socket = connect(Number(new URL(emulator().endpoints.tokenURL).port), '127.0.0.1');
    socket.end('POST /oauth/business/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npart');
    socket.resume();
    await once(socket, 'close');

    expect((await fetch(authorizationURL(emulator()))).status).to.equal(200);
  });

  it('answers 500 when a user was set to an invalid value', async () => {
    emulator().app.redirectURIs.unshift('nowhere');

    const response = await decide(await openConsentScreen(emulator()), 'agree');

    expect(response.status).to.equal(500);
    expect(await response.text())
      .to.include('The emulator failed')
      .and.to.include('Invalid URL');
  });
});
