import { mock } from 'node:test';
import { expect } from 'chai';
import {
  type KakaoBusinessFetch,
  KakaoBusinessNetworkError,
  type KakaoBusinessProfile,
  KakaoBusinessStrategy,
  type KakaoBusinessVerify,
} from '../../lib/index.js';
import { authenticate, type Outcome, request, startLogin } from '../support/authenticate.js';
import { CODE } from '../support/secrets.js';
import { createStrategy, OPTIONS, USER } from '../support/strategy.js';
import { ENDPOINTS, GOOD } from './faults.js';

/** Kakao without a network, because mocked timers do not work with real sockets. */
const kakao: KakaoBusinessFetch = async url => {
  const endpoint = ENDPOINTS.find(name => url.endsWith(`/${name}`)) ?? 'token';
  return new Response(GOOD[endpoint]);
};

async function signIn(strategy: KakaoBusinessStrategy): Promise<Outcome> {
  const session = {};
  const state = await startLogin(strategy, session);
  return authenticate(strategy, request({ code: CODE, state }, session));
}

describe('A login', () => {
  const never = (): Promise<never> => new Promise(() => {});
  class NoProfile extends KakaoBusinessStrategy {
    override userProfile() {}
  }
  const silent: [what: string, strategy: () => KakaoBusinessStrategy][] = [
    [
      'verify does not call done',
      () => createStrategy({ fetch: kakao }, (_token, _refresh, _profile, _done) => {}),
    ],
    ['the promise of verify never settles', () => createStrategy({ fetch: kakao }, never)],
    [
      'an async verify does not call done',
      () => createStrategy({ fetch: kakao }, async (_token, _refresh, _profile, _done) => {}),
    ],
    ['userProfile does not call done', () => new NoProfile({ ...OPTIONS, fetch: kakao }, async () => USER)],
    [
      'skipUserProfile does not call done',
      () => createStrategy({ fetch: kakao, skipUserProfile: (_token, _done) => {} }),
    ],
  ];
  for (const [what, strategy] of silent) {
    it(`times out when ${what}`, async () => {
      const session = {};
      const state = await startLogin(strategy(), session);
      mock.timers.enable({ apis: ['setTimeout'] });
      try {
        const outcome = authenticateNow(strategy(), request({ code: CODE, state }, session));
        for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
        mock.timers.tick(2 * 10_000 + 60_000);

        expect(await outcome)
          .to.be.instanceOf(Error)
          .with.property('message')
          .that.includes('never called back');
      } finally {
        mock.timers.reset();
      }
    });
  }

  it('times out when the state store does not call done', async () => {
    const store = { store: () => {}, verify: () => {} };
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const starting = authenticateNow(createStrategy({ store }), request());
      const finishing = authenticateNow(createStrategy({ store }), request({ code: CODE, state: 's' }));
      await new Promise(setImmediate);
      mock.timers.tick(2 * 10_000 + 60_000);

      for (const error of [await starting, await finishing])
        expect(error).to.be.instanceOf(Error).with.property('message').that.includes('state store');
    } finally {
      mock.timers.reset();
    }
  });

  it('waits a minute for verify, on top of the requests to Kakao', async () => {
    let callBack = (_user: object) => {};
    const strategy = createStrategy({ fetch: kakao }, (_token, _refresh, _profile, done) => {
      callBack = user => done(null, user);
    });
    const session = {};
    const state = await startLogin(strategy, session);
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const outcome = authenticateNow(strategy, request({ code: CODE, state }, session));
      for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
      mock.timers.tick(2 * 10_000 + 59_000);
      callBack(USER);

      expect(await outcome).to.equal(USER);
    } finally {
      mock.timers.reset();
    }
  });

  /** Resolves with the first outcome, without waiting for more: the user or the error. */
  function authenticateNow(
    strategy: KakaoBusinessStrategy,
    req: ReturnType<typeof request>,
  ): Promise<unknown> {
    return new Promise(resolve => {
      const perRequest = Object.assign(Object.create(strategy), {
        success: resolve,
        error: resolve,
        fail: resolve,
        redirect: resolve,
      });
      perRequest.authenticate(req);
    });
  }
});

describe('A login with a fetch option', () => {
  const fetches: [what: string, fetch: () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['rejects with undefined', () => Promise.reject()],
    ['returns a string', () => 'nonsense'],
    ['never settles', () => new Promise(() => {})],
    [
      'resolves with an endless body',
      () =>
        Promise.resolve(
          new Response(new ReadableStream({ pull: controller => controller.enqueue(new Uint8Array(1000)) })),
        ),
    ],
    [
      'resolves with a body that fails',
      () =>
        Promise.resolve(
          new Response(new ReadableStream({ pull: controller => controller.error(new Error('broken')) })),
        ),
    ],
  ];
  for (const [what, fetch] of fetches) {
    it(`ends in one error when fetch ${what}`, async () => {
      const strategy: KakaoBusinessStrategy = Reflect.construct(KakaoBusinessStrategy, [
        { ...OPTIONS, fetch, timeout: 100 },
        async () => USER,
      ]);

      const outcome = await signIn(strategy);

      expect(outcome.kind).to.equal('error');
      expect(outcome)
        .to.have.nested.property('error.code')
        .that.matches(/^KAKAO_/);
    });
  }
});

describe('A strategy with concurrent logins', () => {
  it('keeps 1,000 logins apart', async () => {
    const fetch: KakaoBusinessFetch = async (url, { body, headers }) => {
      const user =
        new URLSearchParams(body).get('code') ?? headers['authorization']?.replace('Bearer token-', '');
      if (url.endsWith('/token')) return Response.json({ access_token: `token-${user}` });
      if (url.endsWith('/tokeninfo')) return Response.json({ token_user_id: user });
      return Response.json({ email: `${user}@example.com` });
    };
    const verify: KakaoBusinessVerify = async (_accessToken, _refreshToken, profile) => profile;
    const strategy = createStrategy({ fetch }, verify);

    const login = async (_: unknown, index: number) => {
      const session = {};
      const code = String(index + 1);
      const state = await startLogin(strategy, session, { state: { code } });
      return authenticate(strategy, request({ code, state }, session));
    };
    const outcomes = await Promise.all(Array.from({ length: 1000 }, login));

    outcomes.forEach((outcome, index) => {
      expect(outcome).to.have.nested.property('user.id', String(index + 1));
      expect(outcome).to.have.nested.property('user.displayName', `${index + 1}@example.com`);
      expect(outcome).to.have.nested.property('info.state.code', String(index + 1));
    });
  });

  it('does not change options shared by strategies and logins', async () => {
    const options = Object.freeze({ ...OPTIONS, fetch: kakao, scope: Object.freeze(['biz_account_email']) });
    const login = Object.freeze({ scope: Object.freeze(['moment_create']), state: Object.freeze({ a: 1 }) });
    const strategies = [1, 2].map(() => new KakaoBusinessStrategy(options, async () => USER));

    for (const strategy of strategies) {
      const session = {};
      const state = await startLogin(strategy, session, login);
      expect((await authenticate(strategy, request({ code: CODE, state }, session), login)).kind).to.equal(
        'success',
      );
    }
  });

  it('does not delay a login because of a slow one', async () => {
    const fetch: KakaoBusinessFetch = (url, init) =>
      init.body?.includes('slow') ? new Promise(() => {}) : kakao(url, init);
    const strategy = createStrategy({ fetch, timeout: 300 });
    const signInWith = async (code: string) => {
      const session = {};
      const state = await startLogin(strategy, session);
      return authenticate(strategy, request({ code, state }, session));
    };

    const slow = signInWith('slow');
    expect((await signInWith('quick')).kind).to.equal('success');
    expect(await slow)
      .to.have.property('error')
      .that.is.instanceOf(KakaoBusinessNetworkError);
  });
});

describe('A subclass', () => {
  it('can override userProfile and call the inherited one', async () => {
    class WithRole extends KakaoBusinessStrategy {
      override userProfile(
        accessToken: string,
        done: (error?: unknown, profile?: KakaoBusinessProfile) => void,
      ) {
        super.userProfile(accessToken, (error, profile) =>
          done(error, profile && { ...profile, displayName: 'Owner' }),
        );
      }
    }
    const strategy = new WithRole({ ...OPTIONS, fetch: kakao }, async (_token, _refresh, profile) => profile);

    expect(await signIn(strategy)).to.have.nested.property('user.displayName', 'Owner');
  });
});
