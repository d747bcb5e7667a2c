import { expect } from 'chai';
import { KakaoBusinessStrategy } from '../../lib/index.js';
import { authenticate, type Outcome, request, startLogin } from '../support/authenticate.js';
import { kakaoSignsIn, TOKEN_ANSWER } from '../support/kakao.js';
import { ACCESS_TOKEN, CODE } from '../support/secrets.js';
import { OPTIONS, USER } from '../support/strategy.js';

/** A login with whatever somebody may pass as options and verify, typed or not. */
async function signIn(verify: unknown, options: object = {}): Promise<Outcome> {
  kakaoSignsIn();
  const strategy: KakaoBusinessStrategy = Reflect.construct(KakaoBusinessStrategy, [
    { ...OPTIONS, ...options },
    verify,
  ]);
  const session = {};
  const state = await startLogin(strategy, session);
  return authenticate(strategy, request({ code: CODE, state }, session));
}

/** What query builders return: no promise, and yet to be awaited. */
const thenable = (getThen: () => unknown): object =>
  new Proxy({}, { has: () => true, get: (_target, name) => (name === 'then' ? getThen() : undefined) });

type Done = (error?: unknown, user?: unknown, info?: unknown) => void;

describe('verify', () => {
  describe('is called with', () => {
    const isRequest = (value: unknown) => typeof value === 'object' && value !== null && 'session' in value;
    const kinds = (args: unknown[]) =>
      args.map(arg => {
        if (arg === ACCESS_TOKEN) return 'token';
        if (arg === undefined) return 'no refresh token';
        if (typeof arg === 'function') return 'done';
        if (isRequest(arg)) return 'req';
        return JSON.stringify(arg) === JSON.stringify(TOKEN_ANSWER) ? 'params' : 'profile';
      });

    // Each as it may be declared; the arguments are looked at through `arguments`-like rest where the length matters.
    const withLength = (length: number, verify: (...args: unknown[]) => unknown) =>
      Object.defineProperty((...args: unknown[]) => verify(...args), 'length', { value: length });

    const plain = ['token', 'no refresh token', 'profile', 'done'];
    const params = ['token', 'no refresh token', 'params', 'profile', 'done'];
    const shapes: [options: object, length: number, args: string[]][] = [
      [{}, 4, plain],
      [{}, 5, params],
      [{}, 3, plain],
      [{}, 0, plain],
      [{ passParamsToCallback: true }, 4, params],
      [{ passParamsToCallback: true }, 0, params],
      [{ passParamsToCallback: false }, 5, plain],
      [{ passReqToCallback: true }, 5, ['req', ...plain]],
      [{ passReqToCallback: true }, 6, ['req', ...params]],
      [{ passReqToCallback: true }, 0, ['req', ...plain]],
      [{ passReqToCallback: true, passParamsToCallback: true }, 5, ['req', ...params]],
      [{ passReqToCallback: true, passParamsToCallback: false }, 6, ['req', ...plain]],
    ];
    for (const [options, length, expected] of shapes) {
      it(`${expected.join(', ')}: ${JSON.stringify(options)} and ${length} parameters`, async () => {
        let received: unknown[] = [];
        await signIn(
          withLength(length, (...args) => {
            received = args;
            return Promise.resolve(USER);
          }),
          options,
        );

        expect(kinds(received)).to.deep.equal(expected);
      });
    }
  });

  const success = { kind: 'success', user: USER, info: undefined };
  const no = { kind: 'fail', challenge: undefined, status: undefined };
  const later = (act: () => void) => void setTimeout(act, 5);
  const bound = {
    user: USER,
    verify(this: { user: unknown }, _t: string, _r: undefined, _p: unknown, done: Done) {
      done(null, this.user);
    },
  };

  describe('gives exactly one outcome when it', () => {
    const table: [what: string, verify: unknown, expected: object][] = [
      ['calls done', (_t: string, _r: unknown, _p: unknown, done: Done) => done(null, USER), success],
      [
        'calls done later',
        (_t: string, _r: unknown, _p: unknown, done: Done) => later(() => done(null, USER)),
        success,
      ],
      ['resolves to a user', async () => USER, success],
      [
        'gives a thenable',
        () => thenable(() => (resolve: (user: object) => void) => later(() => resolve(USER))),
        success,
      ],
      [
        'is async and calls done',
        async (_t: string, _r: unknown, _p: unknown, done: Done) => done(null, USER),
        success,
      ],
      [
        'is async and calls done later',
        async (_t: string, _r: unknown, _p: unknown, done: Done) => later(() => done(null, USER)),
        success,
      ],
      [
        'calls done twice',
        (_t: string, _r: unknown, _p: unknown, done: Done) => [done(null, USER), done(null, { id: 'other' })],
        success,
      ],
      [
        'calls done, then with an error',
        (_t: string, _r: unknown, _p: unknown, done: Done) => [done(null, USER), done(new Error('late'))],
        success,
      ],
      [
        'calls done and throws',
        (_t: string, _r: unknown, _p: unknown, done: Done) => {
          done(null, USER);
          throw new Error('afterwards');
        },
        success,
      ],
      [
        'calls done and rejects',
        async (_t: string, _r: unknown, _p: unknown, done: Done) => {
          done(null, USER);
          throw new Error('afterwards');
        },
        success,
      ],
      [
        'calls done and resolves to another',
        async (_t: string, _r: unknown, _p: unknown, done: Done) => {
          done(null, USER);
          return { id: 'other' };
        },
        success,
      ],
      [
        'has default parameters',
        (_t: string, _r = 'none', _p = {}, done: Done = () => {}) => done(null, USER),
        success,
      ],
      ['has rest parameters', (...args: unknown[]) => (args.at(-1) as Done)(null, USER), success],
      [
        'is wrapped as Nest does it',
        async (...args: unknown[]) => {
          const done = args.at(-1) as Done;
          try {
            done(null, await Promise.resolve(USER));
          } catch (error) {
            done(error);
          }
        },
        success,
      ],
      ['is bound', bound.verify.bind(bound), success],
      [
        'is async, has default parameters, and calls done later',
        async (_t: string, _r = 'none', _p: unknown, done: Done) => later(() => done(null, USER)),
        success,
      ],
      [
        'is async, has rest parameters, and calls done later',
        async (_t: string, ...rest: unknown[]) => later(() => (rest.at(-1) as Done)(null, USER)),
        success,
      ],
      ['is no async function, and returns the user', (_t: string, _r: unknown, _p: unknown) => USER, success],
      ['returns false', (_t: string, _r: unknown, _p: unknown) => false, no],
      ['returns null', (_t: string, _r: unknown, _p: unknown) => null, no],
      ['says no by done', (_t: string, _r: unknown, _p: unknown, done: Done) => done(null, false), no],
      ['says no by done with no user', (_t: string, _r: unknown, _p: unknown, done: Done) => done(null), no],
      ['resolves to false', async () => false, no],
      ['resolves to null: nobody found', async () => null, no],
    ];
    for (const [what, verify, expected] of table) {
      it(what, async () => {
        expect(await signIn(verify)).to.deep.equal(expected);
      });
    }

    const broken = new Error('database is down');
    const failing: [what: string, verify: unknown][] = [
      [
        'throws',
        () => {
          throw broken;
        },
      ],
      [
        'rejects',
        async () => {
          throw broken;
        },
      ],
      ['calls done with an error', (_t: string, _r: unknown, _p: unknown, done: Done) => done(broken)],
      [
        'calls done with an error and a user',
        (_t: string, _r: unknown, _p: unknown, done: Done) => done(broken, USER),
      ],
      [
        'calls done with an error, then with a user',
        (_t: string, _r: unknown, _p: unknown, done: Done) => [done(broken), done(null, USER)],
      ],
      [
        'gives a thenable that throws',
        () =>
          thenable(() => {
            throw broken;
          }),
      ],
    ];
    for (const [what, verify] of failing) {
      it(what, async () => {
        expect(await signIn(verify)).to.deep.equal({ kind: 'error', error: broken });
      });
    }

    const forgetful: [what: string, verify: unknown][] = [
      ['returns nothing', (_t: string, _r: unknown, _p: unknown) => {}],
      ['is async and forgets to return', async (_t: string, _r: unknown, _p: unknown) => {}],
    ];
    for (const [what, verify] of forgetful) {
      it(`${what}, and has no done to call`, async () => {
        expect(await signIn(verify))
          .to.have.property('error')
          .that.is.instanceOf(TypeError)
          .with.property('message')
          .that.includes('verify returned nothing');
      });
    }

    // Express takes 'route' and 'router' for commands, and no reason at all for success.
    const reasons: [reason: unknown, shown: string][] = [
      ['route', 'route'],
      [undefined, 'undefined'],
      [{ status: 403 }, 'an object'],
      [{ status: 403, message: 'blocked' }, 'blocked'],
    ];
    for (const [reason, shown] of reasons) {
      it(`rejects with ${JSON.stringify(reason)}, which is not an Error`, async () => {
        const outcome = await signIn(() => Promise.reject(reason));

        expect(outcome)
          .to.have.property('error')
          .that.is.instanceOf(Error)
          .and.deep.includes({
            message: `KakaoBusinessStrategy: rejected with ${shown}, which is not an Error`,
            cause: reason,
          });
      });
    }
  });

  it('is not taken at its return value where it has done to call', async () => {
    const outcome = signIn((_t: string, _r: unknown, _p: unknown, done: Done) => {
      later(() => done(null, USER));
      return { id: 'a query object, perhaps' };
    });

    expect(await outcome).to.deep.equal(success);
  });

  it('never hears of a login that failed before', async () => {
    let called = false;
    const strategy = new KakaoBusinessStrategy(OPTIONS, async () => {
      called = true;
      return USER;
    });

    expect((await authenticate(strategy, request({ code: CODE, state: 's' }))).kind).to.equal('fail');
    expect(called).to.equal(false);
  });
});
