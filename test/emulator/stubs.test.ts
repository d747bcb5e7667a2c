import { expect } from 'chai';
import type { KakaoBusinessEmulatorOptions, StubRequest } from '../../lib/emulator/index.js';
import { KakaoBusinessClient } from '../../lib/index.js';
import { type AdCall, callAdAPI, emulatorForEachTest, obtainToken, stringIn } from './emulator-for-tests.js';

const path = '/openapi/v4/campaigns';
const scope = 'moment_management,moment_delete';

describe('emulator: stub', () => {
  const emulator = emulatorForEachTest();
  const call = async (changes: AdCall = {}, at = path): Promise<Response> =>
    callAdAPI(emulator(), at, {
      token: await obtainToken(emulator(), { scope }),
      adAccountID: '482913',
      ...changes,
    });

  it('answers JSON, with numbers that JavaScript would round', async () => {
    emulator().stub('GET', path, { content: [{ id: 9223372036854775807n, none: undefined }] });

    const response = await call();

    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
    expect(await response.text()).to.equal('{"content":[{"id":9223372036854775807}]}');
  });

  it('rejects a number that JavaScript has rounded', () => {
    expect(() => emulator().stub('GET', path, { id: 2 ** 63 })).to.throw(TypeError, 'as bigints');
  });

  it('answers each time, whatever the query', async () => {
    emulator().stub('GET', path, []);

    for (const query of ['', '?config=ON&config=OFF']) {
      expect(await (await call({}, path + query)).text()).to.equal('[]');
    }
  });

  it('answers an empty body', async () => {
    emulator().stub('DELETE', `${path}/1`);

    const response = await call({ method: 'DELETE' }, `${path}/1`);

    expect([response.status, await response.text()]).to.deep.equal([200, '']);
  });

  it('answers a string unchanged', async () => {
    emulator().stub('GET', path, '<h1>Report</h1>');

    const response = await call();

    expect(response.headers.get('content-type')).to.equal('text/plain;charset=UTF-8');
    expect(await response.text()).to.equal('<h1>Report</h1>');
  });

  it('is for one method and path', async () => {
    emulator().stub('GET', path, []);

    expect((await call({ method: 'PUT' })).status).to.equal(404);
    expect((await call({}, `${path}/1`)).status).to.equal(404);
  });

  it('replaces an earlier one', async () => {
    emulator().stub('GET', path, 1);
    emulator().stub('GET', path, 2);

    expect(await (await call()).json()).to.equal(2);
  });

  it('takes the place of a list of ad accounts', async () => {
    const pages = { content: [], page: 0, size: 10, totalElements: 0, totalPages: 1_000_000_000 };
    emulator().stub('GET', '/openapi/v4/adAccounts/pages', pages);

    expect(await (await call({}, '/openapi/v4/adAccounts/pages')).json()).to.deep.equal(pages);
  });

  it('copies its body', async () => {
    const body = { content: [1] };
    emulator().stub('GET', path, body);
    body.content.push(2);

    expect(await (await call()).json()).to.deep.equal({ content: [1] });
  });

  it('is not asked before the checks pass', async () => {
    emulator().stub('GET', path, []);

    expect((await call({ token: 'unknown' })).status).to.equal(401);
    expect((await call({ adAccountID: undefined })).status).to.equal(400);
  });

  it('is removed by clearStubs()', async () => {
    emulator().stub('GET', path, []);
    emulator().clearStubs();

    expect((await call()).status).to.equal(404);
  });

  it('can be missing: 404, which says what to add', async () => {
    const response = await call();

    expect(response.status).to.equal(404);
    expect(await response.json()).to.deep.equal({
      msg: 'No stub for GET /openapi/v4/campaigns. Add one with emulator.stub() or POST /emulator/stubs.',
      error: 'no_stub',
    });
    expect(emulator().requests.at(-1)).to.include({ status: 404, code: undefined });
  });

  // The client hides the first letters of its secret in a description.
  it('can be missing: the error of the client says what to add', async () => {
    const { app, endpoints } = emulator();
    const { clientID, clientSecret } = app;
    const token = await obtainToken(emulator(), { scope });

    const error: unknown = await new KakaoBusinessClient({ clientID, clientSecret, ...endpoints })
      .moment(token, path, { adAccountID: '482913' })
      .catch((thrown: unknown) => thrown);

    expect(error).to.have.property('description').that.includes('emulator.stub() or POST /emulator/stubs');
  });

  describe('with a function', () => {
    it('gives it the request', async () => {
      let seen: StubRequest | undefined;
      emulator().stub('POST', path, request => {
        seen = request;
        return { status: 201, headers: { 'X-More': '1' }, body: { id: 1n } };
      });

      const response = await call(
        { method: 'POST', body: '{"id":9223372036854775807,"name":"9223372036854775807"}' },
        `${path}?a=1&a=2`,
      );

      expect([response.status, response.headers.get('x-more')]).to.deep.equal([201, '1']);
      expect(await response.json()).to.deep.equal({ id: 1 });
      expect(seen).to.deep.include({ method: 'POST', path, adAccountID: '482913' });
      expect(seen?.query.getAll('a')).to.deep.equal(['1', '2']);
      expect(seen?.json).to.deep.equal({ id: 9223372036854775807n, name: '9223372036854775807' });
      expect(seen?.text).to.equal('{"id":9223372036854775807,"name":"9223372036854775807"}');
    });

    it('gives it no JSON if the body is none, and never the token', async () => {
      let seen: StubRequest | undefined;
      emulator().stub('GET', path, request => {
        seen = request;
        return {};
      });
      const token = await obtainToken(emulator(), { scope });

      const response = await call({ token });

      expect([response.status, await response.text()]).to.deep.equal([200, '']);
      expect(seen).to.include({ json: undefined, text: '' });
      expect(JSON.stringify(seen)).not.to.include(token);
    });

    it('may be asynchronous', async () => {
      emulator().stub('GET', path, async () => ({ body: await Promise.resolve('later') }));

      expect(await (await call()).text()).to.equal('later');
    });

    it('is recorded with the code of its error, and with none of another body', async () => {
      emulator().stub('GET', path, () => ({ status: 400, body: { code: -813, msg: 'x' } }));
      emulator().stub('PUT', path, { code: 'KRW' });
      await call();
      await call({ method: 'PUT' });

      const recorded = emulator().requests.filter(({ endpoint }) => endpoint === 'moment');
      expect(recorded.map(({ status, code }) => [status, code])).to.deep.equal([
        [400, '-813'],
        [200, undefined],
      ]);
    });

    const broken: [what: string, given: unknown, message: string][] = [
      ['gives nothing', undefined, 'its function must return an object with status, headers and body'],
      ['gives a list', [], 'its function must return an object with status, headers and body'],
      ['gives another member', { statusCode: 1 }, 'a response has status, headers and body, not statusCode'],
      ['gives an invalid status', { status: 99 }, 'status must be an HTTP status from 200 to 599'],
      ['gives an invalid header', { headers: { 'content-length': '1' } }, 'the header content-length cannot'],
      ['gives a body that is not JSON', { body: () => 1 }, 'not JSON: function'],
    ];
    for (const [what, given, message] of broken) {
      it(`that ${what} is a 500 with the reason`, async () => {
        Reflect.apply(emulator().stub, undefined, ['GET', path, () => given]);

        const response = await call();

        expect(response.status).to.equal(500);
        const body: unknown = await response.json();
        expect(body).to.include({ error: 'stub_failed' });
        expect(stringIn(body, 'msg'))
          .to.include('The stub of GET /openapi/v4/campaigns failed: ')
          .and.include(message);
      });
    }

    it('that throws is a 500 with the reason', async () => {
      emulator().stub('GET', path, () => {
        throw new Error('no such campaign');
      });

      expect(await (await call()).text()).to.include('failed: no such campaign');
    });
  });

  const mistakes: [what: string, method: string, path: string, answer: unknown, message: string][] = [
    ['another method', 'HEAD', path, 1, 'the method must be one of GET, POST, PUT, PATCH, DELETE'],
    ['a method in small letters', 'get', path, 1, 'the method must be one of GET'],
    [
      'a path of no ad API',
      'GET',
      '/v1/business/tokeninfo',
      1,
      'the path must be a path that starts with /ope',
    ],
    [
      'a path with a query',
      'GET',
      `${path}?a=1`,
      1,
      'the path must be a path that starts with /openapi/v4/ or /openapi/v1/, without a query',
    ],
    [
      'a URL',
      'GET',
      `http://127.0.0.1${path}`,
      1,
      'the path must be a path that starts with /openapi/v4/ or /',
    ],
    [
      'an answer that is not JSON',
      'GET',
      path,
      Symbol('x'),
      'the answer must be JSON, with integers past 2^53 as bigints, or a function',
    ],
  ];
  for (const [what, method, at, answer, message] of mistakes) {
    it(`rejects ${what}`, () => {
      const stub = (...misuse: unknown[]): unknown => Reflect.apply(emulator().stub, undefined, misuse);

      expect(() => stub(method, at, answer)).to.throw(TypeError, `stub: ${message}`);
    });
  }
});

describe('emulator: stubs of the options', () => {
  const options: KakaoBusinessEmulatorOptions = {
    stubs: [
      { method: 'GET', path, answer: ['of the options'] },
      { method: 'DELETE', path: '/openapi/v4/campaigns/1' },
      { method: 'PUT', path, answer: ({ json }) => ({ body: json }) },
    ],
  };
  const emulator = emulatorForEachTest(() => options);
  const call = async (changes: AdCall = {}, at = path): Promise<string> => {
    const token = await obtainToken(emulator(), { scope });
    return (await callAdAPI(emulator(), at, { token, adAccountID: '482913', ...changes })).text();
  };

  it('answer', async () => {
    expect(await call()).to.equal('["of the options"]');
    expect(await call({ method: 'DELETE' }, `${path}/1`)).to.equal('');
    expect(await call({ method: 'PUT', body: '[1]' })).to.equal('[1]');
  });

  it('are replaced by stub(), and answer again after clearStubs()', async () => {
    emulator().stub('GET', path, 'of the test');

    expect(await call()).to.equal('of the test');
    emulator().clearStubs();
    expect(await call()).to.equal('["of the options"]');
  });
});
