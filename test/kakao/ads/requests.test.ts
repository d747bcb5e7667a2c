import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import nock from 'nock';
import {
  type AdRequestOptions,
  KakaoBusinessApiError,
  KakaoBusinessClient,
  type KakaoBusinessClientOptions,
  type KakaoBusinessFetch,
  KakaoBusinessNetworkError,
  KakaoBusinessResponseError,
} from '../../../lib/index.js';
import { useRealSockets } from '../../support/real-sockets.js';
import { rejectionAs, rejectionOf } from '../../support/rejection.js';
import { ACCESS_TOKEN, CLIENT_SECRET, expectNoSecrets } from '../../support/secrets.js';
import { freePort, type LoopbackServer, startHttpServer, startRawServer } from '../../support/server.js';

const LONG_MAX = '9223372036854775807';

describe('The methods client.moment and client.keywordAd', () => {
  const client = new KakaoBusinessClient({ clientID: 'rest-api-key', clientSecret: CLIENT_SECRET });
  const reqheaders = { authorization: `Bearer ${ACCESS_TOKEN}`, accept: 'application/json' };
  const momentAPI = () => nock('https://apis.moment.kakao.com', { reqheaders });
  const keywordAPI = () => nock('https://api.keywordad.kakao.com', { reqheaders });

  it('send the token, the ad account and the query', async () => {
    momentAPI()
      .get('/openapi/v4/campaigns?config=ON&config=OFF&size=50')
      .matchHeader('adAccountId', LONG_MAX)
      .reply(200, { content: [] });

    const campaigns = await client.moment(ACCESS_TOKEN, '/openapi/v4/campaigns', {
      adAccountID: LONG_MAX,
      query: { config: ['ON', 'OFF'], size: 50 },
    });

    expect(campaigns).to.deep.equal({ content: [] });
  });

  it('send neither an ad account nor a body by default', async () => {
    nock('https://apis.moment.kakao.com', { badheaders: ['adaccountid', 'content-type'] })
      .get('/a')
      .reply(200);

    expect(await client.moment(ACCESS_TOKEN, '/a')).to.equal(undefined);
  });

  it('keep an ID of 2^63-1 in path, query and response', async () => {
    let sent = '';
    keywordAPI()
      .put(`/openapi/v1/campaigns/${LONG_MAX}?id=${LONG_MAX}`, text => {
        sent = JSON.stringify(text);
        return true;
      })
      .reply(200, `{"id":${LONG_MAX},"cost":100.0,"rate":1e3,"ids":[${LONG_MAX}]}`);
    const id = BigInt(LONG_MAX);

    const campaign = await client.keywordAd(ACCESS_TOKEN, `/openapi/v1/campaigns/${id}`, {
      method: 'PUT',
      query: { id },
      json: { name: '캠페인' },
    });

    expect(campaign).to.deep.equal({ id: LONG_MAX, cost: 100, rate: 1000, ids: [LONG_MAX] });
    expect(sent).to.equal('{"name":"캠페인"}');
  });

  const answers: [text: string, value: unknown][] = [
    ['', undefined],
    [' \r\n', undefined],
    ['\uFEFF', undefined],
    ['null', null],
    ['[]', []],
    ['[{"id":1}]', [{ id: 1 }]],
    ['"ok"', 'ok'],
    ['false', false],
    ['0', 0],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['{"__proto__":{"admin":true},"a":1}', { a: 1 }],
    ['{"code":-5}', { code: -5 }],
  ];
  for (const [text, value] of answers) {
    it(`resolve with the value of ${JSON.stringify(text)}`, async () => {
      keywordAPI().get('/a').reply(200, text);

      expect(await client.keywordAd(ACCESS_TOKEN, '/a')).to.deep.equal(value);
    });
  }

  it('resolve with undefined for 204', async () => {
    momentAPI().delete('/a').reply(204);

    expect(await client.moment(ACCESS_TOKEN, '/a', { method: 'DELETE' })).to.equal(undefined);
  });

  for (const text of ['<html>', '{"a":', 'OK']) {
    it(`reject for ${text}, which is not JSON`, async () => {
      momentAPI().get('/a').reply(200, text);

      const error = await rejectionAs(KakaoBusinessResponseError, client.moment(ACCESS_TOKEN, '/a'));

      expect(error).to.include({ endpoint: 'moment', httpStatus: 200 });
      expect(error.message).to.include(
        'Kakao answered the moment request with something other than a JSON value',
      );
    });
  }

  it('reject for a 200 with an error', async () => {
    momentAPI()
      .get('/a')
      .reply(200, { code: -813, msg: 'KakaoMomentException', extras: { detailCode: 7 } });

    expect(await rejectionAs(KakaoBusinessApiError, client.moment(ACCESS_TOKEN, '/a'))).to.include({
      errorCode: '-813',
      detailCode: '7',
      httpStatus: 200,
    });
  });

  const ACCOUNT = 'KakaoBusinessClient: the adAccountID option must be a string that fits a header';
  const METHOD = 'KakaoBusinessClient: the method option must be one of GET, POST, PUT, PATCH, DELETE';
  const TIMEOUT =
    'KakaoBusinessClient: the timeout option must be a number of milliseconds from 1 to 2147483647';
  const SIGNAL = 'KakaoBusinessClient: the signal option must be an AbortSignal';
  const BYTES = 'KakaoBusinessClient: the maxBytes option must be a number of bytes, from 1 to';
  const UPLOADS = 'it is json, and uploads (multipart) are not supported';
  const misuse: [what: string, options: unknown, message: string][] = [
    ['null for options', null, 'KakaoBusinessClient: the options of a request must be an object'],
    ['a string for options', 'GET', 'KakaoBusinessClient: the options of a request must be an object'],
    ['an ad account that is a number', { adAccountID: 1234 }, ACCOUNT],
    ['an empty ad account', { adAccountID: '' }, ACCOUNT],
    ['an ad account with a line break', { adAccountID: '1\r\nx: y' }, ACCOUNT],
    ['a long ad account', { adAccountID: '1'.repeat(65) }, ACCOUNT],
    ['a method in lower case', { method: 'post' }, METHOD],
    ['a method with a line break', { method: 'GET / HTTP/1.1\r\n' }, METHOD],
    [
      'a body in a GET',
      { json: {} },
      'KakaoBusinessClient: a GET has no body: give a method beside the json option',
    ],
    ['a timeout of zero', { timeout: 0 }, TIMEOUT],
    ['a signal that is none', { signal: {} }, SIGNAL],
    ['null for a signal', { signal: null }, SIGNAL],
    [
      'a signal that nobody can stop listening to',
      { signal: { aborted: false, addEventListener() {} } },
      SIGNAL,
    ],
    ['no bytes', { maxBytes: 0 }, BYTES],
    ['half a byte', { maxBytes: 1.5 }, BYTES],
    ['more bytes than a string can have', { maxBytes: 2 ** 31 }, BYTES],
    ['null in a query', { query: { a: null } }, 'KakaoBusinessClient: the query parameter a must be'],
    ['a function as body', { method: 'PUT', json: () => {} }, 'the json option cannot be written as JSON'],
    [
      'adAccountId',
      { adAccountId: '1' },
      'KakaoBusinessClient: a request has no adAccountId option; it is adAccountID',
    ],
    ['params', { params: {} }, 'KakaoBusinessClient: a request has no params option: it is query'],
    ['body', { body: '{}' }, `KakaoBusinessClient: a request has no body option: ${UPLOADS}`],
  ];
  for (const [what, options, message] of misuse) {
    it(`send no request with ${what}`, async () => {
      for (const call of [client.moment, client.keywordAd]) {
        const error = await rejectionAs(
          TypeError,
          Reflect.apply(call, client, [ACCESS_TOKEN, '/a', options]),
        );
        expect(error.message).to.include(message);
      }
    });
  }

  it('send no request with a path to another host', async () => {
    for (const path of [
      '//evil.example.com',
      '/\\evil.example.com',
      'https://evil.example.com/',
      '/..//x',
      '',
    ]) {
      for (const call of [client.moment, client.keywordAd]) {
        const error = await rejectionAs(TypeError, Reflect.apply(call, client, [ACCESS_TOKEN, path]));
        expect(error.message).to.match(/^KakaoBusinessClient: a path starts with one slash/);
      }
    }
  });

  it('send no request without a token that fits a header', async () => {
    for (const token of [undefined, '', 'two words', 'line\nbreak']) {
      const error = await rejectionAs(TypeError, Reflect.apply(client.moment, client, [token, '/a']));
      expect(error.message).to.equal(
        'KakaoBusinessClient: the access token must be a string that fits a header',
      );
    }
  });

  it('send no request with an aborted signal', async () => {
    const reason = new Error('the user left');

    const aborted = client.moment(ACCESS_TOKEN, '/a', { signal: AbortSignal.abort(reason) });

    expect(await rejectionOf(aborted)).to.equal(reason);
  });
});

describe('A request to an ad API', () => {
  useRealSockets();

  let server: LoopbackServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  const start = async (
    answer: Parameters<typeof startHttpServer>[0],
    options: Partial<KakaoBusinessClientOptions> = {},
  ) => {
    const requests: IncomingMessage[] = [];
    const messages: unknown[] = [];
    server = await startHttpServer((req, res, count) => {
      requests.push(req);
      answer(req, res, count);
    });
    return { requests, messages, client: clientOf(server, options) };
  };
  const clientOf = ({ endpoints }: LoopbackServer, options: Partial<KakaoBusinessClientOptions> = {}) =>
    new KakaoBusinessClient({
      clientID: 'key',
      clientSecret: CLIENT_SECRET,
      timeout: 5000,
      ...endpoints,
      ...options,
    });

  it('has its method and its JSON', async () => {
    const bodies: string[] = [];
    const { client } = await start((req, res) => {
      let text = `${req.method} ${req.headers['content-type']} `;
      req.on('data', chunk => {
        text += chunk;
      });
      req.on('end', () => {
        bodies.push(text);
        res.end();
      });
    });

    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
      await client.moment(ACCESS_TOKEN, '/a', { method, json: { id: 9223372036854775807n, name: '가' } });
    await client.moment(ACCESS_TOKEN, '/a', { method: 'DELETE' });

    const json = '{"id":9223372036854775807,"name":"가"}';
    expect(bodies).to.deep.equal([
      `POST application/json ${json}`,
      `PUT application/json ${json}`,
      `PATCH application/json ${json}`,
      `DELETE application/json ${json}`,
      'DELETE undefined ',
    ]);
  });

  it('reject without the query in the cause of a failed connection', async () => {
    const momentURL = `http://127.0.0.1:${await freePort()}`;
    const client = new KakaoBusinessClient({ clientID: 'key', momentURL });

    const error = await rejectionAs(
      KakaoBusinessNetworkError,
      client.moment(ACCESS_TOKEN, '/a', { query: { phone: '010-1234-5678' } }),
    );

    expect(error.cause).to.have.property('message').that.includes(`${momentURL}/a`).and.not.includes('010');
  });

  it('reads at most 8 MiB, or maxBytes', async () => {
    const text = (bytes: number) => `"${' '.repeat(bytes - 2)}"`;
    const { client } = await start(({ url }, res) => res.end(text(Number(url?.slice(1)))));
    const MIB = 1024 * 1024;
    const get = (bytes: number, options?: AdRequestOptions) =>
      client.keywordAd(ACCESS_TOKEN, `/${bytes}`, options);

    expect(await get(8 * MIB)).to.have.lengthOf(8 * MIB - 2);
    expect(await get(9 * MIB, { maxBytes: 9 * MIB })).to.have.lengthOf(9 * MIB - 2);
    for (const [bytes, maxBytes, size] of [
      [8 * MIB + 1, undefined, '8 MiB'],
      [2049, 2048, '2 KiB'],
      [101, 100, '100 bytes'],
    ] as const) {
      const error = await rejectionAs(KakaoBusinessResponseError, get(bytes, { maxBytes }));
      expect(error.message).to.include(
        `Kakao answered the keywordAd request with more than ${size} (HTTP 200)`,
      );
    }
  });

  it('counts the bytes after decompression', async () => {
    const { client } = await start((_, res) =>
      res.setHeader('content-encoding', 'gzip').end(gzipSync(' '.repeat(50_000_000))),
    );

    await rejectionAs(KakaoBusinessResponseError, client.moment(ACCESS_TOKEN, '/a'));
  });

  it('times out after its own timeout, or that of the client', async () => {
    const { client } = await start((_, res) => res.writeHead(200).flushHeaders(), { timeout: 100 });

    for (const [api, timeout] of [
      ['moment', undefined],
      ['keywordAd', 50],
    ] as const) {
      const error = await rejectionAs(
        KakaoBusinessNetworkError,
        client[api](ACCESS_TOKEN, '/a', { timeout }),
      );
      expect(error).to.include({ code: 'KAKAO_TIMEOUT', endpoint: api, status: 504 });
      expect(error.message).to.include(`within ${timeout ?? 100} ms`);
    }
  });

  it('names the host in the hint if there is no response', async () => {
    const { client } = await start(() => {}, { timeout: 50 });
    const hint = async (request: Promise<unknown>) =>
      (await rejectionAs(KakaoBusinessNetworkError, request)).hint;

    expect(await hint(client.moment(ACCESS_TOKEN, '/a'))).to.include('reaches apis.moment.kakao.com,');
    expect(await hint(client.keywordAd(ACCESS_TOKEN, '/a'))).to.include('reaches api.keywordad.kakao.com,');
    await server?.close();
    expect(await hint(client.moment(ACCESS_TOKEN, '/a'))).to.include('reaches apis.moment.kakao.com,');
    expect(await hint(client.userInfo(ACCESS_TOKEN))).to.include(
      'reaches kauth.kakao.com and kapi.kakao.com,',
    );
  });

  it('does not follow redirects', async () => {
    const { client, requests } = await start((_, res) => res.writeHead(307, { location: '/stolen' }).end());

    expect(await rejectionAs(KakaoBusinessResponseError, client.moment(ACCESS_TOKEN, '/a'))).to.include({
      httpStatus: 307,
    });
    expect(requests).to.have.lengthOf(1);
  });

  it('has its path appended to the root in the options', async () => {
    const { client, requests } = await start((_, res) => res.end(), {});
    const own = clientOf(server as LoopbackServer, {
      momentURL: `${server?.url}/moment`,
      keywordAdURL: `${server?.url}/keyword/`,
    });

    await client.moment(ACCESS_TOKEN, '/a?b=1', { query: { c: 2 } });
    await own.moment(ACCESS_TOKEN, '/a');
    await own.keywordAd(ACCESS_TOKEN, '/a');

    expect(requests.map(({ url }) => url)).to.deep.equal(['/a?b=1&c=2', '/moment/a', '/keyword/a']);
  });

  describe('after a failure', () => {
    it('is retried when a GET is dropped, and then reuses a connection', async () => {
      const connections = new Set<unknown>();
      const { client, requests } = await start((req, res, count) => {
        connections.add(req.socket);
        if (count === 1) req.socket.destroy();
        else res.end('{}');
      });

      for (let times = 0; times < 4; times++)
        expect(await client.moment(ACCESS_TOKEN, '/a')).to.deep.equal({});
      expect(requests).to.have.lengthOf(5);
      expect(connections.size).to.equal(3);
    });

    it('is retried when a GET gets a temporary error', async () => {
      const { client, requests } = await start((_, res, count) =>
        count === 1 ? res.writeHead(500).end('{"code":-1,"msg":"x"}') : res.end('[]'),
      );

      expect(await client.keywordAd(ACCESS_TOKEN, '/a')).to.deep.equal([]);
      expect(requests).to.have.lengthOf(2);
    });

    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const faults: [what: string, answer: Parameters<typeof startHttpServer>[0]][] = [
        ['is dropped', req => void req.socket.destroy()],
        ['gets a 408', (_, res) => res.writeHead(408).end()],
        ['gets a 503', (_, res) => res.writeHead(503).end()],
        ['gets -1', (_, res) => res.writeHead(500).end('{"code":-1,"msg":"x"}')],
      ];
      for (const [what, answer] of faults) {
        it(`is not retried when a ${method} ${what}`, async () => {
          const { client, requests } = await start(answer);

          await rejectionAs(Error, client.moment(ACCESS_TOKEN, '/a', { method, json: {} }));
          await wait(20);
          expect(requests).to.have.lengthOf(1);
        });
      }
    }

    for (const [status, code] of [
      [429, -813],
      [400, -10],
    ] as const) {
      it(`is not retried when a GET gets ${code} with ${status}`, async () => {
        const { client, requests } = await start((_, res) =>
          res.writeHead(status).end(JSON.stringify({ code, msg: 'x' })),
        );

        const error = await rejectionAs(KakaoBusinessApiError, client.moment(ACCESS_TOKEN, '/a'));
        expect(error).to.include({ retryable: true, errorCode: String(code) });
        expect(requests).to.have.lengthOf(1);
      });
    }
  });

  describe('with a signal', () => {
    const reason = new Error('the user left');

    it('rejects with its reason at once, and closes the connection', async () => {
      const controller = new AbortController();
      let closed = (_how: string) => {};
      const told = new Promise<string>(resolve => {
        closed = resolve;
      });
      const { client, requests } = await start(({ socket }) => {
        socket.on('close', () => closed('closed'));
        controller.abort(reason);
      });

      expect(await rejectionOf(client.moment(ACCESS_TOKEN, '/a', { signal: controller.signal }))).to.equal(
        reason,
      );
      expect(await Promise.race([told, wait(2000, 'open')])).to.equal('closed');
      expect(requests).to.have.lengthOf(1);
    });

    it('rejects with its reason in the middle of the body', async () => {
      const controller = new AbortController();
      const { client } = await start((_, res) => {
        res.write('[');
        setTimeout(() => controller.abort(), 20);
      });

      const error = await rejectionOf(client.moment(ACCESS_TOKEN, '/a', { signal: controller.signal }));

      expect(error).to.equal(controller.signal.reason).and.to.have.property('name', 'AbortError');
    });

    it('rejects with its reason when fetch never settles, and leaves no timer', async () => {
      const controller = new AbortController();
      const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
      const { client } = await start(() => {}, { fetch: () => new Promise(() => {}) });
      const before = timers();

      const aborted = client.moment(ACCESS_TOKEN, '/a', { signal: controller.signal });
      controller.abort(reason);

      expect(await rejectionOf(aborted)).to.equal(reason);
      expect(timers()).to.equal(before);
    });

    it('rejects with its reason when fetch itself aborts', async () => {
      const controller = new AbortController();
      const fetch: KakaoBusinessFetch = () => {
        controller.abort(reason);
        return new Promise(() => {});
      };
      const { client } = await start(() => {}, { fetch });

      expect(await rejectionOf(client.moment(ACCESS_TOKEN, '/a', { signal: controller.signal }))).to.equal(
        reason,
      );
    });

    it('is not retried when it is aborted between two attempts', async () => {
      const controller = new AbortController();
      const listen = () => controller.abort(reason); // between the two attempts
      const { client, requests } = await start(req => void req.socket.destroy());
      subscribe('passport-kakao-business:request', listen);
      try {
        const aborted = client.moment(ACCESS_TOKEN, '/a', { signal: controller.signal });
        expect(await rejectionOf(aborted)).to.equal(reason);
      } finally {
        unsubscribe('passport-kakao-business:request', listen);
      }
      await wait(50);
      expect(requests).to.have.lengthOf(1);
    });

    it('leaves no listener behind', async () => {
      const { signal } = new AbortController();
      const { client } = await start((_, res, count) => (count === 3 ? undefined : res.end('{}')));

      for (const timeout of [1000, 1000, 50])
        await client.moment(ACCESS_TOKEN, '/a', { signal, timeout }).catch(() => {});

      expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
    });

    it('ignores an abort after the response', async () => {
      const controller = new AbortController();
      const { client } = await start((_, res) => res.end('{}'));

      expect(await client.moment(ACCESS_TOKEN, '/a', { signal: controller.signal })).to.deep.equal({});
      controller.abort();
    });
  });

  describe('in its surroundings', () => {
    const context = new AsyncLocalStorage<string>();
    const messages: { message: unknown; store: string | undefined }[] = [];
    const listen = (message: unknown) => messages.push({ message, store: context.getStore() });
    beforeEach(() => {
      messages.length = 0;
      subscribe('passport-kakao-business:request', listen);
    });
    afterEach(() => unsubscribe('passport-kakao-business:request', listen));
    const told = () => messages.map(({ message }) => ({ ...Object(message), durationMs: undefined }));
    const stores = () => messages.map(({ store }) => store);
    const common = { durationMs: undefined, errorCode: undefined };

    it('publishes each attempt and each abort on the diagnostics channel', async () => {
      const controller = new AbortController();
      const { client } = await start((req, res, count) => {
        if (count === 1) req.socket.destroy();
        else if (count === 2) res.end('[]');
        else if (count === 3) res.writeHead(429).end('{"code":-813,"msg":"x"}');
        else controller.abort();
      });
      const { signal } = controller;

      await client.moment(ACCESS_TOKEN, '/a');
      await client.keywordAd(ACCESS_TOKEN, '/a', { method: 'PATCH' }).catch(() => {});
      await client.keywordAd(ACCESS_TOKEN, '/a', { method: 'DELETE', signal }).catch(() => {});
      await wait(20);

      const get = { ...common, endpoint: 'moment', method: 'GET' };
      const keywordAd = { ...common, endpoint: 'keywordAd', attempt: 1 };
      expect(told()).to.deep.equal([
        { ...get, attempt: 1, httpStatus: undefined, outcome: 'KAKAO_UNREACHABLE' },
        { ...get, attempt: 2, httpStatus: 200, outcome: 'ok' },
        { ...keywordAd, method: 'PATCH', httpStatus: 429, errorCode: '-813', outcome: 'KAKAO_API_ERROR' },
        { ...keywordAd, method: 'DELETE', httpStatus: undefined, outcome: 'aborted' },
      ]);
    });

    it('keeps the AsyncLocalStorage of the caller, also in a timeout or an abort', async () => {
      const controller = new AbortController();
      const seen: unknown[] = [];
      const fetch: KakaoBusinessFetch = async (url, init) => {
        seen.push(context.getStore());
        if (url.endsWith('/hang')) return new Promise(() => {});
        if (seen.length === 1) throw Object.assign(new Error('dropped'), { code: 'ECONNRESET' });
        return globalThis.fetch(url, init);
      };
      const { client } = await start((_, res) => res.end('{}'), { fetch });

      await context.run('a', async () => {
        await client.moment(ACCESS_TOKEN, '/a');
        seen.push(context.getStore());
      });
      await context.run('b', () => client.moment(ACCESS_TOKEN, '/hang', { timeout: 20 }).catch(() => {}));
      const aborted = context.run('c', () =>
        client.moment(ACCESS_TOKEN, '/hang', { signal: controller.signal }).catch(() => {}),
      );
      context.run('of another', () => controller.abort());
      await aborted;

      expect(seen).to.deep.equal(['a', 'a', 'a', 'b', 'c']);
      expect(stores()).to.deep.equal(['a', 'a', 'b', 'c']);
    });
  });

  it('shows no secret in any error', async () => {
    const faults = [
      () => startRawServer(socket => socket.end(`${ACCESS_TOKEN}\r\n\r\n`)),
      () => startRawServer(socket => socket.destroy()),
      () => startHttpServer((_, res) => res.end(`<html>${ACCESS_TOKEN}`)),
      () =>
        startHttpServer((_, res) => res.writeHead(400).end(JSON.stringify({ code: -2, msg: ACCESS_TOKEN }))),
      () => startHttpServer((_, res) => res.writeHead(500).end(CLIENT_SECRET)),
    ];
    for (const fault of faults) {
      const own = await fault();
      for (const method of ['GET', 'PUT'] as const)
        expectNoSecrets(
          await rejectionOf(clientOf(own).moment(ACCESS_TOKEN, `/a?b=${ACCESS_TOKEN}`, { method })),
        );
      await own.close();
    }
  });
});
