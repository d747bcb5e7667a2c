import { expect } from 'chai';
import {
  KakaoBusinessApiError,
  KakaoBusinessNetworkError,
  KakaoBusinessResponseError,
} from '../../lib/index.js';
import { authenticate, type Outcome, request, startLogin } from '../support/authenticate.js';
import {
  type Form,
  kakaoIssuesToken,
  kakaoRefusesCode,
  kakaoRefusesToken,
  kakaoSignsIn,
  kakaoTellsTokenInfo,
  kakaoTellsUserInfo,
} from '../support/kakao.js';
import { CODE, expectNoSecrets } from '../support/secrets.js';
import { startHttpServer } from '../support/server.js';
import { createStrategy, OPTIONS, USER } from '../support/strategy.js';

/** Starts a login and calls back with these parameters and the right state. */
async function comeBack(params: object, strategy = createStrategy(), session = {}): Promise<Outcome> {
  const state = await startLogin(strategy, session);
  return authenticate(strategy, request({ state, ...params }, session));
}

const errorOf = (outcome: Outcome): unknown => {
  if (outcome.kind !== 'error') throw new Error('No error', { cause: outcome });
  return outcome.error;
};

describe('A login', () => {
  it('succeeds with the user', async () => {
    kakaoSignsIn();

    expect(await comeBack({ code: CODE })).to.deep.equal({ kind: 'success', user: USER, info: undefined });
  });

  it('succeeds with the application data as info.state', async () => {
    kakaoSignsIn();
    const strategy = createStrategy();
    const session = {};
    const state = await startLogin(strategy, session, { state: { returnTo: '/ads', tab: 2 } });

    const outcome = await authenticate(strategy, request({ code: CODE, state }, session));

    expect(outcome).to.deep.equal({
      kind: 'success',
      user: USER,
      info: { state: { returnTo: '/ads', tab: 2 } },
    });
  });

  const infos: [what: string, info: object | string, expected: object][] = [
    ['an info object', { welcome: true }, { welcome: true, state: { a: 1 } }],
    ['an info string', 'hello', { message: 'hello', state: { a: 1 } }],
  ];
  for (const [what, info, expected] of infos) {
    it(`adds the application data to ${what} of verify, which is not changed`, async () => {
      kakaoSignsIn();
      const strategy = createStrategy({}, (_token, _refresh, _profile, done) =>
        done(null, USER, Object.freeze(info)),
      );
      const session = {};
      const state = await startLogin(strategy, session, { state: { a: 1 } });

      const outcome = await authenticate(strategy, request({ code: CODE, state }, session));

      expect(outcome).to.deep.equal({ kind: 'success', user: USER, info: expected });
    });
  }

  it('fails with 401 when the user declines', async () => {
    const outcome = await comeBack({ error: 'access_denied', error_description: 'User denied access' });

    expect(outcome).to.deep.equal({
      kind: 'fail',
      challenge: { code: 'access_denied', message: 'The user did not agree.' },
      status: 401,
    });
  });

  it('fails with 401 when the code has expired or was used', async () => {
    kakaoRefusesCode({ error: 'invalid_grant', error_code: 'KOE320', error_description: `code=${CODE}` });

    expect(await comeBack({ code: CODE })).to.deep.equal({
      kind: 'fail',
      challenge: { code: 'invalid_grant', message: 'The sign-in expired. Start again.' },
      status: 401,
    });
  });

  it("fails with 401 when the code is part of Kakao's error", async () => {
    for (const code of ['KOE320', 'invalid_grant', 'error', '320']) {
      kakaoRefusesCode({ error: 'invalid_grant', error_code: 'KOE320', error_description: `code=${code}` });

      expect(await comeBack({ code }), code).to.include({ kind: 'fail', status: 401 });
    }
  });

  describe('fails with 403 when the state is', () => {
    const invalid = (reason: string) => (outcome: Outcome) => {
      expect(outcome).to.deep.include({ kind: 'fail', status: 403 });
      expect(outcome).to.have.property('challenge').that.includes({ code: 'invalid_state', reason });
      expect(outcome).to.have.nested.property('challenge.message').that.matches(/\.$/);
    };

    const callbacks: [what: string, params: object][] = [
      ['(with a code)', { code: CODE }],
      ['(with error=access_denied)', { error: 'access_denied' }],
      ['(with error=server_error)', { error: 'server_error' }],
    ];
    for (const [what, params] of callbacks) {
      it(`missing or empty ${what}`, async () => {
        const strategy = createStrategy();
        const session = {};
        await startLogin(strategy, session);

        invalid('missing')(await authenticate(strategy, request(params, session)));
        invalid('missing')(await authenticate(strategy, request({ ...params, state: '' }, session)));
      });

      it(`forged, and keeps the login pending ${what}`, async () => {
        const strategy = createStrategy();
        const session = {};
        const state = await startLogin(strategy, session);

        invalid('unknown')(await authenticate(strategy, request({ ...params, state: 'forged' }, session)));

        kakaoSignsIn();
        const outcome = await authenticate(strategy, request({ code: CODE, state }, session));
        expect(outcome.kind).to.equal('success');
      });

      it(`of another session ${what}`, async () => {
        const strategy = createStrategy();
        const state = await startLogin(strategy, {});

        invalid('no_pending_login')(await authenticate(strategy, request({ ...params, state }, {})));
      });

      it(`already used ${what}`, async () => {
        const strategy = createStrategy();
        const session = {};
        const [state] = [await startLogin(strategy, session), await startLogin(strategy, session)];
        await authenticate(strategy, request({ error: 'access_denied', state }, session));

        invalid('unknown')(await authenticate(strategy, request({ ...params, state }, session)));
      });
    }
  });

  describe('fails with 400, without a request to Kakao, when the callback has', () => {
    const long = 'x'.repeat(2049);
    const malformed: [what: string, query: object, message: string][] = [
      ['two codes', { code: ['a', 'b'], state: 's' }, 'The code is not one plain string.'],
      ['an object as code', { code: { x: '1' }, state: 's' }, 'The code is not one plain string.'],
      ['an empty code', { code: '', state: 's' }, 'The code is not one plain string.'],
      ['a code that is too long', { code: long, state: 's' }, 'The code is not one plain string.'],
      ['a code with a line break', { code: 'a\r\nb', state: 's' }, 'The code is not one plain string.'],
      ['a code with a NUL', { code: 'a\u0000', state: 's' }, 'The code is not one plain string.'],
      ['two errors', { error: ['a', 'b'], state: 's' }, 'The error is not one plain string.'],
      ['an error that is too long', { error: long, state: 's' }, 'The error is not one plain string.'],
      ['two states', { code: 'c', state: ['a', 'b'] }, 'The state is not one plain string.'],
      ['an object as state', { error: 'access_denied', state: {} }, 'The state is not one plain string.'],
      [
        'both a code and an error',
        { code: 'c', error: 'e', state: 's' },
        'The authorization response has both a code and an error.',
      ],
    ];
    for (const [what, query, message] of malformed) {
      it(what, async () => {
        const strategy = createStrategy();
        const session = {};
        await startLogin(strategy, session);
        const before = structuredClone(session);

        const outcome = await authenticate(strategy, request(query, session));

        expect(outcome).to.deep.equal({
          kind: 'fail',
          challenge: { code: 'invalid_request', message },
          status: 400,
        });
        expect(session).to.deep.equal(before);
      });
    }
  });

  it('accepts a code of 2048 characters', async () => {
    kakaoSignsIn();

    expect(await comeBack({ code: 'x'.repeat(2048) })).to.include({ kind: 'success' });
  });

  it('fails with the info of verify, without a status, if there is no user', async () => {
    for (const info of [{ message: 'unknown user' }, 'unknown user', undefined]) {
      kakaoSignsIn();
      const strategy = createStrategy({}, (_token, _refresh, _profile, done) => done(null, false, info));

      expect(await comeBack({ code: CODE }, strategy)).to.deep.equal({
        kind: 'fail',
        challenge: info,
        status: undefined,
      });
    }
  });

  it('ends in an error when Kakao redirects with another error', async () => {
    const error = errorOf(
      await comeBack({
        error: 'server_error',
        error_description: `try later q8ZpT4mXw2Lr7Vn1 <b>${CODE}</b>`,
      }),
    );

    expect(error).to.be.instanceOf(KakaoBusinessApiError).and.include({
      endpoint: 'authorize',
      error: 'server_error',
      httpStatus: undefined,
      description: 'try later [redacted] <b>[redacted]</b>',
      retryable: true,
    });
    expect(error)
      .to.have.property('message')
      .that.matches(/^Kakao refused the authorize request: server_error\. /);
    expectNoSecrets(error);
  });

  it('ends in an error without the text of a forged error', async () => {
    const error = errorOf(await comeBack({ error: 'Call 010-1234-5678 now', error_description: ['a', 'b'] }));

    expect(error).to.include({ error: undefined, description: undefined });
  });

  it('ends in an error when Kakao rejects the token request', async () => {
    kakaoRefusesToken({ error: 'invalid_client', error_code: 'KOE010' }, 401);

    const error = errorOf(await comeBack({ code: CODE }));

    expect(error).to.be.instanceOf(KakaoBusinessApiError).and.include({ errorCode: 'KOE010', status: 502 });
    expectNoSecrets(error);
  });

  it('ends in an error, not a failure, when the redirect URI is wrong', async () => {
    kakaoRefusesToken({ error: 'invalid_grant', error_code: 'KOE303' });

    expect(errorOf(await comeBack({ code: CODE }))).to.include({ errorCode: 'KOE303' });
  });

  it('ends in an error when the app lacks the permission', async () => {
    kakaoIssuesToken();
    kakaoTellsTokenInfo('{"msg":"permission denied","code":-5}', 403);
    kakaoTellsUserInfo();

    const error = errorOf(await comeBack({ code: CODE }));

    expect(error).to.be.instanceOf(KakaoBusinessApiError).and.include({ errorCode: '-5', httpStatus: 403 });
    expect(error).to.have.property('hint').that.includes('permission');
  });

  it('ends in an error when the token response is unreadable', async () => {
    kakaoIssuesToken('<html>');

    expect(errorOf(await comeBack({ code: CODE }))).to.be.instanceOf(KakaoBusinessResponseError);
  });

  it('ends in an error when Kakao sends no response', async () => {
    const server = await startHttpServer(() => {});
    const strategy = createStrategy({ ...server.endpoints, timeout: 100 });

    const error = errorOf(await comeBack({ code: CODE }, strategy));

    expect(error)
      .to.be.instanceOf(KakaoBusinessNetworkError)
      .and.include({ code: 'KAKAO_TIMEOUT', status: 504 });
    await server.close();
  });

  it('ends in an error when there is no user ID', async () => {
    kakaoIssuesToken();
    kakaoTellsTokenInfo({});
    kakaoTellsUserInfo({ email: 'owner@example.com' });

    const error = errorOf(await comeBack({ code: CODE }));

    expect(error).to.be.instanceOf(KakaoBusinessResponseError).and.include({ endpoint: 'tokeninfo' });
    expect(error).to.have.property('message').that.includes('no ID to know the user by');
  });

  it('ends in an error when the callback has no session', async () => {
    const req = Object.assign(request({ code: CODE, state: 's' }), { session: undefined });

    expect(errorOf(await authenticate(createStrategy(), req)))
      .to.have.property('message')
      .that.includes('express-session');
  });

  it('exchanges the code with the redirect URI that it started with', async () => {
    let sent: Form = {};
    kakaoIssuesToken(undefined, form => {
      sent = form;
    });
    kakaoTellsTokenInfo();
    kakaoTellsUserInfo();
    const strategy = createStrategy();
    const session = {};
    const state = await startLogin(strategy, session, { callbackURL: 'https://app.example.com/other' });

    await authenticate(strategy, request({ code: CODE, state }, session));

    expect(sent).to.deep.include({
      redirect_uri: 'https://app.example.com/other',
      client_id: OPTIONS.clientID,
      code: CODE,
    });
  });

  it('reads the URL if no framework has parsed the query', async () => {
    const strategy = createStrategy();
    const session = {};
    const state = await startLogin(strategy, session);
    const plain = (url: string) => Object.assign(request({}, session), { query: undefined, url });

    expect(await authenticate(strategy, plain('/callback?code=a&code=b'))).to.include({
      kind: 'fail',
      status: 400,
    });
    expect(await authenticate(strategy, plain('/callback'))).to.include({ kind: 'redirect' });
    expect(await authenticate(strategy, plain('/callback?next=/a?b&code=c&state=s'))).to.include({
      kind: 'fail',
    });

    kakaoSignsIn();
    const outcome = await authenticate(strategy, plain(`/callback?code=${CODE}&state=${state}`));
    expect(outcome.kind).to.equal('success');

    const another = await startLogin(strategy, session);
    const query = `error=server_error&error_description=try+later&state=${another}`;
    expect(errorOf(await authenticate(strategy, plain(`/callback?${query}`)))).to.include({
      error: 'server_error',
      description: 'try later',
    });
  });

  it('quickly reads a long URL', async () => {
    const url = `/callback?${'a&'.repeat(8000)}error=access_denied&code`;
    const start = performance.now();

    const outcome = await authenticate(createStrategy(), Object.assign(request(), { query: undefined, url }));

    expect(outcome).to.deep.include({ kind: 'fail', status: 400 });
    expect(performance.now() - start).to.be.lessThan(500); // getAll() for every parameter took over 2 s
  });
});
