import { expect } from 'chai';
import {
  KakaoBusinessApiError,
  type KakaoBusinessProfile,
  KakaoBusinessResponseError,
  KakaoBusinessStrategy,
  type KakaoBusinessStrategyOptions,
} from '../../lib/index.js';
import { authenticate, request, startLogin } from '../support/authenticate.js';
import { kakaoIssuesToken, kakaoTellsTokenInfo, kakaoTellsUserInfo, TOKEN_INFO } from '../support/kakao.js';
import { rejectionAs } from '../support/rejection.js';
import { ACCESS_TOKEN, CODE, expectNoSecrets } from '../support/secrets.js';
import { type LoopbackServer, startHttpServer } from '../support/server.js';
import { createStrategy, OPTIONS } from '../support/strategy.js';

const load = (strategy = createStrategy()): Promise<KakaoBusinessProfile> =>
  new Promise((resolve, reject) => {
    strategy.userProfile(ACCESS_TOKEN, (error, profile) => (profile ? resolve(profile) : reject(error)));
  });

const loadFrom = (tokenInfo: string | object, userInfo: string | object): Promise<KakaoBusinessProfile> => {
  kakaoTellsTokenInfo(tokenInfo as object);
  kakaoTellsUserInfo(userInfo as object);
  return load();
};

describe('The profile', () => {
  it('is a Passport profile with the agreements of the user', async () => {
    const tokenInfo =
      '{"token_user_id":9223372036854775807,"biz_agreements":[{"group":"MOMENT","scope":["moment_management"],"ad_account_ids":[9223372036854775806,"12","*"]}],"extra":true}';
    const userInfo = '{"email":"owner@example.com","extra":{"카카오":1}}';

    expect(await loadFrom(tokenInfo, userInfo)).to.deep.equal({
      provider: 'kakao-business',
      id: '9223372036854775807',
      displayName: 'owner@example.com',
      emails: [{ value: 'owner@example.com' }],
      agreements: [
        { group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['9223372036854775806', '12', '*'] },
      ],
      _raw: { tokenInfo, userInfo },
      _json: {
        tokenInfo: {
          token_user_id: '9223372036854775807',
          biz_agreements: [
            {
              group: 'MOMENT',
              scope: ['moment_management'],
              ad_account_ids: ['9223372036854775806', '12', '*'],
            },
          ],
          extra: true,
        },
        userInfo: { email: 'owner@example.com', extra: { 카카오: 1 } },
      },
    });
  });

  it('has no email without consent to it', async () => {
    kakaoTellsTokenInfo();
    kakaoTellsUserInfo(
      { msg: 'insufficient scopes.', code: -402, required_scopes: ['biz_account_email'] },
      403,
    );

    expect(await load()).to.deep.equal({
      provider: 'kakao-business',
      id: '4242',
      displayName: '4242',
      agreements: [{ group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['11', '12'] }],
      _raw: { tokenInfo: JSON.stringify(TOKEN_INFO) },
      _json: { tokenInfo: TOKEN_INFO },
    });
  });

  describe('has as its ID', () => {
    const ids: [what: string, tokenInfo: string, userInfo: string, id: string][] = [
      ['token_user_id, not the id of userinfo', '{"token_user_id":42}', '{"id":7}', '42'],
      ['a 64-bit integer', '{"token_user_id":18446744073709551615}', '{}', '18446744073709551615'],
      ['an integer in a string', '{"token_user_id":"42"}', '{}', '42'],
      ['an unsafe integer', '{"token_user_id":9007199254740993}', '{}', '9007199254740993'],
    ];
    for (const [what, tokenInfo, userInfo, id] of ids) {
      it(what, async () => {
        expect((await loadFrom(tokenInfo, userInfo)).id).to.equal(id);
      });
    }
  });

  describe('is refused without an ID', () => {
    const absent = [
      '',
      ...[
        'null',
        '""',
        '0',
        '-1',
        '1.5',
        '1e400',
        '"0"',
        '"-7"',
        '"undefined"',
        '"null"',
        '"NaN"',
        '"two words"',
        'true',
        '{}',
        '[1]',
        '-9223372036854775808',
        '12345678901234567890.5',
        '123456789012345678901',
        '1234567890.0000000001',
        '1234567890123456789.0',
        '9.007199254740993e15',
        '0.99999999999999999',
        '1.0',
        '1e3',
        '1E+3',
        '"1.0"',
        '"1e3"',
        '"+1"',
        '" 1"',
        '"1 "',
        '"0x1"',
        '"+0"',
        '"0.0"',
        '"0x0"',
        '"007"',
        '"--"',
        '"None"',
        '"nil"',
        '"Infinity"',
        '"__proto__"',
        '"123456789012345678901"',
        '["42"]',
      ].map(id => `"token_user_id":${id}`),
    ];
    for (const member of absent) {
      it(`in {${member}}`, async () => {
        const error = await rejectionAs(
          KakaoBusinessResponseError,
          loadFrom(`{${member}}`, '{"email":"a@b.c"}'),
        );

        expect(error.message).to.include('no ID to know the user by');
      });
    }

    for (const [what, tokenInfo, userInfo] of [
      ['userinfo, beside a zero', '{"token_user_id":0}', '{"id":7}'],
      ['userinfo, beside null', '{"token_user_id":null}', '{"id":7}'],
      ['another member', '{"id":7}', '{"token_user_id":7,"user_id":7}'],
      ['an agreement', '{"biz_agreements":[{"token_user_id":7}]}', '{}'],
    ] as const) {
      it(`even if there is one in ${what}`, async () => {
        await rejectionAs(KakaoBusinessResponseError, loadFrom(tokenInfo, userInfo));
      });
    }

    it('even if there is one in __proto__', async () => {
      await rejectionAs(
        KakaoBusinessResponseError,
        loadFrom('{"__proto__":{"token_user_id":7}}', '{"__proto__":{"id":7}}'),
      );
    });

    it('with an error that names the members received', async () => {
      const error = await rejectionAs(
        KakaoBusinessResponseError,
        loadFrom('{"userId":424242,"biz_agreements":[]}', '{"id":171717,"email":"owner@example.com"}'),
      );

      expect(error.message).to.equal(
        `Kakao answered the tokeninfo request with no ID to know the user by (HTTP 200); tokeninfo has the members [userId, biz_agreements], userinfo [id, email]. ${error.hint}`,
      );
      expect(error).to.include({ endpoint: 'tokeninfo', status: 502, httpStatus: 200, retryable: false });
      expect(error.hint).to.include('token_user_id');
      expect(error.hints.ko).to.include('token_user_id에 정수 ID가 있어야 합니다.');
    });

    it('with an error that names no userinfo members without consent', async () => {
      kakaoTellsTokenInfo({ id: 7 });
      kakaoTellsUserInfo('{"msg":"insufficient scopes.","code":-402}', 403);

      const { message } = await rejectionAs(KakaoBusinessResponseError, load());

      expect(message).to.include('tokeninfo has the members [id], userinfo []. ');
    });

    it('with an error that names few members, and plain ones only', async () => {
      const names = [ACCESS_TOKEN, 'a@b.c', '010-1234-5678', 'no\r\nlog', '회원', 'x'.repeat(33), 'ok', 'u1'];
      const many = Array.from(
        { length: 5000 },
        (_, n) => `m${'abcdefghij'.at(n % 10)}_${'x'.repeat(n % 30)}`,
      );
      const members = [...names, ...many].map(name => `${JSON.stringify(name)}:1`).join();

      const error = await rejectionAs(KakaoBusinessResponseError, loadFrom(`{${members}}`, '{}'));

      expect(error.message).to.match(
        / tokeninfo has the members \[ok, ma_, mb_x, [a-z_, ]*\], userinfo \[\]\. /,
      );
      expect(error.message).to.have.lengthOf.below(700);
      expectNoSecrets(error);
    });

    it('with an error that names at most 20 members', async () => {
      const members = Object.fromEntries(Array.from('abcdefghijklmnopqrstuvwxyz', letter => [letter, 1]));

      const error = await rejectionAs(KakaoBusinessResponseError, loadFrom(members, {}));

      expect(error.message).to.include(' [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t], ');
    });

    it('with an error that hides a token of letters among the members', async () => {
      const fetch = async () => new Response('{"token_of_letters":1,"x":1}');
      const strategy = createStrategy({ fetch });

      const error: unknown = await new Promise(resolve => {
        strategy.userProfile('token_of_letters', resolve);
      });

      expect(error).to.have.property('message').that.includes('members [[redacted], x], userinfo');
    });
  });

  describe('finds the email in', () => {
    const places: [what: string, userInfo: object][] = [
      ['email', { email: 'a@b.c' }],
      ['biz_account_email', { biz_account_email: 'a@b.c' }],
      ['account_email', { account_email: 'a@b.c' }],
      ['an email object', { email: { email: 'a@b.c' } }],
      ['kakao_account', { kakao_account: { email: 'a@b.c' } }],
      ['biz_account', { biz_account: { account_email: 'a@b.c' } }],
      ['user', { user: { biz_account_email: 'a@b.c' } }],
      ['biz_account_email, beside an empty email', { email: '', biz_account_email: 'a@b.c' }],
      ['user, beside a boolean', { email: true, user: { email: 'a@b.c' } }],
      [
        'email, marked as valid and verified',
        { email: 'a@b.c', is_email_valid: true, is_email_verified: true },
      ],
      [
        'kakao_account, beside an unverified email',
        { email: 'x@y.z', is_email_verified: false, kakao_account: { email: 'a@b.c' } },
      ],
      [
        'biz_account, within an invalid object',
        { is_email_valid: false, biz_account: { email: 'a@b.c', is_email_valid: true } },
      ],
    ];
    for (const [what, userInfo] of places) {
      it(what, async () => {
        expect((await loadFrom(TOKEN_INFO, userInfo)).emails).to.deep.equal([{ value: 'a@b.c' }]);
      });
    }
  });

  it('accepts an email of 320 characters', async () => {
    const email = `${'a'.repeat(316)}@b.c`;

    expect((await loadFrom(TOKEN_INFO, { email })).emails).to.deep.equal([{ value: email }]);
  });

  describe('has no email from', () => {
    const others: [what: string, userInfo: object][] = [
      ['an empty object', {}],
      ['a value without @', { email: 'nobody' }],
      ['a value with a space', { email: 'a b@c.d' }],
      ['a value with a line break', { email: 'a@b\r\nc' }],
      ['a value that is too long', { email: `${'a'.repeat(317)}@b.c` }],
      ['a list', { email: ['a@b.c'] }],
      ['an object nested too deeply', { deep: { er: { email: 'a@b.c' } } }],
      ['an invalid email', { email: 'a@b.c', is_email_valid: false }],
      ['an unverified email', { email: 'a@b.c', is_email_valid: true, is_email_verified: false }],
      ['an email whose flag is a string', { is_email_verified: 'false', biz_account_email: 'a@b.c' }],
      ['an email whose flag is zero', { kakao_account: { email: 'a@b.c', is_email_verified: 0 } }],
      [
        'an email that is marked as invalid elsewhere',
        { email: 'a@b.c', kakao_account: { account_email: 'A@B.C', is_email_valid: false } },
      ],
    ];
    for (const [what, userInfo] of others) {
      it(what, async () => {
        expect(await loadFrom(TOKEN_INFO, userInfo))
          .to.deep.include({ displayName: '4242' })
          .and.not.have.property('emails');
      });
    }
  });

  it('keeps unknown groups', async () => {
    const tokenInfo = {
      token_user_id: 1,
      biz_agreements: [{ group: 'CHANNEL', scope: 'talk_channel', ad_account_ids: '*' }, {}],
    };

    expect((await loadFrom(tokenInfo, {})).agreements).to.deep.equal([
      { group: 'CHANNEL', scopes: ['talk_channel'], adAccountIDs: ['*'] },
      { group: '', scopes: [], adAccountIDs: [] },
    ]);
  });

  it('is not loaded when tokeninfo fails with -402', async () => {
    kakaoTellsTokenInfo({ msg: 'insufficient scopes.', code: -402 }, 403);
    kakaoTellsUserInfo();

    expect(await rejectionAs(KakaoBusinessApiError, load())).to.include({
      endpoint: 'tokeninfo',
      errorCode: '-402',
    });
  });

  for (const [status, code] of [
    [403, -5],
    [403, -3],
    [401, -401],
    [400, -10],
  ]) {
    it(`is not loaded when userinfo fails with ${code}`, async () => {
      kakaoTellsTokenInfo();
      kakaoTellsUserInfo(`{"msg":"no","code":${code}}`, status);

      expect(await rejectionAs(KakaoBusinessApiError, load())).to.include({
        endpoint: 'userinfo',
        errorCode: `${code}`,
      });
    });
  }

  describe('is loaded', () => {
    let server: LoopbackServer;
    afterEach(() => server.close());

    it('from both endpoints at the same time', async () => {
      // The server responds only when both requests have arrived: sequential ones would time out.
      const waiting: (() => void)[] = [];
      server = await startHttpServer((req, res) => {
        waiting.push(() => res.end(req.url === '/tokeninfo' ? '{"token_user_id":1}' : '{}'));
        if (waiting.length === 2) for (const respond of waiting) respond();
      });

      expect(await load(createStrategy({ ...server.endpoints, timeout: 3000 }))).to.include({ id: '1' });
    });
  });
});

describe('skipUserProfile', () => {
  const signInWith = async (skipUserProfile: KakaoBusinessStrategyOptions['skipUserProfile']) => {
    let seen: unknown = 'not called';
    kakaoIssuesToken();
    const strategy = createStrategy({ skipUserProfile }, async (_token, _refresh, profile) => {
      seen = profile;
      return { id: 'user' };
    });
    const session = {};
    const state = await startLogin(strategy, session);
    return {
      outcome: await authenticate(strategy, request({ code: CODE, state }, session)),
      profile: () => seen,
    };
  };

  const skipping: [what: string, skip: KakaoBusinessStrategyOptions['skipUserProfile']][] = [
    ['true', true],
    ['a function that returns true', () => true],
    ['a function of the token', token => token === ACCESS_TOKEN],
    ['an async function', async () => true],
    ['a function that calls back', (token, done) => setImmediate(done, null, token === ACCESS_TOKEN)],
  ];
  for (const [what, skip] of skipping) {
    it(`skips the profile with ${what}`, async () => {
      const { outcome, profile } = await signInWith(skip);

      expect(outcome.kind).to.equal('success');
      expect(profile()).to.equal(undefined);
    });
  }

  const loading: [what: string, skip: KakaoBusinessStrategyOptions['skipUserProfile']][] = [
    ['false', false],
    ['a function that returns false', () => false],
    ['an async function', async () => false],
    ['a function that returns nothing', () => undefined],
    ['a function that calls back', (_token, done) => done(null, false)],
  ];
  for (const [what, skip] of loading) {
    it(`loads the profile with ${what}`, async () => {
      kakaoTellsTokenInfo();
      kakaoTellsUserInfo();

      expect((await signInWith(skip)).profile()).to.include({ id: '4242' });
    });
  }

  const broken = new Error('no decision');
  const failing: [what: string, skip: KakaoBusinessStrategyOptions['skipUserProfile']][] = [
    [
      'throws',
      () => {
        throw broken;
      },
    ],
    ['calls back with an error', (_token, done) => done(broken)],
    [
      'rejects',
      async () => {
        throw broken;
      },
    ],
  ];
  for (const [what, skip] of failing) {
    it(`causes an error when it ${what}`, async () => {
      expect((await signInWith(skip)).outcome).to.deep.equal({ kind: 'error', error: broken });
    });
  }
});

describe('userProfile of a subclass', () => {
  const signInWith = async (userProfile: KakaoBusinessStrategy['userProfile']) => {
    kakaoIssuesToken();
    class Subclass extends KakaoBusinessStrategy {}
    Subclass.prototype.userProfile = userProfile;
    const strategy = new Subclass(OPTIONS, async (_token, _refresh, profile) => ({ id: profile.id }));
    const session = {};
    const state = await startLogin(strategy, session);
    return authenticate(strategy, request({ code: CODE, state }, session));
  };

  it('replaces the profile', async () => {
    const outcome = await signInWith((_token, done) => done(null, { id: 'mine' } as KakaoBusinessProfile));

    expect(outcome).to.have.nested.property('user.id', 'mine');
  });

  const broken = new Error('no profile');
  const failing: [what: string, userProfile: KakaoBusinessStrategy['userProfile']][] = [
    [
      'throws',
      () => {
        throw broken;
      },
    ],
    ['calls back with an error', (_token, done) => done(broken)],
    [
      'rejects',
      async () => {
        throw broken;
      },
    ],
  ];
  for (const [what, userProfile] of failing) {
    it(`causes an error when it ${what}`, async () => {
      expect(await signInWith(userProfile)).to.deep.equal({ kind: 'error', error: broken });
    });
  }

  it('may reject after it has called back', async () => {
    const outcome = await signInWith(async (_token, done) => {
      done(null, { id: 'mine' } as KakaoBusinessProfile);
      throw broken;
    });

    expect(outcome).to.have.nested.property('user.id', 'mine');
  });
});
