import { expect } from 'chai';
import nock, { type Body, type ReplyHeaders } from 'nock';
import { KakaoBusinessApiError, KakaoBusinessClient } from '../../../lib/index.js';
import { rejectionAs } from '../../support/rejection.js';
import { ACCESS_TOKEN, CLIENT_SECRET, expectNoSecrets } from '../../support/secrets.js';

const client = new KakaoBusinessClient({ clientID: 'rest-api-key', clientSecret: CLIENT_SECRET });

/** What a request comes to when the API answers it with this. */
const APIS = {
  moment: (status: number, body: Body, headers?: ReplyHeaders) => {
    nock('https://apis.moment.kakao.com').put('/openapi/v4/campaigns').reply(status, body, headers);
    return refusal(client.moment(ACCESS_TOKEN, '/openapi/v4/campaigns', { method: 'PUT', json: {} }));
  },
  keywordAd: (status: number, body: Body, headers?: ReplyHeaders) => {
    nock('https://api.keywordad.kakao.com').put('/openapi/v1/campaigns').reply(status, body, headers);
    return refusal(client.keywordAd(ACCESS_TOKEN, '/openapi/v1/campaigns', { method: 'PUT', json: {} }));
  },
};
const refusal = (request: Promise<unknown>) => rejectionAs(KakaoBusinessApiError, request);

const body = (code: number, msg: string, extras: object = {}, members: object = {}): object => ({
  code,
  msg,
  extras,
  ...members,
});

describe('An error of an ad API', () => {
  const temporary = { retryable: true, needsConsent: false };
  const later = temporary;
  const consent = { retryable: false, needsConsent: true };
  const mend = { retryable: false, needsConsent: false };
  const refusals: [api: keyof typeof APIS, status: number, answer: object, expected: object, hint: RegExp][] =
    [
      ['keywordAd', 500, body(-1, 'system error'), temporary, /temporary fault/],
      ['moment', 400, body(-2, 'wrong'), mend, /compare path, adAccountID, query and json/],
      ['keywordAd', 400, body(-2, 'wrong'), mend, /compare path, adAccountID, query and json/],
      ['moment', 400, body(-8, 'wrong'), mend, /compare path, adAccountID, query and json/],
      ['keywordAd', 400, body(-8, 'wrong'), mend, /compare path, adAccountID, query and json/],
      ['moment', 400, body(-3, 'off'), mend, /not enabled for the app/],
      ['moment', 403, body(-5, 'permission denied'), mend, /permission for Kakao Moment: apply for it/],
      ['keywordAd', 403, body(-5, 'permission denied'), mend, /Keyword Ad: it has to be a Biz app/],
      [
        'moment',
        400,
        body(-10, 'API limit has been exceeded.'),
        later,
        /quota is used up: .* fewer requests/,
      ],
      ['moment', 403, body(-12, 'suspended'), mend, /DevTalk/],
      [
        'keywordAd',
        400,
        body(-101, 'NotRegisteredUserException'),
        mend,
        /not connected to the app: .* sign in/,
      ],
      ['moment', 401, body(-401, 'no such token'), consent, /ask the user to agree again/],
      [
        'moment',
        403,
        body(-402, 'insufficient scopes.'),
        consent,
        /not agreed to a consent item .* ask again/,
      ],
      ['moment', 400, body(-813, 'KakaoMomentException'), mend, /^Kakao Moment refused .* error.detailCode/],
      [
        'keywordAd',
        400,
        body(-820, 'KakaoKeywordAdException'),
        mend,
        /^Keyword Ad refused .* error.detailCode/,
      ],
      ['moment', 429, body(-813, 'KakaoMomentException'), later, /quota is used up: .* fewer requests/],
      ['keywordAd', 429, body(-813, 'KakaoKeywordAdException'), later, /quota is used up: .* fewer requests/],
      ['keywordAd', 429, body(-820, 'KakaoKeywordAdException'), later, /quota is used up: .* fewer requests/],
      ['moment', 429, {}, later, /quota is used up/],
    ];
  for (const [api, status, answer, expected, hint] of refusals) {
    it(`from ${api} explains ${status} ${JSON.stringify(answer)}`, async () => {
      const error = await APIS[api](status, answer);

      const { code, msg }: { code?: number; msg?: string } = answer;
      expect(error).to.include({
        ...expected,
        endpoint: api,
        httpStatus: status,
        errorCode: code && String(code),
        description: msg,
        detailCode: undefined,
        detailMessage: undefined,
        status: 502,
      });
      expect(error.hint).to.match(hint);
    });
  }

  it('has the detail code and the detail message', async () => {
    const extras = { detailCode: 21006, detailMsg: '존재하지 않는 광고계정입니다.' };

    const error = await APIS.moment(400, body(-813, 'KakaoMomentException', extras));

    expect(error).to.include({
      detailCode: '21006',
      detailMessage: '존재하지 않는 광고계정입니다.',
      description: 'KakaoMomentException',
    });
    expect(error.message).to.equal(
      `Kakao refused the moment request: -813 detail 21006 (HTTP 400). ${error.hint}`,
    );
    expect(JSON.parse(JSON.stringify(error))).to.include({ detailCode: '21006' });
  });

  for (const [api, code] of [
    ['moment', -813],
    ['keywordAd', -820],
  ] as const) {
    it(`from ${api} has a hint for a user without a right to the ad account`, async () => {
      const error = await APIS[api](
        400,
        body(code, 'x', { detailCode: '9004', detailMsg: '권한이 없습니다.' }),
      );

      expect(error).to.include({ detailCode: '9004', ...mend });
      expect(error.hint).to.match(/Check adAccountID.*no right to this ad account.*MASTER/);
    });
  }

  it('with 429 means a used-up quota, whatever the details', async () => {
    const error = await APIS.moment(429, body(-813, 'x', { detailCode: 9004 }), { 'retry-after': '5' });

    expect(error).to.include({ retryable: true, retryAfter: 5, detailCode: '9004' });
    expect(error.hint).to.match(/quota/);
  });

  it('has no hint for 9004 with another code', async () => {
    expect((await APIS.moment(400, body(-2, 'x', { detailCode: 9004 }))).hint).to.match(/compare path/);
  });

  it('has the seconds of Retry-After', async () => {
    expect(await APIS.keywordAd(400, body(-10, 'x'), { 'retry-after': '7' })).to.include({ retryAfter: 7 });
  });

  const scopes: [members: object, expected: string[] | undefined, hint: RegExp][] = [
    [
      { required_scopes: ['moment_management'] },
      ['moment_management'],
      /agreed to moment_management: ask again/,
    ],
    [
      { required_scope: 'moment_management' },
      ['moment_management'],
      /agreed to moment_management: ask again/,
    ],
    [{ required_scope: 'a_b,c_d' }, ['a_b', 'c_d'], /agreed to a_b and c_d: ask again/],
    [{ required_scopes: ['a_b'], required_scope: ['a_b', 'c_d'] }, ['a_b', 'c_d'], /a_b and c_d/],
    [{ required_scopes: ACCESS_TOKEN }, undefined, /agreed to a consent item/],
    [{ required_scopes: { a: 1 }, required_scope: 7 }, undefined, /agreed to a consent item/],
  ];
  for (const [members, expected, hint] of scopes) {
    it(`has the consent items of ${JSON.stringify(members)}`, async () => {
      const error = await APIS.moment(403, body(-402, 'insufficient scopes.', {}, members));

      expect(error.requiredScopes).to.deep.equal(expected);
      expect(error.hint).to.match(hint);
    });
  }

  const details: [extras: unknown, detailCode: string | undefined, detailMessage: string | undefined][] = [
    [{ detailCode: '103005' }, '103005', undefined],
    [{ detailCode: -7, detailMsg: '' }, '-7', undefined],
    [{ detailCode: 0 }, '0', undefined],
    [{ detailCode: 1.5, detailMsg: 7 }, undefined, undefined],
    [{ detailCode: 12345678901 }, undefined, undefined],
    [{ detailCode: ACCESS_TOKEN, detailMsg: 'x' }, undefined, 'x'],
    [{ detailCode: [9004] }, undefined, undefined],
    [['9004'], undefined, undefined],
    [null, undefined, undefined],
    ['9004', undefined, undefined],
    [undefined, undefined, undefined],
  ];
  for (const [extras, detailCode, detailMessage] of details) {
    it(`has the details of ${JSON.stringify(extras)}`, async () => {
      const error = await APIS.keywordAd(400, { code: -820, msg: 'x', extras });

      expect(error).to.include({ errorCode: '-820', detailCode, detailMessage });
      expectNoSecrets(error);
    });
  }

  it('hides secrets in the details', async () => {
    const detailMsg = `${ACCESS_TOKEN} and ${encodeURIComponent(CLIENT_SECRET)}\r\nnext`;

    const error = await APIS.moment(400, body(-813, ACCESS_TOKEN, { detailMsg }));

    expect(error.detailMessage).to.equal('[redacted] and [redacted] next');
    expectNoSecrets(error);
  });

  it('hides a detail code that is a secret', async () => {
    nock('https://apis.moment.kakao.com')
      .get('/a')
      .reply(400, body(-813, 'x', { detailCode: 123456789 }));
    const error = await refusal(client.moment('123456789', '/a'));

    expect(error).to.include({ detailCode: undefined, errorCode: '-813' });
    expect(error.message).not.to.include('123456789');
  });
});
