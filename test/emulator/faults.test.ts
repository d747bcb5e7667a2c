import { expect } from 'chai';
import type { EmulatedEndpoint, EmulatedFault } from '../../lib/emulator/index.js';
import {
  authorizationURL,
  bearer,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
} from './emulator-for-tests.js';

describe('emulator: failNext', () => {
  const emulator = emulatorForEachTest();
  const userInfo = (token = 'unknown'): Promise<Response> =>
    fetch(emulator().endpoints.userInfoURL, bearer(token));

  it('sends the given status, headers and JSON once', async () => {
    emulator().failNext('userinfo', {
      status: 400,
      headers: { 'retry-after': '3' },
      body: { msg: 'quota', code: -10, seen: 9007199254740993n, none: undefined, list: [null, true, 1.5] },
    });

    const response = await userInfo();

    expect(response.status).to.equal(400);
    expect(response.headers.get('retry-after')).to.equal('3');
    expect(response.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
    expect(await response.text()).to.equal(
      '{"msg":"quota","code":-10,"seen":9007199254740993,"list":[null,true,1.5]}',
    );
    expect((await userInfo()).status).to.equal(401);
  });

  it('sends a string unchanged', async () => {
    emulator().failNext('userinfo', { body: '{"broken', headers: { 'content-type': 'application/json' } });
    emulator().failNext('userinfo', { status: 502, body: 'Bad Gateway' });

    const [broken, gateway] = [await userInfo(), await userInfo()];

    expect([broken.status, broken.headers.get('content-type'), await broken.text()]).to.deep.equal([
      200,
      'application/json',
      '{"broken',
    ]);
    expect([gateway.status, gateway.headers.get('content-type'), await gateway.text()]).to.deep.equal([
      502,
      'text/plain;charset=UTF-8',
      'Bad Gateway',
    ]);
  });

  it('sends an empty body if only a status is given', async () => {
    emulator().failNext('userinfo', { status: 503 });

    const response = await userInfo();

    expect([response.status, await response.text()]).to.deep.equal([503, '']);
  });

  it('adds headers to the usual response', async () => {
    const token = await obtainToken(emulator());
    emulator().failNext('userinfo', { headers: { 'Content-Type': 'text/html', 'x-more': '1' } });

    const response = await userInfo(token);

    expect(response.status).to.equal(200);
    expect(Object.fromEntries(response.headers)).to.include({ 'content-type': 'text/html', 'x-more': '1' });
    expect(await response.text()).to.equal('{"email":"haneul.kim@example.com"}');
  });

  it('delays the usual response', async () => {
    const token = await obtainToken(emulator());
    emulator().failNext('userinfo', { delay: 40 });

    const start = performance.now();
    const response = await userInfo(token);

    expect(response.status).to.equal(200);
    expect(performance.now() - start).to.be.at.least(35);
  });

  it('closes the connection without a response', async () => {
    emulator().failNext('userinfo', { drop: true });

    const error = await userInfo().catch(reason => reason);

    expect(error).to.be.an.instanceOf(TypeError);
    expect((await userInfo()).status).to.equal(401);
  });

  it('does not respond until the client gives up', async () => {
    emulator().failNext('userinfo', { hang: true });

    const error = await fetch(emulator().endpoints.userInfoURL, { signal: AbortSignal.timeout(60) }).catch(
      reason => reason,
    );

    expect(error).to.have.property('name', 'TimeoutError');
  });

  it('adds Retry-After to any response', async () => {
    emulator().failNext('userinfo', { status: 503, retryAfter: 30 });
    emulator().failNext('userinfo', { retryAfter: 0 });

    const [unavailable, usual] = [await userInfo(), await userInfo()];

    expect([unavailable.status, unavailable.headers.get('retry-after')]).to.deep.equal([503, '30']);
    expect([usual.status, usual.headers.get('retry-after')]).to.deep.equal([401, '0']);
  });

  it('forgets queued faults after clearFaults()', async () => {
    emulator().failNext('userinfo', { status: 500 });
    emulator().failNext('token', { hang: true });

    emulator().clearFaults();

    expect((await userInfo()).status).to.equal(401);
    expect((await exchange(emulator(), await obtainCode(emulator()))).status).to.equal(200);
  });

  it('queues one fault for each request, separately for each endpoint', async () => {
    emulator().failNext('userinfo', { status: 500 });
    emulator().failNext('userinfo', { status: 503 });
    emulator().failNext('tokeninfo', { status: 504 });

    const statuses = [];
    for (const url of ['userInfoURL', 'userInfoURL', 'userInfoURL', 'tokenInfoURL'] as const) {
      statuses.push((await fetch(emulator().endpoints[url])).status);
    }

    expect(statuses).to.deep.equal([500, 503, 401, 504]);
  });

  it('keeps the authorization code of a request that met a fault', async () => {
    const code = await obtainCode(emulator());
    emulator().failNext('token', { status: 500, body: { error_code: 'KOE003' } });
    await exchange(emulator(), code);

    expect((await exchange(emulator(), code)).status).to.equal(200);
  });

  it('also applies to the authorize endpoint', async () => {
    const location = 'http://localhost:3000/auth/kakao-business/callback?error=server_error&state=the-state';
    emulator().failNext('authorize', { status: 302, headers: { location } });

    const response = await fetch(authorizationURL(emulator()), { redirect: 'manual' });

    expect([response.status, response.headers.get('location')]).to.deep.equal([302, location]);
  });

  it('copies the fault', async () => {
    const fault = { status: 500 };
    emulator().failNext('userinfo', fault);
    fault.status = 200;

    expect((await userInfo()).status).to.equal(500);
  });

  const mistakes: [what: string, endpoint: string, fault: object | null, message: string][] = [
    ['an unknown endpoint', 'login', { status: 500 }, 'the endpoint must be one of authorize, token, t'],
    ['a member of Object.prototype as endpoint', 'toString', { status: 500 }, 'the endpoint must be one of'],
    ['an empty fault', 'token', {}, 'a fault needs one of code, error, body, status, retryAfter, '],
    ['null', 'token', null, 'failNext takes a fault as an object'],
    [
      'an unknown member',
      'token',
      { statusCode: 500 },
      'failNext: unknown member statusCode; a fault has code, error',
    ],
    ['a drop that is not a boolean', 'token', { drop: 'yes' }, 'drop must be true or false'],
    ['a body that is not JSON', 'token', { body: { method() {} } }, 'body must be a string or JSON'],
    ['a status that is too low', 'token', { status: 99 }, 'status must be an HTTP status'],
    ['a status that is too high', 'token', { status: 600 }, 'status must be an HTTP status'],
    ['a negative delay', 'token', { delay: -1 }, 'delay must be a number of milliseconds'],
    ['an infinite delay', 'token', { delay: Infinity }, 'delay must be a number of milliseconds'],
    [
      'a delay that is too long for a timer',
      'token',
      { delay: 2 ** 31 },
      'delay must be a number of milliseconds, at most 2147483647',
    ],
    ...['Content-Length', 'transfer-encoding', 'Connection', 'trailer'].map(
      (name): (typeof mistakes)[number] => [
        `the header ${name}`,
        'token',
        { headers: { [name]: '1' } },
        `the header ${name} cannot be set; it follows from the response`,
      ],
    ),
    ['drop and hang', 'token', { drop: true, hang: true }, 'a fault takes only one of drop and hang'],
    [
      'hang and a code',
      'token',
      { hang: true, code: 'KOE003' },
      'hang sends no response, so it excludes code',
    ],
    [
      'drop and a status',
      'token',
      { drop: true, status: 500 },
      'drop sends no response, so it excludes status',
    ],
    [
      'an OAuth error with a status',
      'authorize',
      { error: 'server_error', status: 500 },
      'error is sent by a redirect, so it excludes status',
    ],
    [
      'a fraction of a second in retryAfter',
      'token',
      { retryAfter: 0.5 },
      'retryAfter must be an integer number of seconds',
    ],
    [
      'a retryAfter that HTTP cannot write as digits',
      'token',
      { retryAfter: 1e300 },
      'retryAfter must be an integer number of seconds',
    ],
    [
      'a header that cannot be sent',
      'token',
      { headers: { 'x-bad': 'a\nb' } },
      'the header "x-bad" cannot be sent',
    ],
    ['a header without a name', 'token', { headers: { '': 'x' } }, 'the header "" cannot be sent'],
    [
      'a code of another endpoint',
      'token',
      { code: -10 },
      'the codes of token are KOE003, KOE009, KOE010, KOE101',
    ],
    ['a code of the error page at token', 'token', { code: 'KOE028' }, 'the codes of token are KOE003'],
    [
      'a code of token at authorize',
      'authorize',
      { code: 'KOE320' },
      'the codes of authorize are KOE003, KOE005',
    ],
    ['a KOE code at userinfo', 'userinfo', { code: 'KOE003' }, 'the codes of userinfo are -1, -2, -3'],
    ['an unknown code', 'userinfo', { code: -99 }, 'use status and body for other responses'],
    [
      'a code and a body',
      'userinfo',
      { code: -10, body: {} },
      'a fault takes only one of code, error and body',
    ],
    ['an OAuth error at token', 'token', { error: 'server_error' }, 'error is for authorize only'],
    ['an empty OAuth error', 'authorize', { error: '' }, 'error must be an OAuth error'],
  ];

  for (const [what, endpoint, fault, message] of mistakes) {
    it(`rejects ${what}`, () => {
      expect(() => asJavaScript(emulator().failNext)(endpoint, fault)).to.throw(TypeError, message);
    });
  }
});

function asJavaScript(
  failNext: (endpoint: EmulatedEndpoint, fault: EmulatedFault) => void,
): (...misuse: unknown[]) => unknown {
  return (...misuse) => Reflect.apply(failNext, undefined, misuse);
}
