import { Agent, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { Duplex, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import nock from 'nock';
import {
  KakaoBusinessApiError,
  KakaoBusinessClient,
  type KakaoBusinessClientOptions,
  KakaoBusinessNetworkError,
  KakaoBusinessResponseError,
} from '../../../lib/index.js';
import { useRealSockets } from '../../support/real-sockets.js';
import { rejectionAs } from '../../support/rejection.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE, expectNoSecrets } from '../../support/secrets.js';
import { type LoopbackServer, startHttpServer, startRawServer } from '../../support/server.js';

describe('requests to Kakao', () => {
  // nock's sockets would close every connection after one request.
  useRealSockets();

  let server: LoopbackServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  const client = ({ endpoints }: LoopbackServer, options: Partial<KakaoBusinessClientOptions> = {}) =>
    new KakaoBusinessClient({
      clientID: 'key',
      clientSecret: CLIENT_SECRET,
      timeout: 5000,
      ...endpoints,
      ...options,
    });
  const exchange = (kakao: KakaoBusinessClient) =>
    kakao.exchangeCode({ code: CODE, redirectURI: 'https://example.com/cb' });

  describe('that get no answer', () => {
    const silent: [what: string, start: () => Promise<LoopbackServer>][] = [
      ['says nothing', () => startRawServer(() => {})],
      [
        'falls silent after the headers',
        () => startHttpServer((_, res) => res.writeHead(200).flushHeaders()),
      ],
      [
        'drips for ever',
        () =>
          startHttpServer((_, res) => {
            const timer = setInterval(() => res.write(' '), 20);
            res.on('close', () => clearInterval(timer));
          }),
      ],
    ];
    for (const [what, start] of silent) {
      it(`end at the deadline when Kakao ${what}`, async () => {
        server = await start();
        const started = Date.now();

        const error = await rejectionAs(
          KakaoBusinessNetworkError,
          exchange(client(server, { timeout: 200 })),
        );

        expect(Date.now() - started).to.be.within(150, 3000);
        expect(error).to.include({ code: 'KAKAO_TIMEOUT', status: 504, endpoint: 'token', retryable: true });
        expect(error.message).to.match(
          /^Kakao did not complete its answer to the token request within 200 ms\. If it lasts, check that this server reaches/,
        );
      });
    }

    it('end at the deadline even when a fetch of the app never settles', async () => {
      server = await startHttpServer(() => {});
      const fetch = () => new Promise<never>(() => {});

      const error = await rejectionAs(
        KakaoBusinessNetworkError,
        exchange(client(server, { fetch, timeout: 100 })),
      );

      expect(error.code).to.equal('KAKAO_TIMEOUT');
    });

    it('say that the server cannot be reached', async () => {
      const closed = await startHttpServer(() => {});
      await closed.close();

      const error = await rejectionAs(KakaoBusinessNetworkError, exchange(client(closed)));

      expect(error).to.include({ code: 'KAKAO_UNREACHABLE', status: 502, retryable: true });
      expect(error.message).to.match(/^Kakao could not be reached for the token request: ECONNREFUSED\. /);
      expect(error.cause).to.include({ code: 'ECONNREFUSED' });
      expect(error.cause).to.have.property('message').that.includes('connect ECONNREFUSED');
    });

    const dropped: [what: string, code: string, hint: RegExp][] = [
      ['the name does not resolve', 'ENOTFOUND', /DNS or a proxy/],
      ['names do not resolve just now', 'EAI_AGAIN', /DNS/],
      ['a code only ends like one of DNS', 'NOT_EAI_AGAIN', /agent option/],
      ['TLS fails', 'ERR_TLS_HANDSHAKE_TIMEOUT', /NODE_EXTRA_CA_CERTS/],
      ['the certificate is not trusted', 'SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
      ['the network is down', 'ENETUNREACH', /agent option/],
    ];
    for (const [what, code, hint] of dropped) {
      it(`hint at what to do when ${what}`, async () => {
        server = await startHttpServer(() => {});
        const fetch = () => Promise.reject(Object.assign(new Error(`failed for ${CODE}`), { code }));

        const error = await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { fetch })));

        expect(error.hint).to.match(hint);
        expect(error.message).to.include(`: ${code}. `);
        expectNoSecrets(error);
      });
    }

    for (const code of ['Z_DATA_ERROR', 'HPE_INVALID_CONSTANT', 'ERR_BROTLI_DECODER', 'ERR__ERROR_BROTLI']) {
      it(`say that the answer was of no use with ${code}`, async () => {
        server = await startHttpServer(() => {});
        const fetch = () => Promise.reject(Object.assign(new Error('failed'), { code }));

        await rejectionAs(KakaoBusinessResponseError, exchange(client(server, { fetch })));
      });
    }

    const odd: [what: string, thrown: unknown][] = [
      ['lower case', { code: 'econnreset' }],
      ['a number', { code: 104 }],
      ['a sentence', { code: 'ECONNRESET AND MORE' }],
      ['too long', { code: 'E'.repeat(80) }],
      ['in a cause of a cause', { cause: { cause: { code: 'ECONNRESET' } } }],
      ['an ending', { code: 'A_Z_DATA_ERROR' }],
    ];
    for (const [what, thrown] of odd) {
      it(`show no code that is ${what}`, async () => {
        server = await startHttpServer(() => {});
        let calls = 0;
        const fetch = () => {
          calls += 1;
          return Promise.reject(thrown);
        };

        const error = await rejectionAs(
          KakaoBusinessNetworkError,
          client(server, { fetch }).userInfo(ACCESS_TOKEN),
        );

        expect(calls).to.equal(1);
        expect(error.message).to.match(
          /^Kakao could not be reached for the userinfo request(?:: A_Z_DATA_ERROR)?\. /,
        );
        expect(error.cause).to.have.property('message', 'a non-Error value was thrown');
      });
    }
  });

  describe('that get an answer of no use', () => {
    const NO_JSON = 'something that is no JSON object (HTTP 200)';
    const phrases: Record<string, string> = {
      'is no HTTP': 'a malformed HTTP response.',
      'is HTML': NO_JSON,
      'is empty': NO_JSON,
      'is null': NO_JSON,
      'is too long': 'more than 256 KiB (HTTP 200)',
      'is no gzip, and says it is': 'a malformed HTTP response.',
      'is a 500 in HTML': 'neither success nor a reason (HTTP 500)',
    };
    const unusable: [what: string, status: number | undefined, start: () => Promise<LoopbackServer>][] = [
      ['is no HTTP', undefined, () => startRawServer(socket => socket.end(`${ACCESS_TOKEN}\r\n\r\n`))],
      ['is HTML', 200, () => startHttpServer((_, res) => res.end('<html>'))],
      ['is empty', 200, () => startHttpServer((_, res) => res.end())],
      ['has no content', 204, () => startHttpServer((_, res) => res.writeHead(204).end())],
      ['is half a JSON', 200, () => startHttpServer((_, res) => res.end(`{"access_token":"${ACCESS_TOKEN}`))],
      ...['null', '[]', '"text"', '7', 'true'].map(
        (json): [string, number, () => Promise<LoopbackServer>] => [
          `is ${json}`,
          200,
          () => startHttpServer((_, res) => res.end(json)),
        ],
      ),
      ['is too long', 200, () => startHttpServer((_, res) => res.end(' '.repeat(300 * 1024)))],
      [
        'is a bomb',
        200,
        () =>
          startHttpServer((_, res) =>
            res.setHeader('content-encoding', 'gzip').end(gzipSync(' '.repeat(50_000_000))),
          ),
      ],
      [
        'is no gzip, and says it is',
        undefined,
        () => startHttpServer((_, res) => res.setHeader('content-encoding', 'gzip').end('plain')),
      ],
      ['is a 500 in HTML', 500, () => startHttpServer((_, res) => res.writeHead(500).end('<html>'))],
      ['is a status nobody knows', 799, () => startHttpServer((_, res) => res.writeHead(799).end('{}'))],
      [
        'nests without end',
        200,
        () => startHttpServer((_, res) => res.end(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)),
      ],
    ];
    for (const [what, httpStatus, start] of unusable) {
      it(`say so when it ${what}`, async () => {
        server = await start();

        const error = await rejectionAs(KakaoBusinessResponseError, exchange(client(server)));

        expect(error).to.include({
          code: 'KAKAO_INVALID_RESPONSE',
          status: 502,
          endpoint: 'token',
          httpStatus,
        });
        expect(error.message).to.include(`Kakao answered the token request with ${phrases[what] ?? ''}`);
        expect(error.message).to.include('look for a proxy in between');
        expectNoSecrets(error);
      });
    }

    for (const status of [301, 302, 303, 307, 308]) {
      it(`do not follow a ${status}, which would carry the secret along`, async () => {
        const visits: string[] = [];
        const elsewhere = await startHttpServer((req, res) => {
          visits.push(req.url ?? '');
          res.end('{}');
        });
        server = await startHttpServer((_, res) =>
          res.writeHead(status, { location: `${elsewhere.url}/stolen` }).end(),
        );

        const error = await rejectionAs(KakaoBusinessResponseError, exchange(client(server)));

        expect(error.httpStatus).to.equal(status);
        expect(visits).to.deep.equal([]);
        await elsewhere.close();
      });
    }

    it('say so when it is cut short', async () => {
      server = await startRawServer(socket =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"access'),
      );

      const error = await rejectionAs(KakaoBusinessNetworkError, exchange(client(server)));

      expect(error.code).to.equal('KAKAO_UNREACHABLE');
    });
  });

  describe('that get a good answer', () => {
    const nameInTwoChunks = (split: number) =>
      startHttpServer((_, res) => {
        const bytes = Buffer.from('{"name":"카카오 비즈니스"}');
        res.write(bytes.subarray(0, split));
        setTimeout(() => res.end(bytes.subarray(split)), 20);
      });
    for (const split of [10, 11, 13, 20]) {
      it(`read Korean right, split after byte ${split}`, async () => {
        server = await nameInTwoChunks(split);

        expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ name: '카카오 비즈니스' });
      });
    }

    it('read past a byte order mark', async () => {
      server = await startHttpServer((_, res) => res.end('\uFEFF{"a":1}'));

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ a: 1 });
    });

    it('read gzip', async () => {
      server = await startHttpServer((_, res) =>
        res.setHeader('content-encoding', 'gzip').end(gzipSync('{"a":1}')),
      );

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ a: 1 });
    });

    it('read 256 KiB and not a byte more', async () => {
      const body = (bytes: number) => `{"a":"${' '.repeat(bytes - 8)}"}`;
      server = await startHttpServer((_, res, count) => res.end(body(256 * 1024 + count - 1)));

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.have.property('a');
      await rejectionAs(KakaoBusinessResponseError, client(server).userInfo(ACCESS_TOKEN));
    });

    it('keep the token out of the URL', async () => {
      const urls: string[] = [];
      server = await startHttpServer((req, res) => {
        urls.push(`${req.url} ${req.headers.authorization}`);
        res.end('{}');
      });

      await client(server).tokenInfo(ACCESS_TOKEN);

      expect(urls).to.deep.equal([`/tokeninfo Bearer ${ACCESS_TOKEN}`]);
    });

    it('use one connection again and again', async () => {
      const ports = new Set<number | undefined>();
      server = await startHttpServer((req, res) => {
        ports.add(req.socket.remotePort);
        res.end('{}');
      });

      for (let times = 0; times < 5; times++) await client(server).userInfo(ACCESS_TOKEN);

      expect(ports.size).to.equal(1);
    });

    it('do not use a connection again that sent data between two requests', async () => {
      const connections = new Set<unknown>();
      server = await startHttpServer((req, res, count) => {
        connections.add(req.socket);
        res.end(`{"count":${count}}`, () => {
          // Twice the same response, as a faulty proxy sends it.
          if (count === 1)
            setTimeout(() => req.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n'), 20);
        });
      });
      const kakao = client(server);

      expect(await kakao.userInfo(ACCESS_TOKEN)).to.deep.equal({ count: 1 });
      await wait(100);

      expect(await kakao.userInfo(ACCESS_TOKEN)).to.deep.equal({ count: 2 });
      expect(await kakao.userInfo(ACCESS_TOKEN)).to.have.property('count');
      expect(connections.size).to.be.above(1);
    });

    it('revoke over a connection of their own, since they are sent only once', async () => {
      const connections = new Set<unknown>();
      server = await startHttpServer((req, res) => {
        connections.add(req.socket);
        res.end('{}');
      });
      const kakao = client(server);

      await kakao.userInfo(ACCESS_TOKEN);
      await kakao.revoke(ACCESS_TOKEN);

      expect(connections.size).to.equal(2);
    });

    it('succeed as a revocation at once when a 2xx is there, even if its body never ends', async () => {
      server = await startHttpServer((_, res) => res.writeHead(200).flushHeaders());
      const started = performance.now();

      await client(server, { timeout: 9000 }).revoke(ACCESS_TOKEN);

      expect(performance.now() - started).to.be.below(3000);
    });
  });

  describe('end at once, and do not wait for the deadline, when', () => {
    const soon = async (asked: Promise<unknown>) => {
      const started = performance.now();
      const error = await asked.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(performance.now() - started).to.be.below(3000);
      return error;
    };
    const options = { timeout: 9000 };

    it('the body breaks in the same packet as the headers', async () => {
      server = await startRawServer(socket =>
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZZ\r\n'),
      );

      expect(await soon(exchange(client(server, options)))).to.be.instanceOf(KakaoBusinessResponseError);
    });

    it('a deflated body is cut before its first byte', async () => {
      server = await startRawServer(socket =>
        socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: deflate\r\ncontent-length: 99\r\n\r\n', () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        ),
      );

      expect(await soon(exchange(client(server, options)))).to.be.instanceOf(KakaoBusinessNetworkError);
    });

    it('a fetch of the app has read the body already', async () => {
      server = await startHttpServer((_, res) => res.end(JSON.stringify({ access_token: ACCESS_TOKEN })));
      const body = Readable.from([Buffer.from('{}')]);
      for await (const _ of body);
      const fetch = async () => ({ status: 200, headers: new Headers(), body });

      expect(await soon(exchange(client(server, { ...options, fetch })))).to.be.instanceOf(
        KakaoBusinessResponseError,
      );
    });

    it('a body that is too long makes an error of its own when it is ended', async () => {
      server = await startHttpServer(() => {});
      const body = (async function* () {
        try {
          for (;;) yield new Uint8Array(100_000);
        } finally {
          await Promise.reject(new Error('its own'));
        }
      })();
      const fetch = async () => ({ status: 200, headers: new Headers(), body });

      expect(await soon(exchange(client(server, { ...options, fetch }))))
        .to.be.instanceOf(KakaoBusinessResponseError)
        .with.property('message')
        .that.includes('256 KiB');
    });
  });

  describe('are sent once more', () => {
    const counted = async (answers: Parameters<typeof startHttpServer>[0]) => {
      const requests: (string | undefined)[] = [];
      server = await startHttpServer((req, res, count) => {
        requests.push(req.url);
        answers(req, res, count);
      });
      return { requests, kakao: client(server) };
    };

    it('when the connection was dropped before any answer', async () => {
      const { requests, kakao } = await counted((req, res, count) =>
        count === 1 ? req.socket.destroy() : res.end(JSON.stringify({ access_token: ACCESS_TOKEN })),
      );

      expect(await exchange(kakao)).to.include({ access_token: ACCESS_TOKEN });
      expect(requests).to.deep.equal(['/token', '/token']);
    });

    it('over a new connection, where those kept alive have died all at once', async () => {
      const served = new Set<unknown>();
      const { kakao } = await counted((req, res) => {
        if (served.has(req.socket)) return req.socket.destroy();
        served.add(req.socket);
        return setTimeout(() => res.end(JSON.stringify({ access_token: ACCESS_TOKEN })), 20);
      });
      await Promise.all(Array.from({ length: 6 }, () => kakao.userInfo(ACCESS_TOKEN)));

      expect(await exchange(kakao)).to.include({ access_token: ACCESS_TOKEN });
      expect(await kakao.userInfo(ACCESS_TOKEN)).to.include({ access_token: ACCESS_TOKEN });
    });

    // RFC 9110, 15.5.9: the server did not receive the whole request, mostly since the connection was idle for too
    // long.
    const asked: [what: string, send: (kakao: KakaoBusinessClient) => Promise<unknown>][] = [
      ['a token request', exchange],
      ['a GET', kakao => kakao.userInfo(ACCESS_TOKEN)],
    ];
    for (const [what, send] of asked) {
      it(`when ${what} met a 408, over a new connection`, async () => {
        const connections = new Set<unknown>();
        const { requests, kakao } = await counted((req, res, count) => {
          connections.add(req.socket);
          if (count === 2) res.writeHead(408);
          res.end(JSON.stringify({ access_token: ACCESS_TOKEN }));
        });
        await send(kakao);

        expect(await send(kakao)).to.include({ access_token: ACCESS_TOKEN });
        expect([requests.length, connections.size]).to.deep.equal([3, 2]);
      });

      it(`and not a third time, when ${what} met two 408s: that is retryable`, async () => {
        const { requests, kakao } = await counted((_, res) => res.writeHead(408).end());

        const error = await rejectionAs(KakaoBusinessApiError, send(kakao));

        expect(error).to.include({ httpStatus: 408, retryable: true, status: 502 });
        expect(requests).to.have.lengthOf(2);
      });
    }

    for (const code of ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']) {
      it(`when a fetch of the app fails with ${code}, in the error or in its cause`, async () => {
        server = await startHttpServer(() => {});
        for (const thrown of [
          Object.assign(new Error('dropped'), { code }),
          new Error('failed', { cause: { code } }),
        ]) {
          let calls = 0;
          const fetch = async () => {
            calls += 1;
            if (calls === 1) throw thrown;
            return new Response('{"a":1}');
          };

          expect(await client(server, { fetch }).userInfo(ACCESS_TOKEN)).to.deep.equal({ a: 1 });
          expect(calls).to.equal(2);
        }
      });
    }

    it('but not once the deadline has passed', async () => {
      let calls = 0;
      const fetch = async () => {
        calls += 1;
        await wait(150);
        throw Object.assign(new Error('late'), { code: 'ECONNRESET' });
      };
      server = await startHttpServer(() => {});

      await rejectionAs(
        KakaoBusinessNetworkError,
        client(server, { fetch, timeout: 50 }).userInfo(ACCESS_TOKEN),
      );
      await wait(300);
      expect(calls).to.equal(1);
    });

    const broken = ['HTTP', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 200 OK\r\ncontent-type: appl'];
    for (const part of broken) {
      it(`but never a form whose answer broke off at ${JSON.stringify(part)}`, async () => {
        let requests = 0;
        server = await startRawServer((socket, count) => {
          requests = count;
          socket.write(part, () => setTimeout(() => socket.resetAndDestroy(), 20));
        });

        await rejectionAs(KakaoBusinessNetworkError, exchange(client(server)));
        expect(requests).to.equal(1);
      });
    }

    it('also a form, through an agent of the app', async () => {
      server = await startHttpServer((req, res, count) =>
        count === 1 ? req.socket.destroy() : res.end(JSON.stringify({ access_token: ACCESS_TOKEN })),
      );
      const agent = new Agent();

      for (const given of [agent, () => agent])
        expect(await exchange(client(server, { agent: given }))).to.include({ access_token: ACCESS_TOKEN });
    });

    it('but never a form through an agent whose connections do not count bytes', async () => {
      let requests = 0;
      server = await startRawServer((socket, count) => {
        requests = count;
        socket.end('HTTP/1.1 20');
      });
      const { port } = new URL(server.url);
      const agent = new (class extends Agent {
        override createConnection() {
          const socket = connect(Number(port), '127.0.0.1');
          return Duplex.from({ readable: socket, writable: socket });
        }
      })();

      await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { agent })));
      expect(requests).to.equal(1);
    });

    it('but never a form through a fetch of the app, which hides what came back', async () => {
      let requests = 0;
      server = await startRawServer((socket, count) => {
        requests = count;
        socket.destroy();
      });

      await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { fetch: globalThis.fetch })));
      expect(requests).to.equal(1);
    });

    const temporary: [what: string, status: number, body: string][] = [
      ['a 503', 503, '<html>'],
      ['-1', 400, '{"msg":"x","code":-1}'],
      ['-7', 400, '{"msg":"x","code":-7}'],
      ['-603', 400, '{"msg":"x","code":-603}'],
      ['-9798', 400, '{"msg":"x","code":-9798}'],
    ];
    for (const [what, status, body] of temporary) {
      it(`when a GET met ${what}`, async () => {
        const { requests, kakao } = await counted((_, res, count) =>
          count === 1 ? res.writeHead(status).end(body) : res.end('{"email":"a@b.c"}'),
        );

        expect(await kakao.userInfo(ACCESS_TOKEN)).to.deep.equal({ email: 'a@b.c' });
        expect(requests).to.have.lengthOf(2);
      });
    }

    it('and not a third time', async () => {
      const { requests, kakao } = await counted((_, res) => res.writeHead(503).end());

      await rejectionAs(KakaoBusinessResponseError, kakao.userInfo(ACCESS_TOKEN));
      expect(requests).to.have.lengthOf(2);
    });

    it('within the one deadline', async () => {
      server = await startHttpServer((_, res, count) => count === 1 && res.writeHead(503).end());
      const started = Date.now();

      const error = await rejectionAs(
        KakaoBusinessNetworkError,
        client(server, { timeout: 300 }).userInfo(ACCESS_TOKEN),
      );

      expect(error.code).to.equal('KAKAO_TIMEOUT');
      expect(Date.now() - started).to.be.below(3000);
    });

    const never: [
      what: string,
      send: (kakao: KakaoBusinessClient) => Promise<unknown>,
      answer: Parameters<typeof startHttpServer>[0],
    ][] = [
      ['a token request that met a 503', exchange, (_, res) => res.writeHead(503).end()],
      [
        'a token request whose answer was cut',
        exchange,
        (_, res) => {
          res.writeHead(200, { 'content-length': 90 }).write('{"access');
          setTimeout(() => res.destroy(), 20);
        },
      ],
      [
        'a GET that was refused',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(403).end('{"msg":"x","code":-5}'),
      ],
      [
        'a GET that met the quota',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(400).end('{"msg":"x","code":-10}'),
      ],
      [
        'a GET that was asked to wait',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(503, { 'retry-after': '30' }).end(),
      ],
      [
        'a GET that met a 408 and was asked to wait',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(408, { 'retry-after': '30' }).end(),
      ],
      ['a revocation that was dropped', kakao => kakao.revoke(ACCESS_TOKEN), req => req.socket.destroy()],
      [
        'a revocation that met a 408',
        kakao => kakao.revoke(ACCESS_TOKEN),
        (_, res) => res.writeHead(408).end(),
      ],
      ['a GET that cannot be read', kakao => kakao.userInfo(ACCESS_TOKEN), (_, res) => res.end('<html>')],
    ];
    for (const [what, send, answer] of never) {
      it(`but never ${what}`, async () => {
        const { requests, kakao } = await counted(answer);

        await rejectionAs(Error, send(kakao));
        expect(requests).to.have.lengthOf(1);
      });
    }
  });

  describe('by a fetch or an agent of the app', () => {
    it('work with the fetch of Node', async () => {
      server = await startHttpServer((req, res) =>
        req.url === '/moved' ? res.end('{}') : res.end('{"a":1}'),
      );

      expect(await client(server, { fetch: globalThis.fetch }).userInfo(ACCESS_TOKEN)).to.deep.equal({
        a: 1,
      });
    });

    it('are not redirected by the fetch of Node either', async () => {
      server = await startHttpServer((_, res) => res.writeHead(307, { location: '/moved' }).end());

      const error = await rejectionAs(
        KakaoBusinessResponseError,
        exchange(client(server, { fetch: globalThis.fetch })),
      );

      expect(error.httpStatus).to.equal(307);
    });

    it('are sent once more with the fetch of Node too, when the connection was dropped', async () => {
      server = await startHttpServer((req, res, count) =>
        count === 1 ? req.socket.destroy() : res.end('{"a":1}'),
      );

      expect(await client(server, { fetch: globalThis.fetch }).userInfo(ACCESS_TOKEN)).to.deep.equal({
        a: 1,
      });
    });

    const NO_RESPONSE = 'something that is no HTTP response';
    const UNREADABLE = 'a body that cannot be read';
    const NO_BYTES = 'a body that is not bytes';
    const nonsense: [what: string, fetch: () => unknown, phrase: string][] = [
      ['nothing', async () => undefined, NO_RESPONSE],
      ['a string', async () => 'ok', NO_RESPONSE],
      ['no status', async () => ({ headers: new Headers(), body: null }), NO_RESPONSE],
      ['no headers', async () => ({ status: 200, body: null }), NO_RESPONSE],
      [
        'a body that cannot be read',
        async () => ({ status: 200, headers: new Headers(), body: 'text' }),
        UNREADABLE,
      ],
      ['no body at all', async () => ({ status: 200, headers: new Headers() }), UNREADABLE],
      [
        'a body of objects',
        async () => ({ status: 200, headers: new Headers(), body: [{ a: 1 }].values() }),
        UNREADABLE,
      ],
      [
        'a body of strings',
        async () => ({
          status: 200,
          headers: new Headers(),
          body: (async function* () {
            yield 'text';
          })(),
        }),
        NO_BYTES,
      ],
    ];
    for (const [what, fetch, phrase] of nonsense) {
      it(`say so when it gives ${what}`, async () => {
        server = await startHttpServer(() => {});
        const options = Object.assign({ timeout: 2000 }, { fetch });

        const error = await rejectionAs(
          KakaoBusinessResponseError,
          Reflect.apply(client, undefined, [server, options]).userInfo(ACCESS_TOKEN),
        );
        expect(error.message).to.include(`Kakao answered the userinfo request with ${phrase}`);
      });
    }

    it('say so when it has followed a redirect, token and all', async () => {
      server = await startHttpServer((req, res) =>
        req.url === '/stolen' ? res.end('{}') : res.writeHead(302, { location: '/stolen' }).end(),
      );
      const fetch: typeof globalThis.fetch = (url, init) =>
        globalThis.fetch(url, { ...init, redirect: 'follow' });

      const error = await rejectionAs(
        KakaoBusinessResponseError,
        client(server, { fetch }).userInfo(ACCESS_TOKEN),
      );

      expect(error.message).to.include('a redirect, which the fetch option followed');
    });

    for (const thrown of [new Error(`no luck with ${ACCESS_TOKEN}`), undefined, 'text', null]) {
      it(`say so when it throws ${thrown instanceof Error ? 'an error' : thrown}`, async () => {
        server = await startHttpServer(() => {});
        const fetch = () => {
          throw thrown;
        };

        const error = await rejectionAs(
          KakaoBusinessNetworkError,
          client(server, { fetch }).userInfo(ACCESS_TOKEN),
        );

        expect(error.code).to.equal('KAKAO_UNREACHABLE');
        expectNoSecrets(error);
      });
    }

    it('go through the agent', async () => {
      server = await startHttpServer((req, res) =>
        res.end(JSON.stringify({ connection: req.headers.connection })),
      );
      const agent = new Agent({ keepAlive: false });

      expect(await client(server, { agent }).userInfo(ACCESS_TOKEN)).to.deep.equal({ connection: 'close' });
      expect(await client(server, { agent: () => agent }).userInfo(ACCESS_TOKEN)).to.deep.equal({
        connection: 'close',
      });
    });
  });

  it('are refused with any 4xx', async () => {
    server = await startHttpServer((_, res) => res.writeHead(418).end('short and stout'));

    const error = await rejectionAs(KakaoBusinessApiError, exchange(client(server)));

    expect(error).to.include({ httpStatus: 418, errorCode: undefined });
  });

  describe('leave nothing behind:', () => {
    const closed = (answer: (res: ServerResponse) => void) => {
      let tell = (_how: string) => {};
      const told = new Promise<string>(resolve => {
        tell = resolve;
      });
      const started = startHttpServer((req, res) => {
        req.socket.on('close', () => tell('closed'));
        answer(res);
      });
      return { started, told };
    };

    it('the connection of an answer too long to be read is closed', async () => {
      const { started, told } = closed(res => {
        res.write(' '.repeat(300 * 1024));
      });
      server = await started;

      await rejectionAs(KakaoBusinessResponseError, exchange(client(server)));
      expect(await Promise.race([told, wait(5000, 'open')])).to.equal('closed');
    });

    it('so is that of an answer that did not come in time', async () => {
      const { started, told } = closed(() => {});
      server = await started;

      await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { timeout: 50 })));
      expect(await Promise.race([told, wait(5000, 'open')])).to.equal('closed');
    });

    it('even where something else, such as nock, hides the connection', async () => {
      nock.activate();
      try {
        const { started, told } = closed(() => {});
        server = await started;

        await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { timeout: 50 })));
        expect(await Promise.race([told, wait(5000, 'open')])).to.equal('closed');
      } finally {
        nock.restore();
      }
    });

    it('a connection that is free again serves the next request, whatever its last answer comes to', async () => {
      const connections = new Set<unknown>();
      server = await startHttpServer((req, res) => {
        connections.add(req.socket);
        res.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip at all');
      });

      for (let times = 0; times < 3; times++)
        await rejectionAs(KakaoBusinessResponseError, exchange(client(server)));

      expect(connections).to.have.property('size', 1);
    });

    it('no timer runs on after the answer', async () => {
      server = await startHttpServer((_, res) => res.end('{}'));
      const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
      await client(server).userInfo(ACCESS_TOKEN);
      const before = timers();

      for (let times = 0; times < 5; times++) await client(server).userInfo(ACCESS_TOKEN);

      expect(timers()).to.equal(before);
    });
  });
});
