import { expect } from 'chai';
import type { EmulatedEndpoint, EmulatedErrorCode } from '../../lib/emulator/index.js';
import { rejectionOf } from '../support/rejection.js';
import {
  authorizationURL,
  bearer,
  emulatorForEachTest,
  exchange,
  locationOf,
  obtainCode,
  obtainToken,
  openConsentScreen,
} from './emulator-for-tests.js';

describe('emulator: failNext with an error code', () => {
  const emulator = emulatorForEachTest();

  const onPage = [
    'KOE003',
    'KOE005',
    'KOE008',
    'KOE025',
    'KOE026',
    'KOE027',
    'KOE028',
    'KOE101',
    'KOE123',
  ] as const;
  const more = ['KOE124', 'KOE125', 'KOE126', 'KOE127', 'KOE201', 'KOE232', 'KOE233'] as const;
  for (const code of [...onPage, ...more]) {
    it(`shows the error page of ${code}, with cause and remedy in both languages`, async () => {
      emulator().failNext('authorize', { code });

      const { response, html } = await openConsentScreen(emulator());

      expect(response.status).to.equal(400);
      expect(html).to.include(`<p class="code">${code}</p>`).and.to.include('This error was injected.');
      for (const title of ['원인', 'Cause', '해결 방법', 'Remedy'])
        expect(html).to.include(`>${title}</span>`);
      expect(emulator().requests[0]).to.include({ status: 400, code });
      expect((await openConsentScreen(emulator())).response.status).to.equal(200);
    });
  }

  const atToken: [code: EmulatedErrorCode, status: number, error: string][] = [
    ['KOE003', 500, 'server_error'],
    ['KOE009', 400, 'invalid_client'],
    ['KOE010', 401, 'invalid_client'],
    ['KOE101', 401, 'invalid_client'],
    ['KOE114', 400, 'invalid_grant'],
    ['KOE126', 403, 'unauthorized_client'],
    ['KOE127', 403, 'unauthorized_client'],
    ['KOE236', 429, 'invalid_request'],
    ['KOE237', 429, 'invalid_request'],
    ['KOE303', 400, 'invalid_grant'],
    ['KOE310', 400, 'invalid_request'],
    ['KOE320', 400, 'invalid_grant'],
  ];

  for (const [code, status, error] of atToken) {
    it(`answers ${code} at the token endpoint, and keeps the authorization code`, async () => {
      const authorizationCode = await obtainCode(emulator());
      emulator().failNext('token', { code });

      const response = await exchange(emulator(), authorizationCode);

      const body = await response.json();
      expect(response.status).to.equal(status);
      expect(response.headers.has('www-authenticate')).to.equal(status === 401);
      expect(body).to.have.all.keys('error', 'error_description', 'error_code');
      expect(body).to.include({ error, error_code: code });
      expect((await exchange(emulator(), authorizationCode)).status).to.equal(200);
    });
  }

  const withToken: [code: EmulatedErrorCode, status: number][] = [
    [-1, 400],
    [-2, 400],
    [-3, 403],
    [-4, 403],
    [-5, 403],
    [-6, 403],
    [-7, 400],
    [-8, 400],
    [-9, 400],
    [-10, 429],
    [-11, 429],
    [-12, 403],
    [-401, 401],
    [-402, 403],
    [-603, 400],
    [-903, 403],
    [-9798, 503],
  ];

  for (const [code, status] of withToken) {
    it(`answers ${code} at tokeninfo, userinfo and revoke`, async () => {
      const { tokenInfoURL, userInfoURL, revokeURL } = emulator().endpoints;
      const token = bearer(await obtainToken(emulator()));
      for (const endpoint of ['tokeninfo', 'userinfo', 'revoke'] as const)
        emulator().failNext(endpoint, { code });

      const responses = [
        await fetch(tokenInfoURL, token),
        await fetch(userInfoURL, token),
        await fetch(revokeURL, { method: 'POST', ...token }),
      ];

      for (const response of responses) {
        expect(response.status).to.equal(status);
        expect(response.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
        expect(await response.json())
          .to.include({ code })
          .and.to.have.all.keys('msg', 'code');
      }
      expect((await fetch(userInfoURL, token)).status).to.equal(200);
    });
  }

  it('accepts a number as text, as errors and requests have it', async () => {
    emulator().failNext('userinfo', { code: '-9798' });

    const response = await fetch(emulator().endpoints.userInfoURL);

    expect(response.status).to.equal(503);
    expect(await response.json()).to.include({ code: -9798 });
  });

  const others: {
    at: EmulatedEndpoint;
    code: EmulatedErrorCode;
    url: () => string | URL;
    init?: RequestInit;
  }[] = [
    { at: 'authorize', code: 'KOE003', url: () => authorizationURL(emulator()) },
    { at: 'token', code: 'KOE237', url: () => emulator().endpoints.tokenURL, init: { method: 'POST' } },
    { at: 'userinfo', code: -10, url: () => emulator().endpoints.userInfoURL },
  ];

  for (const { at, code, url, init } of others) {
    it(`combines the code with a status and Retry-After at ${at}`, async () => {
      emulator().failNext(at, { code, status: 418, retryAfter: 7 });

      const response = await fetch(url(), init);

      expect([response.status, response.headers.get('retry-after')]).to.deep.equal([418, '7']);
      expect(emulator().requests[0]).to.include({ status: 418, code: `${code}` });
    });
  }

  it('makes approve() reject with the code', async () => {
    emulator().failNext('authorize', { code: 'KOE125' });

    const error = await rejectionOf(emulator().approve(authorizationURL(emulator())));

    expect(error).to.include({
      code: 'KOE125',
      message:
        'KOE125: Kakao has sanctioned the app or its developer. (This error was injected.) Ask on DevTalk.',
    });
  });
});

describe('emulator: failNext with an OAuth error', () => {
  const emulator = emulatorForEachTest();

  it('redirects to the app with the error and the state', async () => {
    emulator().failNext('authorize', { error: 'server_error' });

    const location = locationOf(await fetch(authorizationURL(emulator()), { redirect: 'manual' }));

    expect(location.origin + location.pathname).to.equal(emulator().app.redirectURIs[0]);
    expect(Object.fromEntries(location.searchParams)).to.deep.equal({
      error: 'server_error',
      error_description: 'Injected error: server_error',
      state: 'the-state',
    });
  });

  it('makes approve() resolve with that redirect', async () => {
    emulator().failNext('authorize', { error: 'temporarily_unavailable' });

    const location = await emulator().approve(authorizationURL(emulator()));

    expect(location.searchParams.get('error')).to.equal('temporarily_unavailable');
  });

  it('does not redirect to an unregistered URI', async () => {
    emulator().failNext('authorize', { error: 'server_error' });

    const { response, html } = await openConsentScreen(emulator(), { redirect_uri: 'http://localhost/' });

    expect(response.status).to.equal(400);
    expect(html).to.include('KOE028');
  });
});
