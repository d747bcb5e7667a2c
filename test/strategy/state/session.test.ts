import { expect } from 'chai';
import type { KakaoBusinessFetch, KakaoBusinessStateStore, PendingLogin } from '../../../lib/index.js';
import { authenticate, type Outcome, request, startLogin } from '../../support/authenticate.js';
import { kakaoSignsIn } from '../../support/kakao.js';
import { CODE } from '../../support/secrets.js';
import { createStrategy, OPTIONS } from '../../support/strategy.js';

type Session = Record<string, unknown>;

const MINUTE = 60_000;

/** How a login ends: `success`, or the reason or code of its failure. */
async function finish(
  strategy: ReturnType<typeof createStrategy>,
  session: object,
  state: string,
): Promise<string> {
  const outcome = await authenticate(strategy, request({ error: 'access_denied', state }, session));
  return ending(outcome);
}

function ending(outcome: Outcome): string {
  if (outcome.kind !== 'fail') return outcome.kind;
  const challenge = Object(outcome.challenge);
  return challenge.reason ?? challenge.code;
}

describe('Pending logins', () => {
  const realNow = Date.now;
  afterEach(() => {
    Date.now = realNow;
  });
  const pass = (milliseconds: number) => {
    const now = Date.now();
    Date.now = () => now + milliseconds;
  };

  it('have a session key apart from that of Kakao Login', async () => {
    const session: Session = { 'oauth2:kauth.kakao.com': { state: 'of passport-kakao' } };

    await startLogin(createStrategy(), session);

    expect(session).to.have.all.keys('oauth2:kauth.kakao.com', 'kakao-business');
    expect(session['oauth2:kauth.kakao.com']).to.deep.equal({ state: 'of passport-kakao' });
  });

  it('are kept under the sessionKey option of the strategy', async () => {
    const [one, other] = [
      createStrategy({ sessionKey: 'agency-a' }),
      createStrategy({ sessionKey: 'agency-b' }),
    ];
    const session: Session = {};

    const state = await startLogin(one, session);
    await startLogin(other, session);

    expect(session).to.have.all.keys('agency-a', 'agency-b');
    expect(await finish(other, session, state)).to.equal('unknown');
    expect(await finish(one, session, state)).to.equal('access_denied');
  });

  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [1, 2, 0],
  ]) {
    it(`of three tabs can finish in the order ${order}`, async () => {
      const strategy = createStrategy();
      const session: Session = {};
      const states = [
        await startLogin(strategy, session),
        await startLogin(strategy, session),
        await startLogin(strategy, session),
      ];

      for (const tab of order)
        expect(await finish(strategy, session, states[tab] ?? '')).to.equal('access_denied');
    });
  }

  it('keep their application data apart', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    const first = await startLogin(strategy, session, { state: { tab: 1 } });
    const second = await startLogin(strategy, session, { state: { tab: 2 } });

    for (const [state, tab] of [
      [second, 2],
      [first, 1],
    ]) {
      kakaoSignsIn();
      const outcome = await authenticate(strategy, request({ code: CODE, state }, session));
      expect(outcome).to.have.nested.property('info.state.tab', tab);
    }
  });

  it('can be used once, successful or not', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    const state = await startLogin(strategy, session);
    await startLogin(strategy, session);

    expect(await finish(strategy, session, state)).to.equal('access_denied');
    expect(await finish(strategy, session, state)).to.equal('unknown');
  });

  it('expire after ten minutes', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    const started = Date.now();
    Date.now = () => started;
    const [early, late] = [await startLogin(strategy, session), await startLogin(strategy, session)];

    Date.now = () => started + 10 * MINUTE;
    expect(await finish(strategy, session, early)).to.equal('access_denied');
    pass(1);
    expect(await finish(strategy, session, late)).to.equal('expired');
    expect(await finish(strategy, session, late)).to.equal('no_pending_login');
  });

  it('are removed after they expire', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    await startLogin(strategy, session);

    pass(11 * MINUTE);
    await startLogin(strategy, session);

    expect(session).to.have.nested.property('kakao-business.pending').with.lengthOf(1);
  });

  it('are at most eight: the oldest are dropped', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    const states: string[] = [];
    for (let times = 0; times < 10; times++) states.push(await startLogin(strategy, session));

    expect(session).to.have.nested.property('kakao-business.pending').with.lengthOf(8);
    expect(await finish(strategy, session, states[1] ?? '')).to.equal('unknown');
    expect(await finish(strategy, session, states[2] ?? '')).to.equal('access_denied');
    expect(await finish(strategy, session, states[9] ?? '')).to.equal('access_denied');
  });

  it('are fewer if their data is long, to fit a session cookie', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    const states: string[] = [];
    for (let times = 0; times < 8; times++)
      states.push(await startLogin(strategy, session, { state: { long: '가'.repeat(200) } }));

    expect(Buffer.byteLength(JSON.stringify(session))).to.be.within(1600, 2500);
    expect(await finish(strategy, session, states[4] ?? '')).to.equal('unknown');
    expect(await finish(strategy, session, states[5] ?? '')).to.equal('access_denied');
    expect(await finish(strategy, session, states[7] ?? '')).to.equal('access_denied');
  });

  it('include the newest, however long its data', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    await startLogin(strategy, session);
    const state = await startLogin(strategy, session, { state: { long: 'x'.repeat(5000) } });

    expect(session).to.have.nested.property('kakao-business.pending').with.lengthOf(1);
    expect(await finish(strategy, session, state)).to.equal('access_denied');
  });

  it('are at most eight after 10,000 started logins', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    for (let times = 0; times < 10_000; times++) await authenticate(strategy, request({}, session));

    expect(session).to.have.nested.property('kakao-business.pending').with.lengthOf(8);
    expect(JSON.stringify(session)).to.have.lengthOf.below(3000);
  });

  it('are written as a new object, so that every session notices', async () => {
    const strategy = createStrategy();
    const written: unknown[] = [];
    const session = new Proxy<Session>(
      {},
      {
        set(target, name, value) {
          written.push(Object.freeze(value));
          return Reflect.set(target, name, value);
        },
      },
    );

    const state = await startLogin(strategy, session);
    await startLogin(strategy, session);
    await finish(strategy, session, state);

    expect(written).to.have.lengthOf(3);
    expect(new Set(written).size).to.equal(3);
  });

  it('are removed before the token request, for a callback sent twice', async () => {
    // As in session stores: each request loads and saves the whole session.
    let stored = '{}';
    const load = () =>
      Object.assign(JSON.parse(stored), {
        save(done: () => void) {
          stored = JSON.stringify(this);
          setImmediate(done);
        },
      });
    let second: Outcome | undefined;
    const callBack = () => authenticate(strategy, request({ code: CODE, state }, load()));
    const fetch: KakaoBusinessFetch = async () => {
      if (!second) second = await callBack(); // arrives while the first waits for Kakao
      return new Response('{"error":"invalid_grant","error_code":"KOE320"}', { status: 400 });
    };

    const strategy = createStrategy({ fetch });
    const state = await startLogin(strategy, load());

    const first = await callBack();

    expect(ending(first)).to.equal('invalid_grant');
    expect(second && ending(second)).to.equal('no_pending_login');
  });

  it('can be used once, even if an old cookie restores the session', async () => {
    const strategy = createStrategy();
    const session = {};
    const state = await startLogin(strategy, session);
    const copies = [structuredClone(session), structuredClone(session)];

    const endings = await Promise.all(copies.map(copy => finish(strategy, copy, state)));

    expect(endings).to.deep.equal(['access_denied', 'unknown']);
  });

  it('are no longer known as used after they expire', async () => {
    const strategy = createStrategy();
    const session = {};
    const state = await startLogin(strategy, session);
    const copy = structuredClone(session);
    await finish(strategy, session, state);

    pass(10 * MINUTE + 1);

    expect(await finish(strategy, copy, state)).to.equal('expired');
  });

  it('cause an error if the save of the session rejects without a reason', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    const state = await startLogin(strategy, session);
    session['save'] = () => Promise.reject();

    const outcome = await authenticate(strategy, request({ error: 'access_denied', state }, session));

    expect(outcome)
      .to.have.nested.property('error.message')
      .that.equals('KakaoBusinessStrategy: the session could not be saved');
  });

  it('survive storage as JSON', async () => {
    const strategy = createStrategy();
    const session: Session = {};
    const state = await startLogin(strategy, session, { state: { returnTo: '/광고' } });

    kakaoSignsIn();
    const restored = JSON.parse(JSON.stringify(session));
    const outcome = await authenticate(strategy, request({ code: CODE, state }, restored));

    expect(outcome).to.have.nested.property('info.state.returnTo', '/광고');
  });

  const malformed: [what: string, kept: unknown][] = [
    ['null', null],
    ['a string', 'text'],
    ['a number', 7],
    ['a list', []],
    ['an empty object', {}],
    ['an object instead of a list', { pending: {} }],
    ['malformed logins', { pending: [null, 7, {}, { handle: 's' }] }],
    [
      'a login with a number as handle',
      { pending: [{ handle: 7, startedAt: 1, redirectURI: 'https://a.b/' }] },
    ],
    ['a login without a time', { pending: [{ handle: 's', redirectURI: 'https://a.b/' }] }],
    ['a login without a redirect URI', { pending: [{ handle: 's', startedAt: 1 }] }],
  ];
  for (const [what, kept] of malformed) {
    it(`are none if the session holds ${what}`, async () => {
      const strategy = createStrategy();

      expect(await finish(strategy, { 'kakao-business': kept }, 's')).to.equal('no_pending_login');
      expect(await startLogin(strategy, { 'kakao-business': kept })).to.be.a('string');
    });
  }
});

describe('A state store', () => {
  /** Keeps logins in a map, without a session. */
  function mapStore(): KakaoBusinessStateStore & { logins: Map<string, PendingLogin>; metas: unknown[] } {
    const logins = new Map<string, PendingLogin>();
    const metas: unknown[] = [];
    return {
      logins,
      metas,
      store(_req, login, meta, done) {
        metas.push(meta);
        const handle = `handle-${logins.size}`;
        logins.set(handle, login);
        setImmediate(done, null, handle);
      },
      verify(_req, handle, meta, done) {
        metas.push(meta);
        const login = logins.get(handle);
        logins.delete(handle);
        setImmediate(() => (login ? done(null, true, login) : done(null, false)));
      },
    };
  }

  it('replaces the session', async () => {
    kakaoSignsIn();
    const store = mapStore();
    const strategy = createStrategy({ store });
    const noSession = (query: object) => Object.assign(request(query), { session: undefined });

    const started = await authenticate(strategy, noSession({}), { state: { a: 1 } });
    expect(started)
      .to.have.property('url')
      .with.nested.property('searchParams')
      .that.satisfies((params: URLSearchParams) => params.get('state') === 'handle-0');
    expect([...store.logins.values()]).to.deep.equal([{ redirectURI: OPTIONS.callbackURL, state: { a: 1 } }]);

    const outcome = await authenticate(strategy, noSession({ code: CODE, state: 'handle-0' }));
    expect(outcome).to.have.nested.property('info.state.a', 1);
  });

  it('receives the same metadata as in passport-oauth2', async () => {
    const store = mapStore();
    await startLogin(createStrategy({ store }), {});

    expect(store.metas).to.deep.equal([
      {
        clientID: OPTIONS.clientID,
        authorizationURL: 'https://kauth.kakao.com/oauth/business/authorize',
        tokenURL: 'https://kauth.kakao.com/oauth/business/token',
        callbackURL: OPTIONS.callbackURL,
      },
    ]);
  });

  const callback = { error: 'access_denied', state: 'handle' };
  const rejecting = (found?: object | null): KakaoBusinessStateStore => ({
    ...mapStore(),
    verify: (_req, _handle, _meta, done) => Reflect.apply(done, undefined, [null, false, found]),
  });

  it('can give its own reason', async () => {
    const strategy = createStrategy({ store: rejecting({ reason: 'stolen', message: 'Another browser.' }) });

    expect(await authenticate(strategy, request(callback))).to.deep.equal({
      kind: 'fail',
      challenge: { code: 'invalid_state', reason: 'stolen', message: 'Another browser.' },
      status: 403,
    });
  });

  const noReasons: [what: string, found: object | null | undefined][] = [
    ['undefined', undefined],
    ['null', null],
    ['a login', { redirectURI: 'https://example.com/' }],
  ];
  for (const [what, found] of noReasons) {
    it(`can reject a state with ${what} instead of a reason`, async () => {
      const outcome = await authenticate(createStrategy({ store: rejecting(found) }), request(callback));

      expect(outcome).to.have.property('challenge').that.deep.equals({
        code: 'invalid_state',
        reason: 'unknown',
        message: 'The sign-in was not started here.',
      });
    });
  }

  const broken = new Error('store is down');
  const faults: [what: string, store: Partial<KakaoBusinessStateStore>, message: RegExp][] = [
    [
      'store calls back with an error',
      { store: (_req, _login, _meta, done) => done(broken) },
      /store is down/,
    ],
    [
      'store throws',
      {
        store: () => {
          throw broken;
        },
      },
      /store is down/,
    ],
    ['store rejects', { store: async () => Promise.reject(broken) }, /store is down/],
    [
      'store returns no handle',
      { store: (_req, _login, _meta, done) => done(null) },
      /^KakaoBusinessStrategy: the state store returned no handle$/,
    ],
    [
      'verify calls back with an error',
      { verify: (_req, _handle, _meta, done) => done(broken) },
      /store is down/,
    ],
    [
      'verify throws',
      {
        verify: () => {
          throw broken;
        },
      },
      /store is down/,
    ],
    ['verify rejects', { verify: async () => Promise.reject(broken) }, /store is down/],
    [
      'verify returns something else',
      { verify: (_req, _handle, _meta, done) => done(null, true) },
      /^KakaoBusinessStrategy: the state store returned something other than the stored login$/,
    ],
  ];
  for (const [what, methods, message] of faults) {
    it(`causes an error when ${what}`, async () => {
      const strategy = createStrategy({ store: { ...mapStore(), ...methods } });
      const query = methods.store ? {} : callback;

      const outcome = await authenticate(strategy, request(query));

      expect(outcome.kind).to.equal('error');
      expect(outcome).to.have.nested.property('error.message').that.matches(message);
    });
  }
});
