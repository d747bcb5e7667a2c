import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { KakaoBusinessStrategy } from '../../lib/index.js';
import { authenticate, type Outcome, request, startLogin } from '../support/authenticate.js';
import { kakaoSignsIn, TOKEN_RESPONSE } from '../support/kakao.js';
import { ACCESS_TOKEN, CODE } from '../support/secrets.js';
import { OPTIONS, USER } from '../support/strategy.js';

/** Signs in with any options and verify, typed or not. */
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

/** What query builders return: a thenable that is not a promise. */
const thenable = (getThen: () => unknown): object =>
  new Proxy({}, { has: () => true, get: (_target, name) => (name === 'then' ? getThen() : undefined) });

type Done = (error?: unknown, user?: unknown, info?: unknown) => void;

describe('verify', () => {
  describe('is called with the arguments for', () => {
    const isRequest = (value: unknown) => typeof value === 'object' && value !== null && 'session' in value;
    const kinds = (args: unknown[]) =>
      args.map(arg => {
        if (arg === ACCESS_TOKEN) return 'token';
        if (arg === undefined) return 'no refresh token';
        if (typeof arg === 'function') return 'done';
        if (isRequest(arg)) return 'req';
        return JSON.stringify(arg) === JSON.stringify(TOKEN_RESPONSE) ? 'params' : 'profile';
      });

    // Declares this number of parameters, and receives every argument.
    const withLength = (length: number, verify: (...args: unknown[]) => unknown) =>
      Object.defineProperty((...args: unknown[]) => verify(...args), 'length', { value: length });

    const plain = ['token', 'no refresh token', 'profile', 'done'];
    const params = ['token', 'no refresh token', 'params', 'profile', 'done'];
    const shapes: [what: string, options: object, length: number, args: string[]][] = [
      ['four parameters', {}, 4, plain],
      ['five parameters', {}, 5, params],
      ['three parameters', {}, 3, plain],
      ['no parameters', {}, 0, plain],
      ['four parameters and passParamsToCallback', { passParamsToCallback: true }, 4, params],
      ['no parameters and passParamsToCallback', { passParamsToCallback: true }, 0, params],
      ['five parameters and passParamsToCallback: false', { passParamsToCallback: false }, 5, plain],
      ['five parameters and passReqToCallback', { passReqToCallback: true }, 5, ['req', ...plain]],
      ['six parameters and passReqToCallback', { passReqToCallback: true }, 6, ['req', ...params]],
      ['no parameters and passReqToCallback', { passReqToCallback: true }, 0, ['req', ...plain]],
      [
        'five parameters and both options',
        { passReqToCallback: true, passParamsToCallback: true },
        5,
        ['req', ...params],
      ],
      [
        'six parameters and only passReqToCallback',
        { passReqToCallback: true, passParamsToCallback: false },
        6,
        ['req', ...plain],
      ],
    ];
    for (const [what, options, length, expected] of shapes) {
      it(what, async () => {
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
  const failure = { kind: 'fail', challenge: undefined, status: undefined };
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
      ['resolves with a user', async () => USER, success],
      [
        'returns a thenable',
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
        'calls done and resolves with another user',
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
        'is wrapped as in Nest',
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
      ['returns a user synchronously', (_t: string, _r: unknown, _p: unknown) => USER, success],
      ['returns false', (_t: string, _r: unknown, _p: unknown) => false, failure],
      ['returns null', (_t: string, _r: unknown, _p: unknown) => null, failure],
      [
        'calls done with false',
        (_t: string, _r: unknown, _p: unknown, done: Done) => done(null, false),
        failure,
      ],
      [
        'calls done without a user',
        (_t: string, _r: unknown, _p: unknown, done: Done) => done(null),
        failure,
      ],
      ['resolves with false', async () => false, failure],
      ['resolves with null', async () => null, failure],
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
        'returns a thenable that throws',
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
      it(`${what}, and takes no done`, async () => {
        expect(await signIn(verify))
          .to.have.property('error')
          .that.is.instanceOf(TypeError)
          .with.property('message')
          .that.includes('verify returned nothing');
      });
    }

    const errors: [what: string, error: unknown][] = [
      ['of another realm', runInNewContext('new Error("elsewhere")')],
      ['that is not a native one', Object.create(Error.prototype)],
    ];
    for (const [what, error] of errors) {
      it(`rejects with an error ${what}`, async () => {
        expect(await signIn(() => Promise.reject(error))).to.have.property('error', error);
      });
    }

    // In Express, next('route') and next('router') are commands, and next(undefined) is success.
    const reasons: [reason: unknown, shown: string, status?: number][] = [
      ['route', 'route'],
      [undefined, 'undefined'],
      [null, 'null'],
      [{ status: 403 }, 'an object', 403],
      [{ status: 'blocked' }, 'an object'],
      [() => {}, 'an object'],
      [{ status: 403, message: 'blocked' }, 'blocked', 403],
    ];
    for (const [reason, shown, status] of reasons) {
      it(`rejects with ${JSON.stringify(reason) ?? typeof reason}, which is not an Error`, async () => {
        const outcome = await signIn(() => Promise.reject(reason));

        expect(outcome)
          .to.have.property('error')
          .that.is.instanceOf(Error)
          .and.deep.includes({
            message: `KakaoBusinessStrategy: rejected with ${shown}, which is not an Error`,
            cause: reason,
          });
        const { error } = Object(outcome);
        expect('status' in error ? error.status : undefined).to.equal(status);
      });
    }
  });

  it('has its return value ignored if it takes done', async () => {
    const outcome = signIn((_t: string, _r: unknown, _p: unknown, done: Done) => {
      later(() => done(null, USER));
      return { id: 'a query object, perhaps' };
    });

    expect(await outcome).to.deep.equal(success);
  });

  it('is not called for a login that has failed', async () => {
    let called = false;
    const strategy = new KakaoBusinessStrategy(OPTIONS, async () => {
      called = true;
      return USER;
    });

    expect((await authenticate(strategy, request({ code: CODE, state: 's' }))).kind).to.equal('fail');
    expect(called).to.equal(false);
  });
});
