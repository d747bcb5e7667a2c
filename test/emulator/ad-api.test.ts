import { expect } from 'chai';
import type { AdAPI, EmulatedErrorCode, KakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { callAdAPI, emulatorForEachTest, obtainToken } from './emulator-for-tests.js';

const noRight = { detailCode: 9004, detailMsg: '권한이 없습니다.' };

const apis = [
  {
    api: 'moment',
    group: 'moment',
    root: '/openapi/v4/',
    account: '482913',
    refused: { code: -813, msg: 'KakaoMomentException', extras: noRight },
    quota: { code: -813, msg: 'KakaoMomentException', extras: {} },
  },
  {
    api: 'keywordAd',
    group: 'keyword',
    root: '/openapi/v1/',
    account: '731205',
    refused: { code: -820, msg: 'KakaoKeywordAdException', extras: noRight },
    quota: { code: -813, msg: 'KakaoKeywordAdException', extras: {} },
  },
] as const;

for (const { api, group, root, account, refused, quota } of apis) {
  const manage = { scope: `${group}_management` };

  describe(`emulator: the checks of ${api}`, () => {
    const emulator = emulatorForEachTest();
    const call = (path: string, token?: string, adAccountID?: string, method = 'GET'): Promise<Response> =>
      callAdAPI(emulator(), root + path, { method, token, adAccountID });

    it('pass with a token, the consent item and an ad account', async () => {
      emulator().stub('GET', `${root}campaigns`, [{ id: 1 }]);

      const response = await call('campaigns', await obtainToken(emulator(), manage), account);

      expect(response.status).to.equal(200);
      expect(await response.json()).to.deep.equal([{ id: 1 }]);
    });

    const tokens: [what: string, token: string | undefined, msg: string][] = [
      ['a missing token', undefined, 'no authentication key'],
      ['an unknown token', 'unknown', 'this access token does not exist'],
    ];
    for (const [what, token, msg] of tokens) {
      it(`answer -401 to ${what}`, async () => {
        await expectError(await call('campaigns', token), 401, { code: -401, msg });
      });
    }

    it('answer -401 to a revoked token, and to a server that is not allowed', async () => {
      const [revoked, token] = [await obtainToken(emulator(), manage), await obtainToken(emulator(), manage)];
      const headers = { authorization: `Bearer ${revoked}` };
      await fetch(emulator().endpoints.revokeURL, { method: 'POST', headers });
      emulator().app.allowedIPs = ['203.0.113.7'];

      const unknown = { code: -401, msg: 'this access token does not exist' };
      await expectError(await call('adAccounts/pages', revoked), 401, unknown);
      await expectError(await call('adAccounts/pages', token), 401, { code: -401, msg: 'ip mismatched' });
    });

    const items: [method: string, path: string, item: string][] = [
      ['GET', 'adAccounts/pages', 'management'],
      ['GET', 'campaigns', 'management'],
      ['PUT', 'campaigns', 'management'],
      ['POST', 'adAccounts', 'create'],
      ['POST', 'campaigns', 'management'],
      ['DELETE', 'campaigns/1', 'delete'],
    ];
    for (const [method, path, item] of items) {
      it(`answer -402 to ${method} ${path} without ${group}_${item}`, async () => {
        const needed = `${group}_${item}`;
        const others = emulator().app.consentItems.filter(id => id !== needed);
        const token = await obtainToken(emulator(), {
          scope: others.join(),
          resource_ids: ['moment:*', 'keyword:*'],
        });

        await expectError(await call(path, token, account, method), 403, {
          code: -402,
          msg: 'insufficient scopes',
          required_scopes: [needed],
          allowed_scopes: others,
        });
      });
    }

    const accounts: [what: string, id: string | undefined][] = [
      ['no ad account', undefined],
      ['an empty one', ''],
      ['one of another user', '9223372036854775807'],
      ['one of the other API', api === 'moment' ? '731205' : '482913'],
    ];
    for (const [what, id] of accounts) {
      it(`answer ${refused.code} with the detail 9004 to ${what}`, async () => {
        const token = await obtainToken(emulator(), { scope: 'moment_management,keyword_management' });

        await expectError(await call('campaigns', token, id), 400, refused);
      });
    }

    it(`answer ${refused.code} for an ad account that the user did not agree to, or lost`, async () => {
      const accountsOfUser = emulator().users[0]?.adAccounts[group];
      accountsOfUser?.push({ id: '77', name: 'New' });
      const token = await obtainToken(emulator(), manage, { [`${group}-9007199254740993`]: [account] });

      await expectError(await call('campaigns', token, '77'), 400, refused);
      accountsOfUser?.splice(0);
      await expectError(await call('campaigns', token, account), 400, refused);
    });

    it('pass for all ad accounts of the user after consent to *', async () => {
      const token = await obtainToken(emulator(), { ...manage, resource_ids: `${group}:*` });
      emulator().users[0]?.adAccounts[group].push({ id: '77', name: 'New' });

      expect((await call('adAccounts/77', token, '77')).status).to.equal(200);
    });

    it('answer 429 and -813 over the quota, until its minute is over', async () => {
      emulator().app.quota[`${api}CallsPerMinute`] = 1;
      const token = await obtainToken(emulator(), manage);
      const [first, second] = [await call('adAccounts/pages', token), await call('adAccounts/pages', token)];
      emulator().advance(60_000);
      const third = await call('adAccounts/pages', token);

      expect([first.status, third.status]).to.deep.equal([200, 200]);
      expect(second.headers.has('retry-after')).to.equal(false);
      await expectError(second, 429, quota);
    });

    it('answer -10 over the quota of all APIs', async () => {
      const token = await obtainToken(emulator(), manage);
      emulator().app.quota.apiCallsPerMinute = 1;
      await call('adAccounts/pages', token);

      const response = await call('adAccounts/pages', token);

      await expectError(response, 400, { code: -10, msg: 'API limit has been exceeded.', extras: {} });
    });

    it('count no request that failed', async () => {
      emulator().app.quota[`${api}CallsPerMinute`] = 1;
      const token = await obtainToken(emulator(), manage);
      await call('campaigns', token);

      expect((await call('adAccounts/pages', token)).status).to.equal(200);
    });

    it('come in order: token, consent item, ad account, quota', async () => {
      emulator().app.quota[`${api}CallsPerMinute`] = 0;
      const [email, management] = [await obtainToken(emulator()), await obtainToken(emulator(), manage)];

      const codes = [];
      for (const [token, id] of [['unknown'], [email], [management], [management, account]] as const) {
        await call('campaigns', token, id);
        codes.push(emulator().requests.at(-1)?.code);
      }

      expect(codes).to.deep.equal(['-401', '-402', `${refused.code}`, '-813']);
    });
  });
}

describe('emulator: the permission of the ad APIs', () => {
  const emulator = emulatorForEachTest();

  it('is needed by Kakao Moment: -5', async () => {
    const token = await obtainToken(emulator(), { scope: 'biz_account_email,moment_management' });
    emulator().app.permissions = [];

    const response = await callAdAPI(emulator(), '/openapi/v4/adAccounts/pages', { token });

    await expectError(response, 403, { code: -5, msg: 'permission denied' });
  });

  it('is reported after a missing consent item', async () => {
    const token = await obtainToken(emulator());
    emulator().app.permissions = [];

    const response = await callAdAPI(emulator(), '/openapi/v4/adAccounts/pages', { token });

    expect(response.status).to.equal(403);
    expect(emulator().requests.at(-1)?.code).to.equal('-402');
  });

  it('is not needed by Keyword Ad', async () => {
    const token = await obtainToken(emulator(), { scope: 'keyword_management' });
    emulator().app.permissions = [];

    const response = await callAdAPI(emulator(), '/openapi/v1/adAccounts/pages', { token });

    expect(response.status).to.equal(200);
  });
});

describe('emulator: the consent item for Business Forms', () => {
  const emulator = emulatorForEachTest();

  it('is moment_bizform_result_read, and moment_management is not enough', async () => {
    const [reader, manager] = [
      await obtainToken(emulator(), { scope: 'moment_bizform_result_read' }),
      await obtainToken(emulator(), { scope: 'moment_management' }),
    ];
    const path = '/openapi/v4/bizForms/1/results';
    emulator().stub('GET', path, []);

    const statuses = [];
    for (const token of [reader, manager]) {
      statuses.push((await callAdAPI(emulator(), path, { token, adAccountID: '482913' })).status);
    }

    expect(statuses).to.deep.equal([200, 403]);
  });
});

describe('emulator: failNext at the ad APIs', () => {
  const emulator = emulatorForEachTest();
  const roots = { moment: '/openapi/v4/', keywordAd: '/openapi/v1/' };
  const call = (api: AdAPI, kakao: KakaoBusinessEmulator = emulator()): Promise<Response> =>
    callAdAPI(kakao, `${roots[api]}campaigns`, {});

  const codes: [code: EmulatedErrorCode, status: number][] = [
    [-1, 500],
    [-2, 400],
    [-3, 400],
    [-5, 403],
    [-10, 400],
    [-12, 403],
    [-101, 400],
    [-401, 401],
    [-402, 403],
  ];
  for (const [code, status] of codes) {
    it(`answers ${code} with HTTP ${status}`, async () => {
      for (const api of ['moment', 'keywordAd'] as const) {
        emulator().failNext(api, { code });

        const response = await call(api);

        expect(response.status).to.equal(status);
        expect(await response.json())
          .to.include({ code })
          .and.to.have.property('msg')
          .that.is.a('string');
        expect(emulator().requests.at(-1)).to.include({ endpoint: api, status: status, code: `${code}` });
      }
    });
  }

  const own: [api: AdAPI, code: EmulatedErrorCode, status: number, detail: object][] = [
    ['moment', -813, 400, noRight],
    ['keywordAd', -820, 400, noRight],
    ['keywordAd', -813, 429, {}],
  ];
  for (const [api, code, status, extras] of own) {
    it(`answers ${code} with HTTP ${status} at ${api}`, async () => {
      emulator().failNext(api, { code });

      const response = await call(api);

      expect(response.status).to.equal(status);
      expect(await response.json()).to.deep.include({ code, extras });
    });
  }

  it('answers -813 with HTTP 429 as over the quota', async () => {
    emulator().failNext('moment', { code: -813, status: 429, retryAfter: 5 });

    const response = await call('moment');

    expect(response.headers.get('retry-after')).to.equal('5');
    await expectError(response, 429, { code: -813, msg: 'KakaoMomentException', extras: {} });
  });

  it('names the missing consent item with -402', async () => {
    emulator().failNext('keywordAd', { code: -402 });

    expect(await (await call('keywordAd')).json()).to.deep.include({
      required_scopes: ['keyword_management'],
    });
  });

  it('sends other details as a body', async () => {
    const body = {
      code: -813,
      msg: 'KakaoMomentException',
      extras: { detailCode: 31011, detailMsg: '예산' },
    };
    emulator().failNext('moment', { status: 400, body });

    await expectError(await call('moment'), 400, body);
  });

  it('delays, drops and hangs', async () => {
    emulator().failNext('moment', { delay: 40 });
    emulator().failNext('moment', { drop: true });
    emulator().failNext('moment', { hang: true });

    const started = performance.now();
    expect((await call('moment')).status).to.equal(401);
    expect(performance.now() - started).to.be.at.least(35);
    expect(await call('moment').catch(() => 'dropped')).to.equal('dropped');
    const url = new URL('/openapi/v4/campaigns', emulator().endpoints.momentURL);
    const hanging = fetch(url, { signal: AbortSignal.timeout(60) });
    expect(await hanging.catch(({ name }) => name)).to.equal('TimeoutError');
  });

  it('is forgotten after clearFaults()', async () => {
    emulator().failNext('moment', { code: -1 });
    emulator().clearFaults();

    expect((await call('moment')).status).to.equal(401);
  });

  it('rejects a code of the other API', () => {
    expect(() => emulator().failNext('moment', { code: -820 })).to.throw(
      TypeError,
      'the codes of moment are -1, -2, -3, -5, -10, -12, -101, -401, -402, -813;',
    );
  });
});

async function expectError(response: Response, status: number, body: object): Promise<void> {
  expect(response.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
  expect(await response.json()).to.deep.equal(body);
  expect(response.status).to.equal(status);
}
