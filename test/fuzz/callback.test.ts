import { expect } from 'chai';
import fc from 'fast-check';
import type { KakaoBusinessFetch } from '../../lib/index.js';
import { ENDPOINTS, GOOD } from '../faults/faults.js';
import { authenticate, request } from '../support/authenticate.js';
import { createStrategy } from '../support/strategy.js';
import { fuzz } from './settings.js';

describe('A callback with any query', function () {
  this.timeout(600_000);

  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', 'constructor', 'access_denied', ''),
  );
  const value = fc.oneof(
    text,
    fc.array(text),
    fc.dictionary(text, text),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
  );
  const name = fc.oneof(
    fc.constantFrom('code', 'state', 'error', 'error_description', '__proto__', 'toString'),
    fc.string(),
  );
  const query = fc.array(fc.tuple(name, value), { maxLength: 5 }).map(members => Object.fromEntries(members));

  it('has one outcome, and reaches Kakao only with a plain code and valid state', () =>
    fc.assert(
      fc.asyncProperty(query, fc.boolean(), fc.boolean(), async (given, withState, withCode) => {
        let requests = 0;
        const fetch: KakaoBusinessFetch = async url => {
          requests += 1;
          return new Response(GOOD[ENDPOINTS.find(endpoint => url.endsWith(`/${endpoint}`)) ?? 'token']);
        };
        const strategy = createStrategy({ fetch });
        const session = {};
        const started = await authenticate(strategy, request({}, session));
        const state = started.kind === 'redirect' ? started.url.searchParams.get('state') : undefined;
        const sent = { ...given, ...(withState && { state }), ...(withCode && { code: 'a-code' }) };

        const outcome = await authenticate(strategy, request(sent, session));

        expect(outcome.kind).to.be.oneOf(['success', 'fail', 'error', 'redirect']);
        if (outcome.kind === 'success' || requests > 0) {
          expect(sent).to.include({ state });
          expect(sent).to.have.property('code').that.is.a('string').and.not.empty;
          expect(sent).not.to.have.property('error');
        }
        if (outcome.kind === 'error')
          expect(outcome.error).to.be.instanceOf(Error).with.property('name', 'KakaoBusinessApiError');
      }),
      fuzz(),
    ));

  it('has one outcome if the query is not parsed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.webQueryParameters(),
          fc.string().map(part => `code=${part}`),
        ),
        async part => {
          const req = Object.assign(request({}), { query: undefined, url: `/callback?${part}` });

          const outcome = await authenticate(createStrategy(), req);

          expect(outcome.kind).to.be.oneOf(['fail', 'redirect']);
        },
      ),
      fuzz(),
    ));
});

describe('Pending logins (compared with a model)', function () {
  this.timeout(600_000);

  const realNow = Date.now;
  afterEach(() => {
    Date.now = realNow;
  });

  type Action =
    | { kind: 'start' }
    | { kind: 'finish'; which: number }
    | { kind: 'forge'; state: string }
    | { kind: 'wait'; minutes: number }
    | { kind: 'store' };
  const action: fc.Arbitrary<Action> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'start' as const }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('finish' as const), which: fc.nat(20) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('forge' as const), state: fc.string({ minLength: 1 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'store' as const }) },
  );

  it('finish once, within ten minutes, if among the newest eight', () =>
    fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async actions => {
        let now = 1_800_000_000_000;
        Date.now = () => now;
        const strategy = createStrategy({
          fetch: async url => new Response(GOOD[ENDPOINTS.find(name => url.endsWith(`/${name}`)) ?? 'token']),
        });
        let session = {};
        const started: { state: string; number: number }[] = [];
        let model: { state: string; until: number; number: number }[] = [];

        const finish = async (state: string) => {
          const outcome = await authenticate(strategy, request({ code: 'a-code', state }, session));
          const expected = model.find(login => login.state === state && now <= login.until);
          model = model.filter(login => login.state !== state);
          expect(outcome.kind).to.equal(expected ? 'success' : 'fail');
          if (expected) expect(outcome).to.have.nested.property('info.state.number', expected.number);
          else
            expect(outcome)
              .to.have.nested.property('challenge.code')
              .that.is.oneOf(['invalid_state', 'invalid_request']);
        };

        for (const each of actions) {
          if (each.kind === 'start') {
            const number = started.length;
            const outcome = await authenticate(strategy, request({}, session), { state: { number } });
            if (outcome.kind !== 'redirect') throw new Error('No redirect', { cause: outcome });
            const state = outcome.url.searchParams.get('state') ?? '';
            started.push({ state, number });
            model = [
              ...model.filter(login => now <= login.until),
              { state, number, until: now + 600_000 },
            ].slice(-8);
          } else if (each.kind === 'finish') {
            const login = started[each.which % Math.max(started.length, 1)];
            if (login) await finish(login.state);
          } else if (each.kind === 'forge') await finish(each.state);
          else if (each.kind === 'wait') now += each.minutes * 60_000;
          else session = JSON.parse(JSON.stringify(session));
        }
      }),
      fuzz(),
    ));
});
