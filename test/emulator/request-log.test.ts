import { expect } from 'chai';
import type { RecordedRequest } from '../../lib/emulator/index.js';
import {
  authorizationURL,
  bearer,
  type Changes,
  callAdAPI,
  decide,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
  openConsentScreen,
  toParameters,
} from './emulator-for-tests.js';

describe('emulator: the request log', () => {
  const emulator = emulatorForEachTest();
  const last = (): RecordedRequest | undefined => emulator().requests.at(-1);

  it('records the requests to the five endpoints in order, but not the form of the consent screen', async () => {
    const token = await obtainToken(emulator());
    await fetch(emulator().endpoints.tokenInfoURL, bearer(token));
    await fetch(emulator().endpoints.userInfoURL, bearer(token));
    await fetch(emulator().endpoints.revokeURL, { method: 'POST', ...bearer(token) });
    await fetch(emulator().endpoints.userInfoURL, bearer(token));

    expect(
      emulator().requests.map(({ endpoint, method, path, status, code }) => [
        endpoint,
        method,
        path,
        status,
        code,
      ]),
    ).to.deep.equal([
      ['authorize', 'GET', '/oauth/business/authorize', 200, undefined],
      ['token', 'POST', '/oauth/business/token', 200, undefined],
      ['tokeninfo', 'GET', '/v1/business/tokeninfo', 200, undefined],
      ['userinfo', 'GET', '/v1/business/userinfo', 200, undefined],
      ['revoke', 'POST', '/v1/business/revoke', 200, undefined],
      ['userinfo', 'GET', '/v1/business/userinfo', 401, '-401'],
    ]);
  });

  it('records the requests to the ad APIs, with the ad account and without the token', async () => {
    const token = await obtainToken(emulator(), { scope: 'moment_management' });
    const query = 'config=ON,OFF&start=2026-11-01&campaignId=9223372036854775807&campaignId=2';
    await callAdAPI(emulator(), `/openapi/v4/campaigns?${query}`, {
      method: 'PUT',
      token,
      adAccountID: '482913',
      body: '{"id":1}',
    });
    await callAdAPI(emulator(), '/openapi/v1/campaigns', { token: 'unknown' });

    expect(last()).to.deep.include({ endpoint: 'keywordAd', method: 'GET', path: '/openapi/v1/campaigns' });
    const recorded = emulator().requests.at(-2);
    expect(recorded).to.deep.include({
      endpoint: 'moment',
      method: 'PUT',
      path: '/openapi/v4/campaigns',
      form: undefined,
      status: 404,
    });
    expect(`${recorded?.query}`).to.equal(`${new URLSearchParams(query)}`);
    expect(recorded?.headers).to.include({
      adaccountid: '482913',
      authorization: 'Bearer ***',
      'content-type': 'application/json',
    });
  });

  it('masks a token that was sent to an ad API in a wrong place', async () => {
    const token = await obtainToken(emulator(), { scope: 'moment_management' });
    emulator().app.clientSecret = 'SECRET-1';
    const query = new URLSearchParams({ access_token: token, other: 'SECRET-1', [token]: '1' });
    await callAdAPI(emulator(), `/openapi/v4/campaigns?${query}`, { token, adAccountID: token });

    expect([...(last()?.query ?? [])]).to.deep.equal([
      ['access_token', '***'],
      ['other', '***'],
      ['***', '1'],
    ]);
    expect(last()?.headers).to.include({ adaccountid: '***' });
  });

  it('keeps the query, with repeated keys', async () => {
    await openConsentScreen(emulator(), {
      scope: 'moment_management',
      resource_ids: ['moment:1', 'moment:2'],
    });

    expect(last()?.query.getAll('resource_ids')).to.deep.equal(['moment:1', 'moment:2']);
    expect(last()?.query.get('state')).to.equal('the-state');
    expect(last()?.form).to.equal(undefined);
  });

  it('masks the code and the secret of the form, and keeps the rest', async () => {
    await exchange(emulator(), await obtainCode(emulator()));

    expect(Object.fromEntries(last()?.form ?? [])).to.deep.equal({
      grant_type: 'authorization_code',
      client_id: emulator().app.clientID,
      client_secret: '***',
      redirect_uri: 'http://localhost:3000/auth/kakao-business/callback',
      code: '***',
    });
  });

  it('shows whether a secret was missing or empty', async () => {
    await exchange(emulator(), 'x', { client_secret: undefined });
    await exchange(emulator(), 'x', { client_secret: '' });

    expect(emulator().requests.map(({ form, code }) => [form?.get('client_secret'), code])).to.deep.equal([
      [null, 'KOE010'],
      ['', 'KOE010'],
    ]);
  });

  it('keeps four headers, with the token masked', async () => {
    const headers = {
      authorization: 'Bearer a-token',
      accept: 'application/json',
      'user-agent': 'me/1',
      cookie: 'a=b',
    };
    await fetch(emulator().endpoints.userInfoURL, { headers });

    expect(last()?.headers).to.deep.equal({
      authorization: 'Bearer ***',
      accept: 'application/json',
      'user-agent': 'me/1',
    });
  });

  it('masks an authorization without a scheme, and a token in the URL', async () => {
    await fetch(`${emulator().endpoints.userInfoURL}?access_token=a-token`, {
      headers: { authorization: 'a-token' },
    });

    expect(last()?.headers).to.include({ authorization: '***' });
    expect(last()?.query.get('access_token')).to.equal('***');
  });

  it('records the type of a body that is not a form', async () => {
    await fetch(emulator().endpoints.tokenURL, { method: 'POST', body: 'client_secret=s' });

    expect(last()).to.deep.include({ form: undefined, code: 'KOE310' });
    expect(last()?.headers).to.include({ 'content-type': 'text/plain;charset=UTF-8' });
  });

  it('records the code of the error page', async () => {
    await openConsentScreen(emulator(), { prompt: 'login' });

    expect(last()).to.include({ status: 400, code: 'KOE233' });
  });

  it('records the response of a fault', async () => {
    emulator().failNext('token', { status: 429, body: { error_code: 'KOE237' } });
    emulator().failNext('token', { status: 400, body: { code: -10 } });
    emulator().failNext('token', { status: 502, body: ['no code'] });
    emulator().failNext('token', { status: 502, body: { code: true } });
    emulator().failNext('token', { status: 502, body: null });
    emulator().failNext('token', { drop: true });
    for (let count = 0; count < 6; count++) await exchange(emulator(), 'x').catch(() => undefined);

    expect(
      emulator()
        .requests.slice(0, 6)
        .map(({ status, code }) => [status, code]),
    ).to.deep.equal([
      [429, 'KOE237'],
      [400, '-10'],
      [502, undefined],
      [502, undefined],
      [502, undefined],
      [undefined, undefined],
    ]);
  });

  it('can be emptied', async () => {
    await openConsentScreen(emulator());
    emulator().requests.length = 0;
    await fetch(emulator().endpoints.userInfoURL);

    expect(emulator().requests.map(({ endpoint }) => endpoint)).to.deep.equal(['userinfo']);
  });

  it('keeps the last 1000 requests', async () => {
    for (let batch = 0; batch < 20; batch++) {
      await Promise.all(Array.from({ length: 50 }, () => fetch(emulator().endpoints.userInfoURL)));
    }
    await fetch(authorizationURL(emulator()));

    expect(emulator().requests).to.have.length(1000);
    expect(last()?.endpoint).to.equal('authorize');
  });

  it('keeps 8,000 characters of the parameters of a request, so that none needs much memory', async () => {
    const post = (form: string) =>
      fetch(emulator().endpoints.tokenURL, { method: 'POST', body: new URLSearchParams(form) });
    const sizeOf = (form = new URLSearchParams()): number => `${form}`.length;

    await post('a&'.repeat(20_000));
    const many = last()?.form;
    await post(`state=kept&scope=${'x'.repeat(60_000)}&state=left-out`);
    const long = [...(last()?.form ?? [])];

    expect(sizeOf(many)).to.be.below(8000);
    expect([...(many ?? [])].at(-1)).to.deep.equal(['…', '…']);
    expect(long).to.deep.equal([
      ['state', 'kept'],
      ['…', '…'],
    ]);
  });

  const misplaced: [where: string, form: Changes, kept: [name: string, value: string][]][] = [
    [
      'under a misspelt name',
      { clientSecret: 'a-SECRET', 'client-secret': 'a-SECRET' },
      [
        ['clientSecret', '***'],
        ['***', '***'],
      ],
    ],
    ['as JSON with the type of a form', { '{"client_secret":"a-SECRET"}': '' }, [['***', '']]],
    ['as client_id', { client_id: 'a-SECRET' }, [['client_id', '***']]],
    [
      'as a name',
      { 'a-SECRET': '', aSECRET: '', s3cret: '', [`a${'secret'.repeat(5)}`]: '' },
      [
        ['***', ''],
        ['***', ''],
        ['***', ''],
        ['***', ''],
      ],
    ],
  ];

  for (const [where, form, kept] of misplaced) {
    it(`masks a secret that was sent ${where}, also on the developer panel`, async () => {
      await fetch(emulator().endpoints.tokenURL, { method: 'POST', body: toParameters(form) });
      await fetch(`${emulator().endpoints.tokenInfoURL}?${toParameters(form)}`);
      const panel = await fetch(new URL('/emulator', emulator().endpoints.tokenURL));

      expect([...(emulator().requests[0]?.form ?? [])]).to.deep.equal(kept);
      expect([...(emulator().requests[1]?.query ?? [])]).to.deep.equal(kept);
      expect(await panel.text()).not.to.match(/a-?secret|s3cret/i);
    });
  }

  it('contains no secrets', async () => {
    const screen = await openConsentScreen(emulator());
    const location = (await decide(screen, 'agree')).headers.get('location') ?? '';
    const code = new URL(location).searchParams.get('code') ?? '';
    await exchange(emulator(), code);
    await exchange(emulator(), code);

    const held = emulator().requests.map(
      ({ query, form, ...rest }) => `${query} ${form} ${JSON.stringify(rest)}`,
    );
    expect(held.join()).not.to.include(code).and.not.to.include(emulator().app.clientSecret);
  });
});
