import { inspect } from 'node:util';
import { expect } from 'chai';
import {
  type AnyKakaoBusinessError,
  KakaoBusinessApiError,
  KakaoBusinessClient,
  KakaoBusinessError,
  KakaoBusinessNetworkError,
  KakaoBusinessResponseError,
} from '../../lib/index.js';
import { type ErrorCodes, hints } from '../../lib/kakao/error-codes.js';
import { apiError, networkError, responseError, timeoutError } from '../../lib/kakao/errors.js';
import {
  kakaoIssuesToken,
  kakaoRefusesToken,
  kakaoTellsTokenInfo,
  kakaoTellsUserInfo,
} from '../support/kakao.js';
import { rejectionAs } from '../support/rejection.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE, expectNoSecrets } from '../support/secrets.js';

const client = new KakaoBusinessClient({ clientID: 'rest-api-key', clientSecret: CLIENT_SECRET });

const tokenError = () =>
  rejectionAs(
    KakaoBusinessApiError,
    client.exchangeCode({ code: CODE, redirectURI: 'https://example.com/cb' }),
  );
const tokenInfoError = () => rejectionAs(KakaoBusinessApiError, client.tokenInfo(ACCESS_TOKEN));

describe('KakaoBusinessApiError', () => {
  it('reports a missing permission, as in the documentation of Kakao', async () => {
    kakaoTellsTokenInfo('{"msg":"permission denied","code":-5}', 403);

    const error = await tokenInfoError();

    expect(error).to.be.instanceOf(KakaoBusinessError).and.instanceOf(Error);
    expect(error).to.include({
      name: 'KakaoBusinessApiError',
      code: 'KAKAO_API_ERROR',
      endpoint: 'tokeninfo',
      status: 502,
      httpStatus: 403,
      errorCode: '-5',
      description: 'permission denied',
      retryable: false,
      needsConsent: false,
    });
    expect(error.hint).to.match(/permission.*Request additional feature.*Kakao Moment/);
    expect(error.message).to.equal(`Kakao refused the tokeninfo request: -5 (HTTP 403). ${error.hint}`);
  });

  it('reports a wrong client secret, and names the right one', async () => {
    kakaoRefusesToken(
      { error: 'invalid_client', error_description: 'Not exist client_id', error_code: 'KOE010' },
      401,
      { 'www-authenticate': 'Bearer error="invalid_client"' },
    );

    const error = await tokenError();

    expect(error).to.include({
      error: 'invalid_client',
      errorCode: 'KOE010',
      httpStatus: 401,
      endpoint: 'token',
    });
    expect(error.hint).to.include('Business Authentication client secret');
    expect(error.message).to.match(
      /^Kakao refused the token request: KOE010 invalid_client \(HTTP 401\)\. Set clientSecret/,
    );
  });

  it('redacts a description that repeats the code', async () => {
    kakaoRefusesToken({
      error: 'invalid_grant',
      error_description: `authorization code not found for code=${CODE}`,
      error_code: 'KOE320',
    });

    const error = await tokenError();

    expect(error.description).to.equal('authorization code not found for code=[redacted]');
    expectNoSecrets(error);
  });

  const echoed: [where: string, body: object][] = [
    ['the error', { error: CODE }],
    ['the error code', { error: 'invalid_grant', error_code: CLIENT_SECRET }],
    [
      'the description, encoded',
      { error: 'invalid_client', error_description: `secret ${encodeURIComponent(CLIENT_SECRET)}` },
    ],
    ['a list of scopes', { error: 'invalid_scope', required_scopes: [CODE, 'moment_management'] }],
    ['another member', { error: 'invalid_grant', token: ACCESS_TOKEN }],
  ];
  for (const [where, body] of echoed) {
    it(`hides a secret that Kakao repeats in ${where}`, async () => {
      kakaoRefusesToken(body);

      expectNoSecrets(await tokenError());
    });
  }

  it('hides a client secret that Kakao repeats in a kapi response', async () => {
    kakaoTellsTokenInfo({ msg: `no such secret: ${[...CLIENT_SECRET].join(' ')}`, code: -2 }, 400);

    expect((await tokenInfoError()).description).to.equal('no such secret: [redacted]');
  });

  for (const [code, error, error_code] of [
    ['KOE320', 'invalid_grant', 'KOE320'],
    ['KOE3', 'invalid_grant', 'KOE320'],
    ['invalid_grant', 'invalid_grant', 'KOE320'],
    ['vali', 'invalid_request', 'KOE310'],
    ['access_denied', 'access_denied', undefined],
    ['unauthorized_client', 'unauthorized_client', 'KOE127'],
    ['unsupported_grant_type', 'unsupported_grant_type', undefined],
    ['unsupported_response_type', 'unsupported_response_type', undefined],
  ] as const) {
    it(`keeps ${[error, error_code].filter(Boolean).join(' ')} when the code is ${code}`, async () => {
      kakaoRefusesToken({ error, error_code });

      const exchange = client.exchangeCode({ code, redirectURI: 'https://example.com/cb' });

      expect(await rejectionAs(KakaoBusinessApiError, exchange)).to.include({ error, errorCode: error_code });
    });
  }

  it('removes control characters and tokens from a description, and truncates it', async () => {
    const unknownToken = 'q8ZpT4mXw2Lr7Vn1';
    kakaoRefusesToken({
      error: 'invalid_grant',
      error_description: `one\r\ntwo\u0000 ${unknownToken} ${'long '.repeat(100)}`,
    });

    const { description = '' } = await tokenError();

    expect(description).to.match(/^one two {2}\[redacted\] long long/);
    expect(description).to.have.lengthOf(300);
  });

  it('names the missing consent items', async () => {
    kakaoTellsUserInfo(
      {
        msg: 'insufficient scopes.',
        code: -402,
        required_scopes: ['biz_account_email', 7],
        allowed_scopes: [],
      },
      403,
    );

    const error = await rejectionAs(KakaoBusinessApiError, client.userInfo(ACCESS_TOKEN));

    expect(error).to.deep.include({
      errorCode: '-402',
      requiredScopes: ['biz_account_email'],
      needsConsent: true,
    });
  });

  const temporary = { retryable: true, needsConsent: false };

  const consent = { retryable: false, needsConsent: true };
  const permanent = { retryable: false, needsConsent: false };
  const codes: [code: string, expected: object, hint: RegExp][] = [
    ['KOE003', temporary, /temporary fault: try again/],
    ['KOE005', permanent, /App > Member/],
    ['KOE008', permanent, /use the REST API key/],
    ['KOE009', permanent, /REST API key of the app/],
    ['KOE010', permanent, /Business Authentication client secret/],
    ['KOE025', permanent, /Kakao Business Center/],
    ['KOE026', permanent, /state of the account/],
    ['KOE027', permanent, /owns no business asset/],
    ['KOE028', permanent, /Register the callbackURL/],
    ['KOE101', permanent, /REST API key of the app/],
    ['KOE114', permanent, /same clientID/],
    ['KOE123', permanent, /not a Biz app/],
    ['KOE124', permanent, /Request additional feature/],
    ['KOE125', permanent, /DevTalk/],
    ['KOE126', permanent, /allowed IP/],
    ['KOE127', permanent, /allowed IP/],
    ['KOE201', permanent, /response_type/],
    ['KOE232', permanent, /Consent Items/],
    ['KOE233', permanent, /send none of your own/],
    ['KOE236', temporary, /reuse business tokens/],
    ['KOE237', temporary, /reuse business tokens/],
    ['KOE303', permanent, /one callbackURL/],
    ['KOE310', permanent, /did not accept an argument/],
    ['KOE320', permanent, /sign in again/],
    ['KOE999', permanent, /Troubleshooting/],
    ['-1', temporary, /temporary fault/],
    ['-2', permanent, /did not accept an argument/],
    ['-3', permanent, /not enabled/],
    ['-4', permanent, /DevTalk/],
    ['-5', permanent, /Request additional feature/],
    ['-6', permanent, /DevTalk/],
    ['-7', temporary, /temporary fault/],
    ['-8', permanent, /did not accept an argument/],
    ['-9', permanent, /closed this API/],
    ['-10', temporary, /quota/],
    ['-11', temporary, /quota/],
    ['-12', permanent, /DevTalk/],
    ['-401', consent, /agree again.*allowed IP/],
    ['-402', consent, /ask again/],
    ['-603', temporary, /temporary fault/],
    ['-903', permanent, /DevTalk/],
    ['-9798', temporary, /temporary fault/],
    ['-12345', permanent, /Troubleshooting/],
  ];
  for (const [code, expected, hint] of codes) {
    it(`keeps and explains ${code}`, async () => {
      kakaoRefusesToken(
        code.startsWith('-') ? { msg: 'no', code: Number(code) } : { error: 'no', error_code: code },
      );

      const error = await tokenError();

      expect(error).to.include({ errorCode: code, ...expected });
      expect(error.hint).to.match(hint);
    });
  }

  for (const msg of ['ip mismatched! callerIp=203.0.113.7', 'IP Mismatched']) {
    it(`does not need consent when -401 says "${msg}"`, async () => {
      kakaoTellsTokenInfo({ msg, code: -401 }, 401);

      const error = await tokenInfoError();

      expect(error).to.include({
        errorCode: '-401',
        retryable: false,
        needsConsent: false,
        description: msg,
      });
      expect(error.hint).to.match(/^Add this server's IP address to .* allowed IP addresses/);
    });
  }

  it('needs consent when another code says "ip mismatched"', async () => {
    kakaoTellsTokenInfo({ msg: 'ip mismatched', code: -402 }, 403);

    expect(await tokenInfoError()).to.include({ errorCode: '-402', needsConsent: true });
  });

  const names: [error: string, expected: object, hint: RegExp][] = [
    ['invalid_client', permanent, /client secret/],
    ['invalid_grant', permanent, /sign in again/],
    ['invalid_scope', permanent, /Consent Items/],
    ['server_error', temporary, /temporary fault/],
    ['temporarily_unavailable', temporary, /temporary fault/],
  ];
  for (const [error, expected, hint] of names) {
    it(`explains ${error} without a Kakao code`, async () => {
      kakaoRefusesToken({ error });

      const apiError = await tokenError();

      expect(apiError).to.include({ error, errorCode: undefined, ...expected });
      expect(apiError.hint).to.match(hint);
    });
  }

  describe('hides every spelling of the secret', () => {
    // None of these looks like a secret: redact() knows them.
    const secrets: [what: string, secret: string][] = [
      ['letters', 'abcdefghijklmnopqrstuvwxyz'],
      ['five letters', 'short'],
      ['eight letters and digits', 'AB123456'],
      ['reserved URL characters', 'with/slash+and space?'],
      ['a quote and a backslash', 'quote"and\\slash'],
    ];
    const spellings: [how: string, spell: (secret: string) => string][] = [
      ['unchanged', secret => secret],
      ['form-encoded', secret => new URLSearchParams({ '': secret }).toString().slice(1)],
      ['URL-encoded', encodeURIComponent],
      ['JSON-encoded', secret => JSON.stringify(secret).slice(1, -1)],
    ];
    for (const [what, code] of secrets) {
      for (const [how, spell] of spellings) {
        it(`with ${what}, ${how}`, async () => {
          kakaoRefusesToken({
            error: spell(code),
            error_code: spell(code),
            error_description: `no such code: ${spell(code)}!`,
            required_scopes: [spell(code)],
          });

          const error = await rejectionAs(
            KakaoBusinessApiError,
            client.exchangeCode({ code, redirectURI: 'https://example.com/cb' }),
          );

          expect(error.description).to.equal('no such code: [redacted]!');
          expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.to.include(spell(code));
        });
      }
    }

    it('with half of a surrogate pair', async () => {
      kakaoRefusesToken({ error: 'invalid_grant', error_description: 'no such code' });

      const exchange = client.exchangeCode({ code: 'half\ud83d', redirectURI: 'https://example.com/cb' });

      expect(await rejectionAs(KakaoBusinessApiError, exchange)).to.include({ description: 'no such code' });
    });
  });

  it('quickly redacts a description of 200 KB', async () => {
    kakaoRefusesToken({ error: 'invalid_grant', error_description: 'a'.repeat(200_000) });
    const started = process.cpuUsage();

    expect((await tokenError()).description).to.have.lengthOf(300);
    expect(process.cpuUsage(started).user).to.be.below(1_000_000); // a pattern that rescans takes 20 seconds
  });

  const harmless = [
    { error: 'none' },
    { code: 'KR82' },
    { code: -5 },
    { code: 0, msg: 'ok' },
    { error_description: 'none' },
    { error_code: 0 },
    { msg: 'hello' },
  ];
  for (const body of harmless) {
    it(`is not thrown for a 200 with ${JSON.stringify(body)}`, async () => {
      kakaoTellsUserInfo(body);

      expect(await client.userInfo(ACCESS_TOKEN)).to.deep.equal(body);
    });
  }

  const others: [what: string, status: number, body: string, expected: object][] = [
    [
      'a 4xx without an error code',
      404,
      '<html>',
      { httpStatus: 404, errorCode: undefined, error: undefined, retryable: false },
    ],
    [
      'a 4xx with a message only',
      400,
      '{"msg":"no"}',
      { error: undefined, errorCode: undefined, requiredScopes: undefined },
    ],
    [
      'a 500 with the code of a lasting error',
      500,
      '{"msg":"x","code":-5}',
      { errorCode: '-5', httpStatus: 500, retryable: true },
    ],
    ['a 429 without an error code', 429, '', { httpStatus: 429, retryable: true }],
    [
      'an OAuth error without a Kakao code',
      400,
      '{"error":"invalid_grant"}',
      { error: 'invalid_grant', errorCode: undefined },
    ],
    ['a code in a string', 403, '{"msg":"x","code":"-5"}', { errorCode: '-5' }],
    [
      'a 5xx with an error code',
      500,
      '{"msg":"x","code":-1}',
      { errorCode: '-1', httpStatus: 500, retryable: true },
    ],
    ['a 200 with a kapi error code', 200, '{"msg":"no","code":-5}', { errorCode: '-5', httpStatus: 200 }],
    ['a 200 with an error description', 200, '{"error":"no","error_description":"x"}', { error: 'no' }],
    [
      'a 200 with a kauth error code',
      200,
      '{"error":"invalid_grant","error_code":"KOE320"}',
      { errorCode: 'KOE320', httpStatus: 200 },
    ],
    [
      'members of the wrong type',
      400,
      '{"error":{"a":1},"error_code":[1],"error_description":7}',
      { error: undefined, errorCode: undefined, description: undefined },
    ],
    ...['"KOE320 "', '" KOE320"', '["KOE320"]', '"-5"'].map((code): [string, number, string, object] => [
      `the error_code ${code}`,
      400,
      `{"error_code":${code}}`,
      { errorCode: undefined },
    ]),
    ...['"-5 "', '" -5"', '[-5]', '"KOE320"'].map((code): [string, number, string, object] => [
      `the code ${code}`,
      400,
      `{"msg":"x","code":${code}}`,
      { errorCode: undefined },
    ]),
    ...['"invalid_grant "', '" invalid_grant"', '["invalid_grant"]'].map(
      (error): [string, number, string, object] => [
        `the error ${error}`,
        400,
        `{"error":${error}}`,
        { error: undefined },
      ],
    ),
  ];
  for (const [what, status, body, expected] of others) {
    it(`is thrown for ${what}`, async () => {
      kakaoRefusesToken(body, status);

      expect(await tokenError()).to.include(expected);
    });
  }

  it('says in its message that there is no code', async () => {
    kakaoRefusesToken('<html>', 404);

    const error = await tokenError();

    expect(error.message).to.equal(
      `Kakao refused the token request: no code given (HTTP 404). ${error.hint}`,
    );
    expect(error.hint).to.include('Troubleshooting');
  });

  it('calls a 408 temporary', async () => {
    kakaoRefusesToken('', 408);
    kakaoRefusesToken('', 408); // to the retry

    expect((await tokenError()).hint).to.include('temporary fault');
  });

  it('hides the token from a client without a secret', async () => {
    kakaoTellsTokenInfo({ msg: `no such token: ${ACCESS_TOKEN}`, code: -2 }, 400);

    const error = await rejectionAs(
      KakaoBusinessApiError,
      new KakaoBusinessClient({ clientID: 'rest-api-key' }).tokenInfo(ACCESS_TOKEN),
    );

    expect(error.description).to.equal('no such token: [redacted]');
  });

  const waits: [header: string, seconds: number | undefined][] = [
    ['120', 120],
    ['0', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
    ['120 seconds', undefined],
    ['on Thu, 01 Jan 1970 00:00:00 GMT', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT+09:00', undefined],
  ];
  it('reads Retry-After as a date', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    kakaoRefusesToken({ error: 'slow_down', error_code: 'KOE237' }, 429, { 'retry-after': inAnHour });

    expect((await tokenError()).retryAfter).to.be.within(3540, 3600);
  });

  for (const [header, seconds] of waits) {
    it(`reads Retry-After: ${header}`, async () => {
      kakaoRefusesToken({ error: 'slow_down', error_code: 'KOE237' }, 429, { 'retry-after': header });

      const { retryAfter } = await tokenError();

      expect(retryAfter).to.equal(seconds);
    });
  }
});

describe('The hint of an error', () => {
  const request = { endpoint: 'token', method: 'POST', secrets: [CODE] } as const;
  const failed = (code: string, endpoint: 'token' | 'moment' | 'keywordAd' = 'token') =>
    networkError({ ...request, endpoint }, Object.assign(new Error('failed'), { code }));
  const refused = ({ endpoint = 'token', httpStatus = 400, ...codes }: ErrorCodes) =>
    apiError({ endpoint, secrets: [CODE] }, codes, { httpStatus });

  const errors: [what: string, error: KakaoBusinessError][] = [
    ...Object.values(hints)
      .flatMap(byCode => Object.keys(byCode))
      .map((code): [string, KakaoBusinessError] => [
        code,
        refused(/^(?:KOE|-)/.test(code) ? { errorCode: code } : { error: code }),
      ]),
    ['an unknown code', refused({ errorCode: 'KOE999' })],
    ['-401 that is about the IP address', refused({ errorCode: '-401', description: 'ip mismatched' })],
    [
      '-402 with its items',
      refused({ errorCode: '-402', requiredScopes: ['moment_create', 'moment_delete'] }),
    ],
    ['-813 for a quota', refused({ errorCode: '-813', httpStatus: 429 })],
    ['-813 for an ad account', refused({ errorCode: '-813', detailCode: '9004' })],
    ['-2 of an ad API', refused({ endpoint: 'moment', errorCode: '-2' })],
    ['-5 of Kakao Moment', refused({ endpoint: 'moment', errorCode: '-5' })],
    ['-5 of Keyword Ad', refused({ endpoint: 'keywordAd', errorCode: '-5' })],
    ['a response that cannot be used', responseError(request, 200, 'HTML')],
    ['a timeout', timeoutError(request, 10_000)],
    ['an unknown host', failed('ENOTFOUND')],
    ['a certificate', failed('CERT_HAS_EXPIRED')],
    ['a lost connection', failed('ECONNRESET')],
    ['a lost connection to Kakao Moment', failed('ECONNRESET', 'moment')],
  ];
  for (const [what, { hint, hints, message }] of errors) {
    it(`is in Korean and English: ${what}`, () => {
      expect(hints).to.have.all.keys('ko', 'en');
      expect(hints.en)
        .to.equal(hint)
        .and.not.match(/\p{Script=Hangul}/u);
      expect(hints.ko).to.match(/\p{Script=Hangul}.*[요다]\.$/u);
      expect(message.endsWith(`. ${hint}`)).to.equal(true);
    });
  }

  it('names the same consent items and hosts in both', () => {
    const consent = refused({ errorCode: '-402', requiredScopes: ['moment_create', 'moment_delete'] });

    expect(consent.hints).to.deep.equal({
      ko: '사용자가 moment_create, moment_delete에 동의하지 않았습니다. 이 항목을 scope에 넣어 다시 동의를 요청하세요.',
      en: 'The user has not agreed to moment_create and moment_delete: ask again with a scope that includes this.',
    });
    expect(failed('ECONNRESET', 'keywordAd').hints.ko).to.include('api.keywordad.kakao.com');
    expect(timeoutError(request, 10_000).hints.ko).to.include('kauth.kakao.com, kapi.kakao.com');
  });

  it('hides a secret that Kakao repeats as a consent item', () => {
    expectNoSecrets(refused({ errorCode: '-402', requiredScopes: [CODE] }));
  });

  it('belongs to the error: changing it does not change the next error', () => {
    Object.assign(refused({ errorCode: 'KOE010' }).hints, { ko: 'changed' });

    expect(refused({ errorCode: 'KOE010' }).hints.ko).to.include('클라이언트 시크릿');
  });
});

describe('KakaoBusinessError', () => {
  it('can be created in the tests of an app', () => {
    const details = {
      message: 'Made up',
      endpoint: 'token',
      status: 502,
      retryable: false,
      hint: 'Nothing to do.',
    } as const;

    expect(new KakaoBusinessApiError(details)).to.include({
      name: 'KakaoBusinessApiError',
      code: 'KAKAO_API_ERROR',
      needsConsent: false,
      message: 'Made up. Nothing to do.',
    });
    expect(new KakaoBusinessApiError(details).hints).to.deep.equal({
      ko: 'Nothing to do.',
      en: 'Nothing to do.',
    });
    expect(new KakaoBusinessResponseError(details)).to.include({
      name: 'KakaoBusinessResponseError',
      code: 'KAKAO_INVALID_RESPONSE',
    });
    expect(new KakaoBusinessNetworkError({ ...details, code: 'KAKAO_TIMEOUT' }))
      .to.include({ name: 'KakaoBusinessNetworkError', code: 'KAKAO_TIMEOUT' })
      .and.not.have.property('cause');
  });

  it('is logged as JSON with its name, message and members', async () => {
    kakaoTellsTokenInfo('{"msg":"permission denied","code":-5}', 403);

    const error = await tokenInfoError();

    expect(JSON.parse(JSON.stringify(error))).to.deep.include({
      name: 'KakaoBusinessApiError',
      message: error.message,
      errorCode: '-5',
      hint: error.hint,
      hints: error.hints,
    });
    expect(inspect(error)).to.include(error.hints.ko);
  });

  it('narrows by its code', async () => {
    kakaoIssuesToken('<html>');
    const error: AnyKakaoBusinessError = await rejectionAs(
      KakaoBusinessResponseError,
      client.exchangeCode({ code: CODE, redirectURI: 'https://example.com/cb' }),
    );

    // Compiles only if `switch` narrows to the class.
    const detailOf = (failure: AnyKakaoBusinessError): string | number | undefined => {
      switch (failure.code) {
        case 'KAKAO_API_ERROR':
          return failure.errorCode;
        case 'KAKAO_INVALID_RESPONSE':
          return failure.httpStatus;
        case 'KAKAO_TIMEOUT':
        case 'KAKAO_UNREACHABLE':
          return failure.hint;
      }
    };
    expect(detailOf(error)).to.equal(200);
  });
});
