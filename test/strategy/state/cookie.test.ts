import { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { SignedCookieStore, type SignedCookieStoreOptions } from '../../../lib/index.js';
import { authenticate, request } from '../../support/authenticate.js';
import { kakaoSignsIn } from '../../support/kakao.js';
import { CODE } from '../../support/secrets.js';
import { createStrategy } from '../../support/strategy.js';

const SECRET = 'the first secret, of 32 characters or more';
const NEW_SECRET = 'the second secret, of 32 characters or more';
const HTTP = 'http://localhost:3000/callback';

/** What a request came to: the outcome, and the cookies that its response sets and deletes. */
async function visit(
  strategy: ReturnType<typeof createStrategy>,
  query: object,
  cookie = '',
  state?: object,
) {
  const req = request(query);
  const res = new ServerResponse(req);
  Object.assign(req, { res, headers: { cookie }, session: undefined });
  const outcome = await authenticate(strategy, req, state && { state: { ...state } });
  const cookies = [res.getHeader('set-cookie') ?? []].flat().map(String);
  const isDeleted = (each: string) => each.includes('; Max-Age=0;');
  return {
    outcome,
    cookies,
    set: cookies.filter(each => !isDeleted(each)).map(each => each.replace(/;.*/, '')),
    deleted: cookies.filter(isDeleted).map(each => each.replace(/=.*/, '')),
  };
}

async function start(strategy: ReturnType<typeof createStrategy>, cookie = '', state?: object) {
  const visited = await visit(strategy, {}, cookie, state);
  const { outcome, set } = visited;
  if (outcome.kind !== 'redirect') throw new Error('No redirect', { cause: outcome });
  const [first = ''] = set;
  const [name = '', value = ''] = first.split('=');
  return { ...visited, state: outcome.url.searchParams.get('state') ?? '', cookie: first, name, value };
}

/** How a login that the user declines ends: `access_denied`, or the reason why its state is not accepted. */
async function finish(strategy: ReturnType<typeof createStrategy>, state: string, cookie: string) {
  const { outcome, ...cookies } = await visit(strategy, { error: 'access_denied', state }, cookie);
  const { reason, code } = Object(outcome.kind === 'fail' ? outcome.challenge : undefined);
  return { ending: reason ?? code ?? outcome.kind, ...cookies };
}

const strategyWith = (options: Partial<SignedCookieStoreOptions> = {}, callbackURL?: string) =>
  createStrategy({
    store: new SignedCookieStore({ secret: SECRET, ...options }),
    ...(callbackURL !== undefined && { callbackURL }),
  });

describe('SignedCookieStore', () => {
  const realNow = Date.now;
  afterEach(() => {
    Date.now = realNow;
  });
  const pass = (milliseconds: number) => {
    const now = Date.now();
    Date.now = () => now + milliseconds;
  };

  it('signs in without a session, with application data', async () => {
    kakaoSignsIn();
    const strategy = strategyWith();
    const { state, cookie, name } = await start(strategy, '', { returnTo: '/광고계정' });

    const { outcome, set, deleted } = await visit(strategy, { code: CODE, state }, cookie);

    expect(outcome).to.deep.include({ kind: 'success', info: { state: { returnTo: '/광고계정' } } });
    expect({ set, deleted }).to.deep.equal({ set: [], deleted: [name] });
  });

  it('sets a Secure, HttpOnly and SameSite=Lax cookie for ten minutes', async () => {
    const { cookies, state } = await start(strategyWith());

    expect(cookies).to.have.lengthOf(1);
    expect(cookies[0]).to.match(
      /^__Host-kakao-business\.[\w-]{32}=[\w-]+\.[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(cookies[0]).to.include(`.${state}=`);
  });

  it('sets a cookie without Secure on plain http', async () => {
    const { cookies } = await start(strategyWith({}, HTTP));

    expect(cookies[0]).to.match(
      /^kakao-business\.[\w-]+=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('uses the name option for its cookies', async () => {
    const [one, other] = [strategyWith({ name: 'agency-a' }), strategyWith({ name: 'agency-b' })];
    const { name, state, cookie } = await start(one);

    expect(name).to.match(/^__Host-agency-a\./);
    expect((await finish(other, state, cookie)).ending).to.equal('no_pending_login');
    expect((await finish(one, state, cookie)).ending).to.equal('access_denied');
  });

  it('keeps several logins apart, in any order', async () => {
    const strategy = strategyWith();
    const [first, second] = [await start(strategy), await start(strategy)];
    const cookies = `theirs=1; ${first.cookie}; ${second.cookie}`;

    for (const { state, name } of [second, first])
      expect(await finish(strategy, state, cookies)).to.deep.include({
        ending: 'access_denied',
        deleted: [name],
      });
  });

  it('accepts a login once in a process, even with a copied cookie', async () => {
    const strategy = strategyWith();
    const { state, cookie } = await start(strategy);

    expect((await finish(strategy, state, cookie)).ending).to.equal('access_denied');
    expect((await finish(strategy, state, cookie)).ending).to.equal('unknown');
  });

  it('accepts a login started in another process', async () => {
    const { state, cookie } = await start(strategyWith());

    expect((await finish(strategyWith(), state, cookie)).ending).to.equal('access_denied');
  });

  for (const [minutes, ending] of [
    [10, 'access_denied'],
    [10.01, 'expired'],
  ] as const) {
    it(`ends a login of ${minutes} minutes with ${ending}`, async () => {
      const strategy = strategyWith();
      pass(0);
      const { state, cookie } = await start(strategy);

      pass(minutes * 60_000);

      expect((await finish(strategy, state, cookie)).ending).to.equal(ending);
    });
  }

  it('refuses the login of another browser, and keeps its own pending', async () => {
    const strategy = strategyWith();
    const [mine, other] = [await start(strategy), await start(strategy)];

    expect(await finish(strategy, other.state, mine.cookie)).to.deep.include({
      ending: 'unknown',
      deleted: [],
    });
    expect(await finish(strategy, other.state, '')).to.deep.include({
      ending: 'no_pending_login',
      deleted: [],
    });
    expect((await finish(strategy, mine.state, mine.cookie)).ending).to.equal('access_denied');
  });

  const forge = (change: (login: Record<string, unknown>) => unknown) => (value: string) => {
    const [payload = '', signature] = value.split('.');
    const login = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return `${Buffer.from(JSON.stringify(change(login))).toString('base64url')}.${signature}`;
  };
  const tampered: [what: string, change: (value: string) => string][] = [
    ['another redirect URI', forge(login => ({ ...login, redirectURI: 'https://evil.example' }))],
    ['other data', forge(login => ({ ...login, state: { returnTo: 'https://evil.example' } }))],
    ['a longer life', forge(login => ({ ...login, expiresAt: Number.MAX_SAFE_INTEGER }))],
    ['a signature that is cut', value => value.slice(0, -1)],
    ['a signature that is longer', value => `${value}AAAA`],
    ['another signature', value => value.replace(/[^.]+$/, 'A'.repeat(43))],
    ['no signature', value => value.replace(/\..*/, '')],
    ['nonsense', () => '%%%'],
  ];
  for (const [what, change] of tampered) {
    it(`refuses a cookie with ${what}, and deletes it`, async () => {
      const strategy = strategyWith();
      const { state, name, value } = await start(strategy);

      const refused = await finish(strategy, state, `${name}=${change(value)}`);

      expect(refused).to.deep.include({ ending: 'unknown', deleted: [name], set: [] });
      expect((await finish(strategy, state, `${name}=${value}`)).ending).to.equal('access_denied');
    });
  }

  it('refuses the cookie of one login under the name of another', async () => {
    const strategy = strategyWith();
    const [mine, other] = [await start(strategy), await start(strategy)];

    expect((await finish(strategy, mine.state, `${mine.name}=${other.value}`)).ending).to.equal('unknown');
  });

  it('signs with the first secret, and accepts all', async () => {
    const [old, both, renewed] = [SECRET, [NEW_SECRET, SECRET], NEW_SECRET].map(secret =>
      strategyWith({ secret }),
    );
    if (!old || !both || !renewed) throw new Error('No strategies');
    const [older, newer] = [await start(old), await start(both)];

    expect((await finish(both, older.state, older.cookie)).ending).to.equal('access_denied');
    expect((await finish(renewed, older.state, older.cookie)).ending).to.equal('unknown');
    expect((await finish(renewed, newer.state, newer.cookie)).ending).to.equal('access_denied');
  });

  it('keeps eight logins, and deletes unusable and older ones', async () => {
    const strategy = strategyWith({}, HTTP);
    const logins = [];
    let cookies = ['kakao-business.stale=nonsense', 'theirs=1'];
    for (let times = 0; times < 12; times++) {
      pass(1);
      const login = await start(strategy, cookies.join('; '));
      cookies = [
        ...cookies.filter(cookie => !login.deleted.includes(cookie.replace(/=.*/, ''))),
        login.cookie,
      ];
      logins.push(login.cookie);
    }

    expect(cookies).to.deep.equal(['theirs=1', ...logins.slice(4)]);
  });

  it('deletes expired logins when another starts', async () => {
    const strategy = strategyWith();
    const { cookie, name } = await start(strategy);

    pass(600_001);

    expect((await start(strategy, cookie)).deleted).to.deep.equal([name]);
  });

  it('refuses application data that is too large for a cookie', async () => {
    const { outcome, cookies } = await visit(strategyWith(), {}, '', { returnTo: 'x'.repeat(500) });

    expect(outcome)
      .to.have.nested.property('error')
      .that.is.instanceOf(TypeError)
      .with.property('message', 'SignedCookieStore: the state option is too large for a cookie');
    expect(cookies).to.deep.equal([]);
    expect((await start(strategyWith(), '', { returnTo: 'x'.repeat(300) })).set).to.have.lengthOf(1);
  });

  it('fails without the response', async () => {
    const outcome = await authenticate(strategyWith(), request());

    expect(outcome).to.have.nested.property(
      'error.message',
      'SignedCookieStore needs the response as req.res: Express sets it; elsewhere, set it before Passport',
    );
  });

  it('is named in the error for a missing session', async () => {
    const req = request();
    Reflect.deleteProperty(req, 'session');

    expect(await authenticate(createStrategy(), req))
      .to.have.nested.property('error.message')
      .that.includes('without sessions, the store option: new SignedCookieStore({ secret })');
  });

  it('does not show its secret when it is logged', () => {
    const store = new SignedCookieStore({ secret: SECRET });

    expect(inspect(store, { depth: 9, showHidden: true }) + JSON.stringify(store)).not.to.include(SECRET);
  });

  const SHORT = 'SignedCookieStore: a secret must be a string of at least 32 random characters';
  const NAME = 'SignedCookieStore: the name option must consist of letters, digits, _ and -';
  const misuse: [options: unknown, message: string][] = [
    [undefined, 'SignedCookieStore requires an options object'],
    [null, 'SignedCookieStore requires an options object'],
    [{}, SHORT],
    [{ secret: '' }, SHORT],
    [{ secret: 'x'.repeat(31) }, SHORT],
    [{ secret: [] }, SHORT],
    [{ secret: [SECRET, 'short'] }, SHORT],
    [{ secret: Buffer.alloc(32).fill(1) }, SHORT],
    [{ secret: SECRET, name: '' }, NAME],
    [{ secret: SECRET, name: 'a; Domain=evil.example' }, NAME],
    [{ secret: SECRET, name: 'a=b' }, NAME],
    [{ secret: SECRET, name: 7 }, NAME],
  ];
  for (const [options, message] of misuse) {
    it(`refuses the options ${inspect(options, { breakLength: 200 })}`, () => {
      expect(() => Reflect.construct(SignedCookieStore, [options])).to.throw(TypeError, message);
    });
  }

  it('accepts a secret of 32 characters', () => {
    expect(() => new SignedCookieStore({ secret: 'x'.repeat(32) })).not.to.throw();
  });
});
