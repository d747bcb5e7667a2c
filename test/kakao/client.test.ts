import { Agent } from 'node:https';
import { inspect } from 'node:util';
import { expect } from 'chai';
import nock from 'nock';
import {
  type AuthorizationRequest,
  KakaoBusinessApiError,
  KakaoBusinessClient,
  type KakaoBusinessClientOptions,
  KakaoBusinessResponseError,
} from '../../lib/index.js';
import { pretendBun } from '../support/bun.js';
import {
  type Form,
  kakaoAnswersRevoke,
  kakaoIssuesToken,
  kakaoTellsTokenInfo,
  kakaoTellsUserInfo,
  TOKEN_RESPONSE,
} from '../support/kakao.js';
import { rejectionAs } from '../support/rejection.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE } from '../support/secrets.js';

const REDIRECT_URI = 'https://example.com/callback?from=kakao';

const client = (options: Partial<KakaoBusinessClientOptions> = {}) =>
  new KakaoBusinessClient({ clientID: 'rest-api-key', clientSecret: CLIENT_SECRET, ...options });

describe('KakaoBusinessClient', () => {
  describe('constructor', () => {
    const misuse: [what: string, options: unknown, message: string][] = [
      ['missing options', undefined, 'KakaoBusinessClient requires an options object'],
      ['null as options', null, 'KakaoBusinessClient requires an options object'],
      ['a missing clientID', {}, 'KakaoBusinessClient requires a clientID option'],
      ['an empty clientID', { clientID: '' }, 'KakaoBusinessClient requires a clientID option'],
      [
        'a clientID with a leading space',
        { clientID: ' key' },
        'KakaoBusinessClient: the clientID option must be a string without white space',
      ],
      [
        'a timeout in digits',
        { clientID: 'key', timeout: '5000' },
        'KakaoBusinessClient: the timeout option must be a number of milliseconds from 1 to 2147483647',
      ],
      [
        'a clientID with a line break',
        { clientID: 'key\n' },
        'KakaoBusinessClient: the clientID option must be a string without white space',
      ],
      [
        'a clientSecret that is not a string',
        { clientID: 'key', clientSecret: 7 },
        'KakaoBusinessClient: the clientSecret option must be a string without white space',
      ],
      [
        'a timeout of zero',
        { clientID: 'key', timeout: 0 },
        'KakaoBusinessClient: the timeout option must be a number of milliseconds from 1 to 2147483647',
      ],
      [
        'a timeout in words',
        { clientID: 'key', timeout: '5s' },
        'KakaoBusinessClient: the timeout option must be a number of milliseconds from 1 to 2147483647',
      ],
      [
        'a timeout longer than a timer accepts',
        { clientID: 'key', timeout: 2 ** 31 },
        'KakaoBusinessClient: the timeout option must be a number of milliseconds from 1 to 2147483647',
      ],
      [
        'an agent that is a string',
        { clientID: 'key', agent: 'proxy' },
        'KakaoBusinessClient: the agent option must be an agent of node:http or node:https, or a function',
      ],
      [
        'an agent of undici',
        { clientID: 'key', agent: { dispatch() {}, close() {}, destroy() {} } },
        'KakaoBusinessClient: the agent option must be an agent of node:http or node:https, or a function',
      ],
      [
        'a fetch that is an object',
        { clientID: 'key', fetch: {} },
        'KakaoBusinessClient: the fetch option must be a function',
      ],
    ];
    for (const [what, options, message] of misuse) {
      it(`refuses ${what}`, () => {
        expect(() => Reflect.construct(KakaoBusinessClient, [options])).to.throw(TypeError, message);
      });
    }

    for (const [name, reason] of [
      ['clientId', '; it is clientID'],
      ['client_secret', '; it is clientSecret'],
      ['timeouts', '; it is timeout'],
      ['tokenInfoUrl', '; it is tokenInfoURL'],
      ['pkce', ': Kakao rejects the parameters of PKCE with KOE233'],
      ['customHeaders', ': to add headers, give a fetch function that adds them'],
    ]) {
      it(`refuses an option named ${name}`, () => {
        const options = { clientID: 'key', [`${name}`]: 'given' };
        expect(() => new KakaoBusinessClient(options)).to.throw(
          TypeError,
          `KakaoBusinessClient has no ${name} option${reason}`,
        );
      });
    }

    it('refuses an agent on Bun, which would ignore it', () => {
      const construct = () => pretendBun(() => client({ agent: new Agent() }));

      expect(construct).to.throw(
        TypeError,
        "KakaoBusinessClient: Bun's fetch ignores agent; set the fetch option instead: (url, init) => fetch(url, { ...init, proxy })",
      );
    });

    for (const tokenURL of [
      'http://kauth.kakao.com/t',
      'ftp://127.0.0.1/t',
      '/token',
      'https://user@kakao.com/',
      'http://127.0.0.1.kakao.com/t',
      new URL('https://kakao.com/t'),
      'https://:pw@kakao.com/',
      'https://kakao.com/#t',
      7,
    ]) {
      it(`refuses ${tokenURL instanceof URL ? 'a URL object' : tokenURL} as an endpoint`, () => {
        expect(() => Reflect.construct(KakaoBusinessClient, [{ clientID: 'key', tokenURL }])).to.throw(
          TypeError,
          'KakaoBusinessClient: the tokenURL option must be an https URL without credentials or fragment (http is accepted on loopback only)',
        );
      });
    }

    for (const option of ['momentURL', 'keywordAdURL'] as const) {
      it(`refuses a query in the ${option}, to which paths are appended`, () => {
        expect(() => client({ [option]: 'https://kakao.test/?a=1' })).to.throw(
          TypeError,
          `KakaoBusinessClient: the ${option} option must be a URL without query, since paths are appended`,
        );
        expect(() => client({ [option]: 'https://kakao.test/base/' })).not.to.throw();
        expect(() => client({ [option]: 'http://kakao.test/' })).to.throw(TypeError, `the ${option} option`);
      });
    }

    for (const tokenURL of [
      'http://127.0.0.1:1/t',
      'http://127.1/t',
      'http://127.10.20.30/t',
      'http://[::1]/t',
      'http://localhost:3/t',
      'https://kakao.test/t',
    ]) {
      it(`accepts ${tokenURL} as an endpoint`, () => {
        expect(() => client({ tokenURL })).not.to.throw();
      });
    }

    for (const timeout of [1, 2 ** 31 - 1]) {
      it(`accepts a timeout of ${timeout} ms`, () => {
        expect(() => client({ timeout })).not.to.throw();
      });
    }

    it('does not show its secret when it is logged', () => {
      const shown = inspect(client(), { depth: 9, showHidden: true }) + JSON.stringify(client());

      expect(shown).not.to.include(CLIENT_SECRET);
    });
  });

  describe('authorizationURL', () => {
    const query = (request: Partial<AuthorizationRequest>) => {
      const url = client().authorizationURL({
        redirectURI: REDIRECT_URI,
        scope: 'biz_account_email',
        ...request,
      });
      return [...url.searchParams];
    };

    it('is the URL of the consent screen with every parameter', () => {
      const url = client().authorizationURL({
        redirectURI: REDIRECT_URI,
        scope: ['biz_account_email', 'moment_management'],
        state: 'a state',
      });

      expect(url.origin + url.pathname).to.equal('https://kauth.kakao.com/oauth/business/authorize');
      expect([...url.searchParams]).to.have.deep.members([
        ['client_id', 'rest-api-key'],
        ['response_type', 'code'],
        ['redirect_uri', REDIRECT_URI],
        ['scope', 'biz_account_email,moment_management'],
        ['state', 'a state'],
      ]);
    });

    it('repeats resource_ids for each value', () => {
      expect(
        query({ scope: 'moment_management', resourceIDs: ['moment:1', 'moment:2'] }),
      ).to.deep.include.members([
        ['resource_ids', 'moment:1'],
        ['resource_ids', 'moment:2'],
      ]);
    });

    it('requests all accounts for an item that allows nothing else', () => {
      const url = client().authorizationURL({ redirectURI: REDIRECT_URI, scope: 'moment_create' });

      expect(url.search).to.include('resource_ids=moment%3A*');
    });

    it('adds no parameter unknown to Kakao, and no state if there is none', () => {
      expect(query({}).map(([name]) => name)).to.have.members([
        'client_id',
        'response_type',
        'redirect_uri',
        'scope',
      ]);
    });

    it('requires a redirect URI', () => {
      expect(() => query({ redirectURI: '' })).to.throw(
        TypeError,
        'KakaoBusinessClient requires a redirectURI',
      );
    });
  });

  describe('exchangeCode', () => {
    const exchange = (options?: Partial<KakaoBusinessClientOptions>) =>
      client(options).exchangeCode({ code: CODE, redirectURI: REDIRECT_URI });

    it('posts exactly the documented form', async () => {
      let sent: Form = {};
      kakaoIssuesToken(TOKEN_RESPONSE, form => {
        sent = form;
      });

      await exchange();

      expect(sent).to.deep.equal({
        grant_type: 'authorization_code',
        client_id: 'rest-api-key',
        redirect_uri: REDIRECT_URI,
        code: CODE,
        client_secret: CLIENT_SECRET,
      });
    });

    it('sends UTF-8, accepts JSON and sets no Authorization header', async () => {
      nock('https://kauth.kakao.com', { badheaders: ['authorization'] })
        .post('/oauth/business/token')
        .matchHeader('content-type', 'application/x-www-form-urlencoded;charset=utf-8')
        .matchHeader('accept', 'application/json')
        .reply(200, TOKEN_RESPONSE);

      await exchange();
    });

    for (const clientSecret of [undefined, '']) {
      it(`omits a client_secret that is ${JSON.stringify(clientSecret)}`, async () => {
        let sent: Form = {};
        kakaoIssuesToken(TOKEN_RESPONSE, form => {
          sent = form;
        });

        await exchange({ clientSecret });

        expect(sent).not.to.have.property('client_secret');
      });
    }

    it('resolves with every member, unknown ones included', async () => {
      kakaoIssuesToken({ ...TOKEN_RESPONSE, refresh_token_expires_in: 7 });

      expect(await exchange()).to.deep.equal({ ...TOKEN_RESPONSE, refresh_token_expires_in: 7 });
    });

    const invalid: [what: string, access_token: unknown][] = [
      ['undefined', undefined],
      ['null', null],
      ['empty', ''],
      ['a number', 7],
      ['an object', { a: 1 }],
      ['a list', ['t']],
      ['two words', 'to ken'],
      ['two lines', 'token\r\nx: y'],
      ['Korean', '토큰'],
      ['too long', 'x'.repeat(5000)],
    ];
    for (const [what, access_token] of invalid) {
      it(`refuses an access token that is ${what}`, async () => {
        kakaoIssuesToken({ ...TOKEN_RESPONSE, access_token });

        const error = await rejectionAs(KakaoBusinessResponseError, exchange());

        expect(error).to.include({ endpoint: 'token', httpStatus: 200 });
        expect(error.message).to.include('no usable access token');
      });
    }

    it('requires a code and a redirect URI', async () => {
      const message = (given: object) =>
        rejectionAs(TypeError, Reflect.apply(client().exchangeCode, client(), [given])).then(
          error => error.message,
        );

      expect(await message({ redirectURI: REDIRECT_URI })).to.equal('KakaoBusinessClient requires a code');
      expect(await message({ code: CODE })).to.equal('KakaoBusinessClient requires a redirectURI');
    });
  });

  describe('userInfo', () => {
    it('resolves with every member, because none is documented', async () => {
      kakaoTellsUserInfo({ email: 'owner@example.com', 이름: '카카오' });

      expect(await client().userInfo(ACCESS_TOKEN)).to.deep.equal({
        email: 'owner@example.com',
        이름: '카카오',
      });
    });
  });

  describe('tokenInfo', () => {
    const table: [what: string, body: string, expected: object][] = [
      [
        'numbers as strings',
        '{"token_user_id":42,"biz_agreements":[{"group":"MOMENT","scope":"a b","ad_account_ids":[1,"2"]}]}',
        {
          token_user_id: '42',
          biz_agreements: [{ group: 'MOMENT', scope: ['a', 'b'], ad_account_ids: ['1', '2'] }],
        },
      ],
      [
        'a 64-bit ID exactly',
        '{"token_user_id":9223372036854775807}',
        { token_user_id: '9223372036854775807', biz_agreements: [] },
      ],
      [
        'all accounts',
        '{"biz_agreements":[{"scope":["a"],"ad_account_ids":["*"]},{"scope":"b","ad_account_ids":"*"}]}',
        {
          token_user_id: undefined,
          biz_agreements: [
            { group: undefined, scope: ['a'], ad_account_ids: ['*'] },
            { group: undefined, scope: ['b'], ad_account_ids: ['*'] },
          ],
        },
      ],
      [
        'unknown members',
        '{"status":"ok","biz_agreements":[{"group":"NEW","limit":3}]}',
        {
          token_user_id: undefined,
          status: 'ok',
          biz_agreements: [{ group: 'NEW', limit: 3, scope: [], ad_account_ids: [] }],
        },
      ],
      [
        'only integers as ad accounts',
        '{"biz_agreements":[{"ad_account_ids":[7,1234567890.0000000001,8.0,"None","0x0","--","__proto__",-9,0,"*"]}]}',
        {
          token_user_id: undefined,
          biz_agreements: [{ group: undefined, scope: [], ad_account_ids: ['7', '*'] }],
        },
      ],
      [
        'only texts as scopes and groups',
        '{"biz_agreements":[{"group":"","scope":["a",7,"",null],"ad_account_ids":[]}]}',
        {
          token_user_id: undefined,
          biz_agreements: [{ group: undefined, scope: ['a'], ad_account_ids: [] }],
        },
      ],
      [
        'invalid agreements as empty ones',
        '{"biz_agreements":[null,7,"x",{"scope":7,"ad_account_ids":{"a":1}}]}',
        { token_user_id: undefined, biz_agreements: [{ group: undefined, scope: [], ad_account_ids: [] }] },
      ],
      [
        'agreements that are not a list as none',
        '{"biz_agreements":"none"}',
        { token_user_id: undefined, biz_agreements: [] },
      ],
    ];
    for (const [what, body, expected] of table) {
      it(`reads ${what}`, async () => {
        kakaoTellsTokenInfo(body);

        expect(await client().tokenInfo(ACCESS_TOKEN)).to.deep.equal(expected);
      });
    }
  });

  describe('profile', () => {
    it('resolves with the profile that verify gets', async () => {
      kakaoTellsTokenInfo('{"token_user_id":9223372036854775807,"biz_agreements":[]}');
      kakaoTellsUserInfo({ email: 'owner@example.com' });

      expect(await client().profile(ACCESS_TOKEN)).to.deep.equal({
        provider: 'kakao-business',
        id: '9223372036854775807',
        displayName: 'owner@example.com',
        emails: [{ value: 'owner@example.com' }],
        agreements: [],
        _raw: {
          userInfo: '{"email":"owner@example.com"}',
          tokenInfo: '{"token_user_id":9223372036854775807,"biz_agreements":[]}',
        },
        _json: {
          userInfo: { email: 'owner@example.com' },
          tokenInfo: { token_user_id: '9223372036854775807', biz_agreements: [] },
        },
      });
    });

    it('has no email without the consent to it', async () => {
      kakaoTellsTokenInfo();
      kakaoTellsUserInfo({ code: -402, msg: 'insufficient scopes.' }, 403);

      expect(await client().profile(ACCESS_TOKEN))
        .to.include({ id: '4242', displayName: '4242' })
        .and.not.have.property('emails');
    });

    it('rejects without a user ID', async () => {
      kakaoTellsTokenInfo({ id: 1 });
      kakaoTellsUserInfo({});

      const error = await rejectionAs(KakaoBusinessResponseError, client().profile(ACCESS_TOKEN));
      expect(error.message).to.include('no ID to know the user by');
    });
  });

  describe('revoke', () => {
    const bodies: [what: string, body: string][] = [
      ['an empty body', ''],
      ['JSON', '{"id":1}'],
      ['plain text', 'OK'],
      ['malformed JSON', '{"half":'],
    ];
    for (const [what, body] of bodies) {
      it(`resolves on a 2xx with ${what}`, async () => {
        kakaoAnswersRevoke(body);

        expect(await client().revoke(ACCESS_TOKEN)).to.equal(undefined);
      });
    }

    it('rejects when the token is invalid', async () => {
      kakaoAnswersRevoke({ msg: 'this access token does not exist', code: -401 }, 401);

      const error = await rejectionAs(KakaoBusinessApiError, client().revoke(ACCESS_TOKEN));

      expect(error).to.include({
        endpoint: 'revoke',
        httpStatus: 401,
        errorCode: '-401',
        needsConsent: true,
      });
    });
  });

  for (const token of [undefined, '', 'two words', 'line\nbreak', 7]) {
    it(`sends no request with the access token ${JSON.stringify(token)}`, async () => {
      for (const method of [client().userInfo, client().tokenInfo, client().profile, client().revoke]) {
        const error = await rejectionAs(TypeError, Reflect.apply(method, client(), [token]));
        expect(error.message).to.equal(
          'KakaoBusinessClient: the access token must be a string that fits a header',
        );
      }
    });
  }
});
