import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import {
  type KakaoBusinessAuthenticateOptions,
  type KakaoBusinessStateStore,
  KakaoBusinessStrategy,
} from '../../lib/index.js';
import { authenticate, request } from '../support/authenticate.js';
import { createStrategy, OPTIONS } from '../support/strategy.js';

async function redirectOf(
  strategy: KakaoBusinessStrategy,
  options?: KakaoBusinessAuthenticateOptions,
  req = request(),
) {
  const outcome = await authenticate(strategy, req, options);
  if (outcome.kind !== 'redirect') throw new Error('No redirect', { cause: outcome });
  return outcome.url;
}

async function errorOf(strategy: KakaoBusinessStrategy, req: ReturnType<typeof request>, options?: object) {
  const outcome = await authenticate(strategy, req, options);
  if (outcome.kind !== 'error') throw new Error('No error', { cause: outcome });
  return outcome.error;
}

describe('Starting a login', () => {
  it('redirects to the consent screen, for the email by default', async () => {
    const url = await redirectOf(createStrategy());

    expect(url.origin + url.pathname).to.equal('https://kauth.kakao.com/oauth/business/authorize');
    expect(Object.fromEntries(url.searchParams)).to.deep.include({
      client_id: OPTIONS.clientID,
      response_type: 'code',
      redirect_uri: OPTIONS.callbackURL,
      scope: 'biz_account_email',
    });
    expect(url.searchParams.get('state')).to.match(/^[\w-]{32}$/);
    expect(url.searchParams).to.have.property('size', 5);
  });

  it('uses the scope and resourceIDs of the strategy', async () => {
    const strategy = createStrategy({
      scope: ['biz_account_email', 'moment_management'],
      resourceIDs: ['moment:1', 'moment:2'],
    });

    const { searchParams } = await redirectOf(strategy);

    expect(searchParams.get('scope')).to.equal('biz_account_email,moment_management');
    expect(searchParams.getAll('resource_ids')).to.deep.equal(['moment:1', 'moment:2']);
  });

  it('uses the options of this login, and does not change them', async () => {
    const options = Object.freeze({
      scope: Object.freeze(['keyword_create']),
      resourceIDs: Object.freeze([]),
      callbackURL: 'https://app.example.com/other',
      state: Object.freeze({ returnTo: '/ads' }),
    });
    const strategy = createStrategy({ scope: 'moment_management', resourceIDs: 'moment:1' });

    for (let times = 0; times < 2; times++) {
      const { searchParams } = await redirectOf(strategy, options);
      expect(searchParams.get('scope')).to.equal('keyword_create');
      expect(searchParams.getAll('resource_ids')).to.deep.equal(['keyword:*']);
      expect(searchParams.get('redirect_uri')).to.equal('https://app.example.com/other');
    }
  });

  it('gives every login a new state', async () => {
    const strategy = createStrategy();
    const states = new Set<string | null>();
    for (let times = 0; times < 20; times++)
      states.add((await redirectOf(strategy)).searchParams.get('state'));

    expect(states.size).to.equal(20);
  });

  it('keeps no application data if the state option is null', async () => {
    const session = {};

    await redirectOf(createStrategy(), Object({ state: null }), request({}, session));

    expect(session).to.have.nested.property('kakao-business.pending[0].state', undefined);
  });

  it('keeps application data out of the URL', async () => {
    expect((await redirectOf(createStrategy(), { state: { secret: 'plan' } })).href).not.to.include('plan');
  });

  it('ignores the fields of a form', async () => {
    const req = Object.assign(request(), {
      method: 'POST',
      body: { code: 'from a form', error: 'x', state: 'y' },
    });

    expect((await authenticate(createStrategy(), req)).kind).to.equal('redirect');
  });

  it('starts again when the callback has only a state', async () => {
    expect((await authenticate(createStrategy(), request({ state: 'alone' }))).kind).to.equal('redirect');
  });

  it('adds the parameters of a subclass, without replacing others', async () => {
    class Korean extends KakaoBusinessStrategy {
      override authorizationParams() {
        return { lang: 'ko', more: ['1', '2'], none: undefined, client_id: 'other' };
      }
    }
    const { searchParams } = await redirectOf(new Korean(OPTIONS, async () => false));

    expect(searchParams.get('lang')).to.equal('ko');
    expect(searchParams.getAll('more')).to.deep.equal(['1', '2']);
    expect(searchParams.has('none')).to.equal(false);
    expect(searchParams.getAll('client_id')).to.deep.equal([OPTIONS.clientID]);
  });

  it('drops __proto__ from the application data', async () => {
    const session: Record<string, unknown> = {};
    const state = JSON.parse('{"a":{"__proto__":{"admin":true},"b":1}}');

    await redirectOf(createStrategy(), { state }, request({}, session));

    expect(JSON.stringify(session)).to.include('"a":{"b":1}').and.not.include('admin');
  });

  it('waits until the session is saved', async () => {
    const events: string[] = [];
    const session = {
      save(done: () => void) {
        setTimeout(() => {
          events.push('saved');
          done();
        }, 30);
      },
    };

    await redirectOf(createStrategy(), {}, request({}, session));
    events.push('redirected');

    expect(events).to.deep.equal(['saved', 'redirected']);
  });

  it('waits for a save that takes an undeclared callback, as in express-session', async () => {
    const events: string[] = [];
    const session = {
      regenerate() {},
      save(...[done]: (() => void)[]) {
        setTimeout(() => {
          events.push('saved');
          done?.();
        }, 30);
      },
    };

    await redirectOf(createStrategy(), {}, request({}, session));
    events.push('redirected');

    expect(session.save).to.have.lengthOf(0);
    expect(events).to.deep.equal(['saved', 'redirected']);
  });

  it('waits for a save that returns a promise', async () => {
    const session = { save: () => Promise.resolve() };

    expect((await redirectOf(createStrategy(), {}, request({}, session))).searchParams.get('state')).to.be.a(
      'string',
    );
  });

  const unsaved: [how: string, save: (done: (error: Error) => void) => unknown][] = [
    ['calls back with an error', done => done(new Error('no room'))],
    ['rejects', () => Promise.reject(new Error('no room'))],
    [
      'throws',
      () => {
        throw new Error('no room');
      },
    ],
  ];
  for (const [how, save] of unsaved) {
    it(`fails when the save of the session ${how}`, async () => {
      expect(await errorOf(createStrategy(), request({}, { save }))).to.have.property('message', 'no room');
    });
  }

  it('fails without a session, and names the middleware', async () => {
    for (const session of [undefined, null, 'session']) {
      const error = await errorOf(createStrategy(), Object.assign(request(), { session }));
      expect(error).to.be.instanceOf(Error).with.property('message').that.includes('express-session');
    }
  });

  const saves: [how: string, save: () => unknown][] = [
    ['neither returns a promise nor calls back', () => undefined],
    ['returns a promise of another realm', () => runInNewContext('Promise.resolve()')],
  ];
  for (const [how, save] of saves) {
    it(`redirects when the save of the session ${how}`, async () => {
      expect(
        (await redirectOf(createStrategy(), {}, request({}, { save }))).searchParams.get('state'),
      ).to.be.a('string');
    });
  }

  describe('if Passport regenerates the session', () => {
    const withPassport = (session: object) => Object.assign(request({}, session), { _sessionManager: {} });
    const method = () => {};

    const fixed: [what: string, session: object][] = [
      ['no methods', {}],
      ['no regenerate', { save: method }],
      ['no save', { regenerate: method }],
      ['a regenerate that is not a function', { regenerate: true, save: method }],
      ['a save that is not a function', { regenerate: method, save: true }],
    ];
    for (const [what, session] of fixed) {
      it(`fails if it has ${what}`, async () => {
        const error = await errorOf(createStrategy(), withPassport(session));

        expect(error).to.be.instanceOf(TypeError).with.property('message').that.includes('cookie-session');
      });
    }

    for (const session of [undefined, null, 'text']) {
      it(`fails with another error if it is ${session}`, async () => {
        const req = Object.assign(request(), { _sessionManager: {}, session });

        expect(await errorOf(createStrategy(), req))
          .to.have.property('message')
          .that.includes('needs a session');
      });
    }

    it('redirects without one if the app has its own store', async () => {
      const store: KakaoBusinessStateStore = {
        store: (_req, _login, _meta, done) => done(null, 'handle'),
        verify: () => {},
      };
      const req = Object.assign(request(), { _sessionManager: {}, session: undefined });

      expect((await authenticate(createStrategy({ store }), req)).kind).to.equal('redirect');
    });

    const accepted: [what: string, session: object, options: object][] = [
      ['a session that has both methods', { regenerate: method, save: (done: () => void) => done() }, {}],
      ['session: false', {}, { session: false }],
      ['passport.authorize', {}, { assignProperty: 'account' }],
    ];
    for (const [what, session, options] of accepted) {
      it(`redirects with ${what}`, async () => {
        expect((await authenticate(createStrategy(), withPassport(session), options)).kind).to.equal(
          'redirect',
        );
      });
    }
  });

  it('fails with an explanation if the state option is a string', async () => {
    const error = await errorOf(createStrategy(), request(), { state: 'fixed' });

    expect(error).to.be.instanceOf(TypeError);
    expect(error)
      .to.have.property('message')
      .that.matches(/the state option must be an object.*creates and checks/);
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const misuse: [what: string, options: object, message: RegExp][] = [
    ['a list as state', { state: [1] }, /must be an object/],
    ['a date as state', { state: new Date() }, /must be an object/],
    ['a function as state', { state: () => 1 }, /must be an object/],
    ['a state that is not JSON', { state: cyclic }, /cannot be written as JSON/],
    ['a relative callbackURL', { callbackURL: '/cb' }, /must be an absolute/],
    ['an empty scope', { scope: [] }, /at least one consent item/],
    ['a malformed resource ID', { resourceIDs: ['moment'] }, /resource ID/],
  ];
  for (const [name, reason] of [
    ['scopes', '; it is scope'],
    ['resourceIds', '; it is resourceIDs'],
    ['callbackUrl', '; it is callbackURL'],
    ['states', '; it is state'],
    ['failureredirect', '; it is failureRedirect'],
    ['pkce', ': Kakao rejects the parameters of PKCE with KOE233'],
  ]) {
    it(`fails with an option named ${name}`, async () => {
      const error = await errorOf(createStrategy(), request(), { [`${name}`]: 'given' });

      expect(error)
        .to.be.instanceOf(TypeError)
        .with.property('message', `KakaoBusinessStrategy: authenticate has no ${name} option${reason}`);
    });
  }

  const passportOptions = {
    ...{ session: true, keepSessionInfo: true, authInfo: true, assignProperty: 'found' },
    ...{ userProperty: 'owner', pauseStream: true, failWithError: true },
    ...{ successRedirect: '/', successReturnToOrRedirect: '/', successMessage: true, successFlash: true },
    ...{ failureRedirect: '/', failureMessage: true, failureFlash: true },
  };

  it('accepts the options of Passport and of other strategies', async () => {
    const options = { ...passportOptions, prompt: 'consent', property: 'user' };

    const { searchParams } = await redirectOf(createStrategy(), options);

    expect(searchParams.get('scope')).to.equal('biz_account_email');
  });

  it('fails with misspelled options of Passport', async () => {
    for (const name of Object.keys(passportOptions)) {
      const error = await errorOf(createStrategy(), request(), { [`${name}s`]: 'given' });

      expect(error)
        .to.have.property('message')
        .that.matches(new RegExp(`; it is ${name}$`));
    }
  });

  for (const [what, options, message] of misuse) {
    it(`fails with ${what}`, async () => {
      const session = {};

      const error = await errorOf(createStrategy(), request({}, session), options);

      expect(error).to.be.instanceOf(TypeError).with.property('message').that.matches(message);
      expect(session).to.deep.equal({});
      if (/JSON|resource|consent/.test(String(message)))
        expect(error).to.have.property('cause').that.is.instanceOf(Error);
    });
  }
});
