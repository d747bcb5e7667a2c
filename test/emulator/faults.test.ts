import { expect } from 'chai';
import type { EmulatedEndpoint, EmulatedFault } from '../../lib/emulator/index.js';
import {
  authorizationURL,
  bearer,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
} from './kakao-for-tests.js';

describe('emulator, failNext', () => {
  const emulator = emulatorForEachTest();
  const userInfo = (token = 'unknown'): Promise<Response> =>
    fetch(emulator().endpoints.userInfoURL, bearer(token));

  it('answers with the status, headers and JSON it was given, once', async () => {
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

  it('sends a string as it is', async () => {
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

  it('sends an empty body with a status alone', async () => {
    emulator().failNext('userinfo', { status: 503 });

    const response = await userInfo();

    expect([response.status, await response.text()]).to.deep.equal([503, '']);
  });

  it('adds headers to the usual answer when nothing else is given', async () => {
    const token = await obtainToken(emulator());
    emulator().failNext('userinfo', { headers: { 'content-type': 'text/html', 'x-more': '1' } });

    const response = await userInfo(token);

    expect(response.status).to.equal(200);
    expect(Object.fromEntries(response.headers)).to.include({ 'content-type': 'text/html', 'x-more': '1' });
    expect(await response.text()).to.equal('{"email":"haneul.kim@example.com"}');
  });

  it('gives the usual answer later when a delay is given alone', async () => {
    const token = await obtainToken(emulator());
    emulator().failNext('userinfo', { delay: 40 });

    const start = performance.now();
    const response = await userInfo(token);

    expect(response.status).to.equal(200);
    expect(performance.now() - start).to.be.at.least(35);
  });

  it('drops the connection without an answer', async () => {
    emulator().failNext('userinfo', { drop: true });

    const error = await userInfo().catch(reason => reason);

    expect(error).to.be.an.instanceOf(TypeError);
    expect((await userInfo()).status).to.equal(401);
  });

  it('hangs until the client gives up', async () => {
    emulator().failNext('userinfo', { hang: true });

    const error = await fetch(emulator().endpoints.userInfoURL, { signal: AbortSignal.timeout(60) }).catch(
      reason => reason,
    );

    expect(error).to.have.property('name', 'TimeoutError');
  });

  it('queues: one fault for each request, each endpoint for itself', async () => {
    emulator().failNext('userinfo', { status: 500 });
    emulator().failNext('userinfo', { status: 503 });
    emulator().failNext('tokeninfo', { status: 504 });

    const statuses = [];
    for (const url of ['userInfoURL', 'userInfoURL', 'userInfoURL', 'tokenInfoURL'] as const) {
      statuses.push((await fetch(emulator().endpoints[url])).status);
    }

    expect(statuses).to.deep.equal([500, 503, 401, 504]);
  });

  it('leaves the code of a request that met a fault', async () => {
    const code = await obtainCode(emulator());
    emulator().failNext('token', { status: 500, body: { error_code: 'KOE003' } });
    await exchange(emulator(), code);

    expect((await exchange(emulator(), code)).status).to.equal(200);
  });

  it('reaches the browser at the authorize endpoint too', async () => {
    const location = 'http://localhost:3000/auth/kakao-business/callback?error=server_error&state=the-state';
    emulator().failNext('authorize', { status: 302, headers: { location } });

    const response = await fetch(authorizationURL(emulator()), { redirect: 'manual' });

    expect([response.status, response.headers.get('location')]).to.deep.equal([302, location]);
  });

  it('keeps the fault as it was when it was asked for', async () => {
    const fault = { status: 500 };
    emulator().failNext('userinfo', fault);
    fault.status = 200;

    expect((await userInfo()).status).to.equal(500);
  });

  it('says so when a header cannot be sent', async () => {
    emulator().failNext('userinfo', { headers: { 'x-bad': 'a\nb' } });

    const response = await userInfo();

    expect(response.status).to.equal(500);
    expect(await response.text())
      .to.include('The emulator failed')
      .and.to.include('x-bad');
  });

  const mistakes: {
    what: string;
    endpoint: string;
    fault: Record<string, unknown> | null;
    message: string;
  }[] = [
    {
      what: 'an endpoint there is none of',
      endpoint: 'login',
      fault: { status: 500 },
      message: 'failNext: the endpoint must be authorize, token, tokeninfo, userinfo or revoke',
    },
    {
      what: 'an endpoint that every object has',
      endpoint: 'toString',
      fault: { status: 500 },
      message: 'failNext: the endpoint must be',
    },
    {
      what: 'no fault at all',
      endpoint: 'token',
      fault: {},
      message: 'failNext needs a fault: one of status, headers, body, delay, drop, hang',
    },
    {
      what: 'null',
      endpoint: 'token',
      fault: null,
      message: 'failNext takes a fault as an object',
    },
    {
      what: 'a drop that is no boolean',
      endpoint: 'token',
      fault: { drop: 'yes' },
      message: 'failNext: drop and hang of a fault must be true or false',
    },
    {
      what: 'a body that is no JSON',
      endpoint: 'token',
      fault: { body: { method() {} } },
      message: 'failNext: the body of a fault must be a string or JSON',
    },
    {
      what: 'a misspelt member',
      endpoint: 'token',
      fault: { statusCode: 500 },
      message: 'failNext knows no statusCode',
    },
    {
      what: 'a status that is none',
      endpoint: 'token',
      fault: { status: 99 },
      message: 'failNext: the status of a fault must be',
    },
    {
      what: 'a status that is too high',
      endpoint: 'token',
      fault: { status: 600 },
      message: 'failNext: the status of a fault must be',
    },
    {
      what: 'a negative delay',
      endpoint: 'token',
      fault: { delay: -1 },
      message: 'failNext: the delay of a fault must be',
    },
    {
      what: 'an endless delay',
      endpoint: 'token',
      fault: { delay: Infinity },
      message: 'failNext: the delay of a fault must be',
    },
  ];

  for (const { what, endpoint, fault, message } of mistakes) {
    it(`refuses ${what}`, () => {
      expect(() => asJavaScript(emulator().failNext)(endpoint, fault)).to.throw(TypeError, message);
    });
  }
});

function asJavaScript(
  failNext: (endpoint: EmulatedEndpoint, fault: EmulatedFault) => void,
): (...misuse: unknown[]) => unknown {
  return (...misuse) => Reflect.apply(failNext, undefined, misuse);
}
