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
import {
  kakaoIssuesToken,
  kakaoRefusesToken,
  kakaoTellsTokenInfo,
  kakaoTellsUserInfo,
} from '../support/kakao.js';
import { rejectionAs } from '../support/rejection.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE, expectNoSecrets } from '../support/secrets.js';

const client = new KakaoBusinessClient({ clientID: 'rest-api-key', clientSecret: CLIENT_SECRET });

const tokenRefusal = () =>
  rejectionAs(
    KakaoBusinessApiError,
    client.exchangeCode({ code: CODE, redirectURI: 'https://example.com/cb' }),
  );
const tokenInfoRefusal = () => rejectionAs(KakaoBusinessApiError, client.tokenInfo(ACCESS_TOKEN));

describe('KakaoBusinessApiError', () => {
  it('tells of a missing permission, as Kakao documents it', async () => {
    kakaoTellsTokenInfo('{"msg":"permission denied","code":-5}', 403);

    const error = await tokenInfoRefusal();

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

  it('tells of a wrong client secret, and which one is the right one', async () => {
    kakaoRefusesToken(
      { error: 'invalid_client', error_description: 'Not exist client_id', error_code: 'KOE010' },
      401,
      { 'www-authenticate': 'Bearer error="invalid_client"' },
    );

    const error = await tokenRefusal();

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

  it("redacts Kakao's description, which repeats the code", async () => {
    kakaoRefusesToken({
      error: 'invalid_grant',
      error_description: `authorization code not found for code=${CODE}`,
      error_code: 'KOE320',
    });

    const error = await tokenRefusal();

    expect(error.description).to.equal('authorization code not found for code=[redacted]');
    expectNoSecrets(error);
  });

  const echoes: [where: string, body: object][] = [
    ['the error', { error: CODE }],
    ['the error code', { error: 'invalid_grant', error_code: CLIENT_SECRET }],
    [
      'the description, encoded',
      { error: 'invalid_client', error_description: `secret ${encodeURIComponent(CLIENT_SECRET)}` },
    ],
    ['a list of scopes', { error: 'invalid_scope', required_scopes: [CODE, 'moment_management'] }],
    ['another member', { error: 'invalid_grant', token: ACCESS_TOKEN }],
  ];
  for (const [where, body] of echoes) {
    it(`shows no secret that Kakao repeats in ${where}`, async () => {
      kakaoRefusesToken(body);

      expectNoSecrets(await tokenRefusal());
    });
  }

  it('shows no client secret that Kakao repeats where a token was sent', async () => {
    kakaoTellsTokenInfo({ msg: `no such secret: ${[...CLIENT_SECRET].join(' ')}`, code: -2 }, 400);

    expect((await tokenInfoRefusal()).description).to.equal('no such secret: [redacted]');
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
    it(`tells ${[error, error_code].filter(Boolean).join(' ')} where a visitor sent the code ${code}`, async () => {
      kakaoRefusesToken({ error, error_code });

      const exchange = client.exchangeCode({ code, redirectURI: 'https://example.com/cb' });

      expect(await rejectionAs(KakaoBusinessApiError, exchange)).to.include({ error, errorCode: error_code });
    });
  }

  it('makes a description fit for a log: no control characters, no unknown token, not too long', async () => {
    const unknownToken = 'q8ZpT4mXw2Lr7Vn1';
    kakaoRefusesToken({
      error: 'invalid_grant',
      error_description: `one\r\ntwo\u0000 ${unknownToken} ${'long '.repeat(100)}`,
    });

    const { description = '' } = await tokenRefusal();

    expect(description).to.match(/^one two {2}\[redacted\] long long/);
    expect(description).to.have.lengthOf(300);
  });

  it('names the consent items that are missing', async () => {
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
  const later = temporary;
  const consent = { retryable: false, needsConsent: true };
  const mend = { retryable: false, needsConsent: false };
  const codes: [code: string, expected: object, hint: RegExp][] = [
    ['KOE003', temporary, /temporary fault: try again/],
    ['KOE005', mend, /App > Member/],
    ['KOE008', mend, /use the REST API key/],
    ['KOE009', mend, /REST API key of the app/],
    ['KOE010', mend, /Business Authentication client secret/],
    ['KOE025', mend, /Kakao Business Center/],
    ['KOE026', mend, /state of the account/],
    ['KOE027', mend, /owns no business asset/],
    ['KOE028', mend, /Register the callbackURL/],
    ['KOE101', mend, /REST API key of the app/],
    ['KOE114', mend, /same clientID/],
    ['KOE123', mend, /no Biz app/],
    ['KOE124', mend, /Request additional feature/],
    ['KOE125', mend, /DevTalk/],
    ['KOE126', mend, /allowed IP/],
    ['KOE127', mend, /allowed IP/],
    ['KOE201', mend, /response_type/],
    ['KOE232', mend, /Consent Items/],
    ['KOE233', mend, /send none of your own/],
    ['KOE236', later, /reuse business tokens/],
    ['KOE237', later, /reuse business tokens/],
    ['KOE303', mend, /one callbackURL/],
    ['KOE310', mend, /did not accept an argument/],
    ['KOE320', mend, /sign in again/],
    ['KOE999', mend, /Troubleshooting/],
    ['-1', temporary, /temporary fault/],
    ['-2', mend, /did not accept an argument/],
    ['-3', mend, /not enabled/],
    ['-4', mend, /DevTalk/],
    ['-5', mend, /Request additional feature/],
    ['-6', mend, /DevTalk/],
    ['-7', temporary, /temporary fault/],
    ['-8', mend, /did not accept an argument/],
    ['-9', mend, /closed this API/],
    ['-10', later, /quota/],
    ['-11', later, /quota/],
    ['-12', mend, /DevTalk/],
    ['-401', consent, /agree again.*allowed IP/],
    ['-402', consent, /ask again/],
    ['-603', temporary, /temporary fault/],
    ['-903', mend, /DevTalk/],
    ['-9798', temporary, /temporary fault/],
    ['-12345', mend, /Troubleshooting/],
  ];
  for (const [code, expected, hint] of codes) {
    it(`carries ${code} as it comes, and explains it`, async () => {
      kakaoRefusesToken(
        code.startsWith('-') ? { msg: 'no', code: Number(code) } : { error: 'no', error_code: code },
      );

      const error = await tokenRefusal();

      expect(error).to.include({ errorCode: code, ...expected });
      expect(error.hint).to.match(hint);
    });
  }

  for (const msg of ['ip mismatched! callerIp=203.0.113.7', 'IP Mismatched']) {
    it(`asks nobody to consent again where -401 says "${msg}"`, async () => {
      kakaoTellsTokenInfo({ msg, code: -401 }, 401);

      const error = await tokenInfoRefusal();

      expect(error).to.include({
        errorCode: '-401',
        retryable: false,
        needsConsent: false,
        description: msg,
      });
      expect(error.hint).to.match(/^Add this server's IP address to .* allowed IP addresses/);
    });
  }

  it('asks to consent again where another code says "ip mismatched"', async () => {
    kakaoTellsTokenInfo({ msg: 'ip mismatched', code: -402 }, 403);

    expect(await tokenInfoRefusal()).to.include({ errorCode: '-402', needsConsent: true });
  });

  const names: [error: string, expected: object, hint: RegExp][] = [
    ['invalid_client', mend, /client secret/],
    ['invalid_grant', mend, /sign in again/],
    ['invalid_scope', mend, /Consent Items/],
    ['server_error', temporary, /temporary fault/],
    ['temporarily_unavailable', temporary, /temporary fault/],
  ];
  for (const [error, expected, hint] of names) {
    it(`explains ${error} where there is no code of Kakao's`, async () => {
      kakaoRefusesToken({ error });

      const refusal = await tokenRefusal();

      expect(refusal).to.include({ error, errorCode: undefined, ...expected });
      expect(refusal.hint).to.match(hint);
    });
  }

  describe('shows no part of a secret, however it is spelled', () => {
    // None of these looks like a secret: they are found because they are known.
    const secrets = [
      'abcdefghijklmnopqrstuvwxyz',
      'short',
      'AB123456',
      'with/slash+and space?',
      'quote"and\\slash',
    ];
    const spellings: [how: string, spell: (secret: string) => string][] = [
      ['as it is', secret => secret],
      ['as in a form', secret => new URLSearchParams({ '': secret }).toString().slice(1)],
      ['as in a URL', encodeURIComponent],
      ['as in JSON', secret => JSON.stringify(secret).slice(1, -1)],
    ];
    for (const code of secrets) {
      for (const [how, spell] of spellings) {
        it(`${code}, ${how}`, async () => {
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

    it('half of a surrogate pair', async () => {
      kakaoRefusesToken({ error: 'invalid_grant', error_description: 'no such code' });

      const exchange = client.exchangeCode({ code: 'half\ud83d', redirectURI: 'https://example.com/cb' });

      expect(await rejectionAs(KakaoBusinessApiError, exchange)).to.include({ description: 'no such code' });
    });
  });

  it('takes no time over a description of 200 KB', async () => {
    kakaoRefusesToken({ error: 'invalid_grant', error_description: 'a'.repeat(200_000) });
    const started = process.cpuUsage();

    expect((await tokenRefusal()).description).to.have.lengthOf(300);
    expect(process.cpuUsage(started).user).to.be.below(1_000_000); // a pattern that rescans takes 20 seconds of it
  });

  const innocent = [
    { error: 'none' },
    { code: 'KR82' },
    { code: -5 },
    { code: 0, msg: 'ok' },
    { error_code: 0 },
    { msg: 'hello' },
  ];
  for (const body of innocent) {
    it(`is not what a 200 with ${JSON.stringify(body)} is taken for`, async () => {
      kakaoTellsUserInfo(body);

      expect(await client.userInfo(ACCESS_TOKEN)).to.deep.equal(body);
    });
  }

  const others: [what: string, status: number, body: string, expected: object][] = [
    [
      'a 4xx that gives no reason',
      404,
      '<html>',
      { httpStatus: 404, errorCode: undefined, error: undefined, retryable: false },
    ],
    ['a 429 that gives no reason', 429, '', { httpStatus: 429, retryable: true }],
    [
      'an OAuth error without a code of Kakao',
      400,
      '{"error":"invalid_grant"}',
      { error: 'invalid_grant', errorCode: undefined },
    ],
    ['a code that is a string', 403, '{"msg":"x","code":"-5"}', { errorCode: '-5' }],
    [
      'a reason with a 5xx',
      500,
      '{"msg":"x","code":-1}',
      { errorCode: '-1', httpStatus: 500, retryable: true },
    ],
    ['a reason of kapi with a 200', 200, '{"msg":"no","code":-5}', { errorCode: '-5', httpStatus: 200 }],
    ['a description with a 200', 200, '{"error":"no","error_description":"x"}', { error: 'no' }],
    [
      'a reason with a 200',
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
  ];
  for (const [what, status, body, expected] of others) {
    it(`is also the answer to ${what}`, async () => {
      kakaoRefusesToken(body, status);

      expect(await tokenRefusal()).to.include(expected);
    });
  }

  const waits: [header: string, seconds: number | undefined][] = [
    ['120', 120],
    ['0', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
  ];
  it('reads Retry-After as a date', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    kakaoRefusesToken({ error: 'slow_down', error_code: 'KOE237' }, 429, { 'retry-after': inAnHour });

    expect((await tokenRefusal()).retryAfter).to.be.within(3540, 3600);
  });

  for (const [header, seconds] of waits) {
    it(`reads Retry-After: ${header}`, async () => {
      kakaoRefusesToken({ error: 'slow_down', error_code: 'KOE237' }, 429, { 'retry-after': header });

      const { retryAfter } = await tokenRefusal();

      expect(retryAfter).to.equal(seconds);
    });
  }
});

describe('KakaoBusinessError', () => {
  it('can be made for the tests of an app', () => {
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
    expect(new KakaoBusinessResponseError(details)).to.include({
      name: 'KakaoBusinessResponseError',
      code: 'KAKAO_INVALID_RESPONSE',
    });
    expect(new KakaoBusinessNetworkError({ ...details, code: 'KAKAO_TIMEOUT' }))
      .to.include({ name: 'KakaoBusinessNetworkError', code: 'KAKAO_TIMEOUT' })
      .and.not.have.property('cause');
  });

  it('is written to a structured log with its name, message and members', async () => {
    kakaoTellsTokenInfo('{"msg":"permission denied","code":-5}', 403);

    const error = await tokenInfoRefusal();

    expect(JSON.parse(JSON.stringify(error))).to.include({
      name: 'KakaoBusinessApiError',
      message: error.message,
      errorCode: '-5',
      hint: error.hint,
    });
  });

  it('narrows by its code', async () => {
    kakaoIssuesToken('<html>');
    const error: AnyKakaoBusinessError = await rejectionAs(
      KakaoBusinessResponseError,
      client.exchangeCode({ code: CODE, redirectURI: 'https://example.com/cb' }),
    );

    // Compiles only where `switch` leads to the class.
    const told = (failure: AnyKakaoBusinessError): string | number | undefined => {
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
    expect(told(error)).to.equal(200);
  });
});
