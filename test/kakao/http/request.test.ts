import { Agent, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { Duplex, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
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

describe('A request to Kakao', () => {
  // nock's sockets close after every request.
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

  describe('without a response', () => {
    const silent: [what: string, start: () => Promise<LoopbackServer>][] = [
      ['sends nothing', () => startRawServer(() => {})],
      ['sends headers only', () => startHttpServer((_, res) => res.writeHead(200).flushHeaders())],
      [
        'sends a body that never ends',
        () =>
          startHttpServer((_, res) => {
            const timer = setInterval(() => res.write(' '), 20);
            res.on('close', () => clearInterval(timer));
          }),
      ],
    ];
    for (const [what, start] of silent) {
      it(`times out when Kakao ${what}`, async () => {
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

    it('times out when the fetch option never settles', async () => {
      server = await startHttpServer(() => {});
      const fetch = () => new Promise<never>(() => {});

      const error = await rejectionAs(
        KakaoBusinessNetworkError,
        exchange(client(server, { fetch, timeout: 100 })),
      );

      expect(error.code).to.equal('KAKAO_TIMEOUT');
    });

    it('fails as unreachable when the connection is refused', async () => {
      const closed = await startHttpServer(() => {});
      await closed.close();

      const error = await rejectionAs(KakaoBusinessNetworkError, exchange(client(closed)));

      expect(error).to.include({ code: 'KAKAO_UNREACHABLE', status: 502, retryable: true });
      expect(error.message).to.match(/^Kakao could not be reached for the token request: ECONNREFUSED\. /);
      expect(error.cause).to.include({ code: 'ECONNREFUSED' });
      expect(error.cause).to.have.property('message').that.includes('connect ECONNREFUSED');
    });

    const dropped: [what: string, code: string, hint: RegExp][] = [
      ['the host name is unknown', 'ENOTFOUND', /DNS or a proxy/],
      ['DNS fails for the moment', 'EAI_AGAIN', /DNS/],
      ['the code only resembles one of DNS', 'NOT_EAI_AGAIN', /^If it lasts/],
      ['TLS fails', 'ERR_TLS_HANDSHAKE_TIMEOUT', /NODE_EXTRA_CA_CERTS/],
      ['the certificate is not trusted', 'SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
      ['the network is down', 'ENETUNREACH', /^If it lasts.*agent option/],
    ];
    for (const [what, code, hint] of dropped) {
      it(`fails with a hint when ${what}`, async () => {
        server = await startHttpServer(() => {});
        const fetch = () => Promise.reject(Object.assign(new Error(`failed for ${CODE}`), { code }));

        const error = await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { fetch })));

        expect(error.hint).to.match(hint);
        expect(error.message).to.include(`: ${code}. `);
        expectNoSecrets(error);
      });
    }

    for (const code of ['Z_DATA_ERROR', 'HPE_INVALID_CONSTANT', 'ERR_BROTLI_DECODER', 'ERR__ERROR_BROTLI']) {
      it(`fails with a response error on ${code}`, async () => {
        server = await startHttpServer(() => {});
        const fetch = () => Promise.reject(Object.assign(new Error('failed'), { code }));

        await rejectionAs(KakaoBusinessResponseError, exchange(client(server, { fetch })));
      });
    }

    const odd: [what: string, thrown: unknown][] = [
      ['in lower case', { code: 'econnreset' }],
      ['that is a number', { code: 104 }],
      ['in a list', { code: ['ECONNRESET'] }],
      ['that is a sentence', { code: 'ECONNRESET AND MORE' }],
      ['that is too long', { code: 'E'.repeat(80) }],
      ['in the cause of a cause', { cause: { cause: { code: 'ECONNRESET' } } }],
      ['that only ends in Z_DATA_ERROR', { code: 'A_Z_DATA_ERROR' }],
    ];
    for (const [what, thrown] of odd) {
      it(`does not recognize a code ${what}`, async () => {
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

  describe('with an invalid response', () => {
    const NO_JSON = 'something other than a JSON object (HTTP 200)';
    const phrases: Record<string, string> = {
      'is not HTTP': 'a malformed HTTP response.',
      'is HTML': NO_JSON,
      'is empty': NO_JSON,
      'is null': NO_JSON,
      'is too long': 'more than 256 KiB (HTTP 200)',
      'is wrongly declared as gzip': 'a malformed HTTP response.',
      'is a 300 with JSON': 'an error without an error code (HTTP 300)',
      'is a 500 in HTML': 'an error without an error code (HTTP 500)',
    };
    const unusable: [what: string, status: number | undefined, start: () => Promise<LoopbackServer>][] = [
      ['is not HTTP', undefined, () => startRawServer(socket => socket.end(`${ACCESS_TOKEN}\r\n\r\n`))],
      ['is HTML', 200, () => startHttpServer((_, res) => res.end('<html>'))],
      ['is empty', 200, () => startHttpServer((_, res) => res.end())],
      ['has no content', 204, () => startHttpServer((_, res) => res.writeHead(204).end())],
      [
        'is half of a JSON object',
        200,
        () => startHttpServer((_, res) => res.end(`{"access_token":"${ACCESS_TOKEN}`)),
      ],
      ...['null', '[]', '"text"', '7', 'true'].map(
        (json): [string, number, () => Promise<LoopbackServer>] => [
          `is ${json}`,
          200,
          () => startHttpServer((_, res) => res.end(json)),
        ],
      ),
      ['is too long', 200, () => startHttpServer((_, res) => res.end(' '.repeat(300 * 1024)))],
      [
        'is a gzip bomb',
        200,
        () =>
          startHttpServer((_, res) =>
            res.setHeader('content-encoding', 'gzip').end(gzipSync(' '.repeat(50_000_000))),
          ),
      ],
      [
        'is wrongly declared as gzip',
        undefined,
        () => startHttpServer((_, res) => res.setHeader('content-encoding', 'gzip').end('plain')),
      ],
      ['is a 300 with JSON', 300, () => startHttpServer((_, res) => res.writeHead(300).end('{}'))],
      ['is a 500 in HTML', 500, () => startHttpServer((_, res) => res.writeHead(500).end('<html>'))],
      ['has an unknown status', 799, () => startHttpServer((_, res) => res.writeHead(799).end('{}'))],
      [
        'nests too deeply',
        200,
        () => startHttpServer((_, res) => res.end(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)),
      ],
    ];
    for (const [what, httpStatus, start] of unusable) {
      it(`fails when the response ${what}`, async () => {
        server = await start();

        const error = await rejectionAs(KakaoBusinessResponseError, exchange(client(server)));

        expect(error).to.include({
          code: 'KAKAO_INVALID_RESPONSE',
          status: 502,
          endpoint: 'token',
          httpStatus,
          retryable: [500, 799].includes(Number(httpStatus)),
        });
        expect(error.message).to.include(`Kakao answered the token request with ${phrases[what] ?? ''}`);
        expect(error.message).to.include('look for a proxy in between');
        expectNoSecrets(error);
      });
    }

    for (const status of [301, 302, 303, 307, 308]) {
      it(`does not follow a ${status}, which would forward the secret`, async () => {
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

    it('fails when the response is cut short', async () => {
      server = await startRawServer(socket =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"access'),
      );

      const error = await rejectionAs(KakaoBusinessNetworkError, exchange(client(server)));

      expect(error.message).to.match(/^Kakao could not be reached for the token request: ECONNRESET\. /);
    });
  });

  describe('with a valid response', () => {
    const nameInTwoChunks = (split: number) =>
      startHttpServer((_, res) => {
        const bytes = Buffer.from('{"name":"카카오 비즈니스"}');
        res.write(bytes.subarray(0, split));
        setTimeout(() => res.end(bytes.subarray(split)), 20);
      });
    for (const split of [10, 11, 13, 20]) {
      it(`reads Korean text split after byte ${split}`, async () => {
        server = await nameInTwoChunks(split);

        expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ name: '카카오 비즈니스' });
      });
    }

    it('skips a byte order mark', async () => {
      server = await startHttpServer((_, res) => res.end('\uFEFF{"a":1}'));

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ a: 1 });
    });

    it('keeps the mark within a text', async () => {
      server = await startHttpServer((_, res) => res.end('{"a":"b\uFEFF"}'));

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ a: 'b\uFEFF' });
    });

    it('reads gzip', async () => {
      server = await startHttpServer((_, res) =>
        res.setHeader('content-encoding', 'gzip').end(gzipSync('{"a":1}')),
      );

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ a: 1 });
    });

    it('reads at most 256 KiB', async () => {
      const body = (bytes: number) => `{"a":"${' '.repeat(bytes - 8)}"}`;
      server = await startHttpServer((_, res, count) => res.end(body(256 * 1024 + count - 1)));

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.have.property('a');
      await rejectionAs(KakaoBusinessResponseError, client(server).userInfo(ACCESS_TOKEN));
    });

    it('keeps the token out of the URL', async () => {
      const urls: string[] = [];
      server = await startHttpServer((req, res) => {
        urls.push(`${req.url} ${req.headers.authorization}`);
        res.end('{}');
      });

      await client(server).tokenInfo(ACCESS_TOKEN);

      expect(urls).to.deep.equal([`/tokeninfo Bearer ${ACCESS_TOKEN}`]);
    });

    it('reuses a kept-alive connection', async () => {
      const ports = new Set<number | undefined>();
      server = await startHttpServer((req, res) => {
        ports.add(req.socket.remotePort);
        res.end('{}');
      });

      for (let times = 0; times < 5; times++) await client(server).userInfo(ACCESS_TOKEN);

      expect(ports.size).to.equal(1);
    });

    it('does not reuse a connection that sent data between requests', async () => {
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

    it('uses a new connection for a revocation, which is never retried', async () => {
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

    it('resolves a revocation on a 2xx, without waiting for its body', async () => {
      server = await startHttpServer((_, res) => res.writeHead(200).flushHeaders());
      const started = performance.now();

      await client(server, { timeout: 9000 }).revoke(ACCESS_TOKEN);

      expect(performance.now() - started).to.be.below(3000);
    });
  });

  describe('fails before the timeout when', () => {
    const soon = async (promise: Promise<unknown>) => {
      const started = performance.now();
      const error = await promise.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(performance.now() - started).to.be.below(3000);
      return error;
    };
    const options = { timeout: 9000 };

    it('a malformed body arrives together with the headers', async () => {
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

    it('the fetch option gives a body that is closed before its end', async () => {
      server = await startHttpServer(() => {});
      const body = new Readable({
        read() {
          this.destroy();
        },
      });
      const fetch = async () => ({ status: 200, headers: new Headers(), body });

      expect(await soon(exchange(client(server, { ...options, fetch }))))
        .to.be.instanceOf(KakaoBusinessNetworkError)
        .with.nested.property('cause.message', 'The body was closed before its end');
    });

    it('the fetch option has already read the body', async () => {
      server = await startHttpServer((_, res) => res.end(JSON.stringify({ access_token: ACCESS_TOKEN })));
      const body = Readable.from([Buffer.from('{}')]);
      for await (const _ of body);
      const fetch = async () => ({ status: 200, headers: new Headers(), body });

      expect(await soon(exchange(client(server, { ...options, fetch })))).to.be.instanceOf(
        KakaoBusinessResponseError,
      );
    });

    it('a body that is too long throws when it is cancelled', async () => {
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

  describe('after a failure', () => {
    const counted = async (respond: Parameters<typeof startHttpServer>[0]) => {
      const requests: (string | undefined)[] = [];
      server = await startHttpServer((req, res, count) => {
        requests.push(req.url);
        respond(req, res, count);
      });
      return { requests, kakao: client(server) };
    };

    it('is retried when the connection drops before any response', async () => {
      const { requests, kakao } = await counted((req, res, count) =>
        count === 1 ? req.socket.destroy() : res.end(JSON.stringify({ access_token: ACCESS_TOKEN })),
      );

      expect(await exchange(kakao)).to.include({ access_token: ACCESS_TOKEN });
      expect(requests).to.deep.equal(['/token', '/token']);
    });

    it('is retried on a new connection when all kept-alive ones have died', async () => {
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

    // RFC 9110, 15.5.9: the server did not receive the whole request, often because the connection was idle too long.
    const retried: [what: string, send: (kakao: KakaoBusinessClient) => Promise<unknown>][] = [
      ['a token request', exchange],
      ['a GET', kakao => kakao.userInfo(ACCESS_TOKEN)],
    ];
    for (const [what, send] of retried) {
      it(`is retried on a new connection when ${what} gets a 408`, async () => {
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

      it(`is retried only once when ${what} gets two 408s`, async () => {
        const { requests, kakao } = await counted((_, res) => res.writeHead(408).end());

        const error = await rejectionAs(KakaoBusinessApiError, send(kakao));

        expect(error).to.include({ httpStatus: 408, retryable: true, status: 502 });
        expect(requests).to.have.lengthOf(2);
      });
    }

    for (const code of ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']) {
      it(`is retried when the error of fetch, or its cause, has the code ${code}`, async () => {
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

    it('is not retried after the timeout', async () => {
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

    const broken: [where: string, part: string][] = [
      ['after "HTTP"', 'HTTP'],
      ['after the status line', 'HTTP/1.1 200 OK\r\n'],
      ['within a header', 'HTTP/1.1 200 OK\r\ncontent-type: appl'],
    ];
    for (const [where, part] of broken) {
      it(`is not retried when the response to a form is cut off ${where}`, async () => {
        let requests = 0;
        server = await startRawServer((socket, count) => {
          requests = count;
          socket.write(part, () => setTimeout(() => socket.resetAndDestroy(), 20));
        });

        await rejectionAs(KakaoBusinessNetworkError, exchange(client(server)));
        expect(requests).to.equal(1);
      });
    }

    it("is retried when the app's agent drops the connection of a form", async () => {
      server = await startHttpServer((req, res, count) =>
        count % 2 === 1 ? req.socket.destroy() : res.end(JSON.stringify({ access_token: ACCESS_TOKEN })),
      );
      const agent = new Agent();

      for (const given of [agent, () => agent])
        expect(await exchange(client(server, { agent: given }))).to.include({ access_token: ACCESS_TOKEN });
    });

    it('is not retried as a form if the agent hides the bytes received', async () => {
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

    it('is not retried as a form through fetch, which hides the bytes received', async () => {
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
      it(`is retried when a GET gets ${what}`, async () => {
        const { requests, kakao } = await counted((_, res, count) =>
          count === 1 ? res.writeHead(status).end(body) : res.end('{"email":"a@b.c"}'),
        );

        expect(await kakao.userInfo(ACCESS_TOKEN)).to.deep.equal({ email: 'a@b.c' });
        expect(requests).to.have.lengthOf(2);
      });
    }

    it('is retried only once when a GET gets two 503s', async () => {
      const { requests, kakao } = await counted((_, res) => res.writeHead(503).end());

      await rejectionAs(KakaoBusinessResponseError, kakao.userInfo(ACCESS_TOKEN));
      expect(requests).to.have.lengthOf(2);
    });

    it('is retried within the same timeout', async () => {
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
      respond: Parameters<typeof startHttpServer>[0],
    ][] = [
      ['a token request gets a 503', exchange, (_, res) => res.writeHead(503).end()],
      [
        'the response to a token request is cut off',
        exchange,
        (_, res) => {
          res.writeHead(200, { 'content-length': 90 }).write('{"access');
          setTimeout(() => res.destroy(), 20);
        },
      ],
      [
        'the response to a GET is cut off',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => {
          res.writeHead(200, { 'content-length': 90 }).write('{"email');
          setTimeout(() => res.destroy(), 20);
        },
      ],
      [
        'a GET gets a 403',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(403).end('{"msg":"x","code":-5}'),
      ],
      [
        'a GET exceeds the quota',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(400).end('{"msg":"x","code":-10}'),
      ],
      [
        'a GET gets a Retry-After',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(503, { 'retry-after': '30' }).end(),
      ],
      [
        'a GET gets a 408 with Retry-After',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.writeHead(408, { 'retry-after': '30' }).end(),
      ],
      [
        'the connection of a revocation drops',
        kakao => kakao.revoke(ACCESS_TOKEN),
        req => req.socket.destroy(),
      ],
      ['a revocation gets a 408', kakao => kakao.revoke(ACCESS_TOKEN), (_, res) => res.writeHead(408).end()],
      [
        'the response to a GET cannot be read',
        kakao => kakao.userInfo(ACCESS_TOKEN),
        (_, res) => res.end('<html>'),
      ],
    ];
    for (const [what, send, respond] of never) {
      it(`is not retried when ${what}`, async () => {
        const { requests, kakao } = await counted(respond);

        await rejectionAs(Error, send(kakao));
        expect(requests).to.have.lengthOf(1);
      });
    }
  });

  describe('with the fetch or agent option', () => {
    it("works with Node's fetch", async () => {
      server = await startHttpServer((req, res) =>
        req.url === '/moved' ? res.end('{}') : res.end('{"a":1}'),
      );

      expect(await client(server, { fetch: globalThis.fetch }).userInfo(ACCESS_TOKEN)).to.deep.equal({
        a: 1,
      });
    });

    it("is not redirected by Node's fetch", async () => {
      server = await startHttpServer((_, res) => res.writeHead(307, { location: '/moved' }).end());

      const error = await rejectionAs(
        KakaoBusinessResponseError,
        exchange(client(server, { fetch: globalThis.fetch })),
      );

      expect(error.httpStatus).to.equal(307);
    });

    it("is retried with Node's fetch when the connection drops", async () => {
      server = await startHttpServer((req, res, count) =>
        count === 1 ? req.socket.destroy() : res.end('{"a":1}'),
      );

      expect(await client(server, { fetch: globalThis.fetch }).userInfo(ACCESS_TOKEN)).to.deep.equal({
        a: 1,
      });
    });

    const NO_RESPONSE = 'something other than an HTTP response';
    const UNREADABLE = 'a body that cannot be read';
    const NO_BYTES = 'a body that is not bytes';
    const nonsense: [what: string, fetch: () => unknown, phrase: string][] = [
      ['undefined', async () => undefined, NO_RESPONSE],
      ['a string', async () => 'ok', NO_RESPONSE],
      ['no status', async () => ({ headers: new Headers(), body: null }), NO_RESPONSE],
      ['no headers', async () => ({ status: 200, body: null }), NO_RESPONSE],
      ['headers in an object', async () => ({ status: 200, headers: {}, body: null }), NO_RESPONSE],
      [
        'a hidden response',
        async () => ({ status: 0, headers: new Headers(), body: Readable.from([Buffer.from('{}')]) }),
        'an error without an error code',
      ],
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
      it(`fails when fetch resolves with ${what}`, async () => {
        server = await startHttpServer(() => {});
        const options = Object.assign({ timeout: 2000 }, { fetch });

        const error = await rejectionAs(
          KakaoBusinessResponseError,
          Reflect.apply(client, undefined, [server, options]).userInfo(ACCESS_TOKEN),
        );
        expect(error.message).to.include(`Kakao answered the userinfo request with ${phrase}`);
      });
    }

    it('accepts a response of fetch without a body', async () => {
      server = await startHttpServer(() => {});
      const fetch = async () => new Response(null, { status: 401 });

      await rejectionAs(KakaoBusinessApiError, client(server, { fetch }).userInfo(ACCESS_TOKEN));
    });

    it('gives fetch the agent only if there is one, and a signal that a response leaves alone', async () => {
      server = await startHttpServer(() => {});
      const inits: RequestInit[] = [];
      const fetch = async (_url: string, init: RequestInit) => {
        inits.push(init);
        return new Response('{}');
      };
      const agent = new Agent();

      await client(server, { fetch }).userInfo(ACCESS_TOKEN);
      await client(server, { fetch, agent }).userInfo(ACCESS_TOKEN);

      expect(inits[0]).not.to.have.property('agent');
      expect(inits[1]).to.have.property('agent', agent);
      expect(inits.map(({ signal }) => signal?.aborted)).to.deep.equal([false, false]);
    });

    it('fails when fetch has followed a redirect', async () => {
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
      it(`fails when fetch throws ${thrown instanceof Error ? 'an error' : thrown}`, async () => {
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

    it('goes through the agent', async () => {
      server = await startHttpServer((req, res) =>
        res.end(JSON.stringify({ connection: req.headers.connection })),
      );
      const agent = new Agent({ keepAlive: false });

      expect(await client(server, { agent }).userInfo(ACCESS_TOKEN)).to.deep.equal({ connection: 'close' });
      const urls: URL[] = [];
      const pick = (url: URL) => {
        urls.push(url);
        return agent;
      };
      expect(await client(server, { agent: pick }).userInfo(ACCESS_TOKEN)).to.deep.equal({
        connection: 'close',
      });
      expect(urls).to.deep.equal([new URL(server.endpoints.userInfoURL)]);
    });
  });

  it('fails with an API error on any 4xx', async () => {
    server = await startHttpServer((_, res) => res.writeHead(418).end('short and stout'));

    const error = await rejectionAs(KakaoBusinessApiError, exchange(client(server)));

    expect(error).to.include({ httpStatus: 418, errorCode: undefined });
  });

  describe('at its end', () => {
    const closed = (respond: (res: ServerResponse) => void) => {
      let settle = (_how: string) => {};
      const closing = new Promise<string>(resolve => {
        settle = resolve;
      });
      const started = startHttpServer((req, res) => {
        req.socket.on('close', () => settle('closed'));
        respond(res);
      });
      return { started, closing };
    };

    it('closes the connection of a response that is too long', async () => {
      const { started, closing } = closed(res => {
        res.write(' '.repeat(300 * 1024));
      });
      server = await started;

      await rejectionAs(KakaoBusinessResponseError, exchange(client(server)));
      expect(await Promise.race([closing, wait(5000, 'open')])).to.equal('closed');
    });

    it('closes the connection of a response that goes on after its body', async () => {
      const { started, closing } = closed(res => {
        res.writeHead(200, { 'content-encoding': 'deflate' }).write(deflateSync('{"a":1}'));
        const timer = setInterval(() => res.write('more'), 20);
        res.on('close', () => clearInterval(timer));
      });
      server = await started;

      expect(await client(server).userInfo(ACCESS_TOKEN)).to.deep.equal({ a: 1 });
      expect(await Promise.race([closing, wait(2000, 'open')])).to.equal('closed');
    });

    it('closes the connection when it times out', async () => {
      const { started, closing } = closed(() => {});
      server = await started;

      await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { timeout: 50 })));
      expect(await Promise.race([closing, wait(5000, 'open')])).to.equal('closed');
    });

    it('closes the connection even when nock hides it', async () => {
      nock.activate();
      try {
        const { started, closing } = closed(() => {});
        server = await started;

        await rejectionAs(KakaoBusinessNetworkError, exchange(client(server, { timeout: 50 })));
        expect(await Promise.race([closing, wait(5000, 'open')])).to.equal('closed');
      } finally {
        nock.restore();
      }
    });

    it('frees the connection for the next request, even after an invalid body', async () => {
      const connections = new Set<unknown>();
      server = await startHttpServer((req, res) => {
        connections.add(req.socket);
        res.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip at all');
      });

      for (let times = 0; times < 3; times++)
        await rejectionAs(KakaoBusinessResponseError, exchange(client(server)));

      expect(connections).to.have.property('size', 1);
    });

    it('leaves no timer running', async () => {
      server = await startHttpServer((_, res) => res.end('{}'));
      const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
      await client(server).userInfo(ACCESS_TOKEN);
      const before = timers();

      for (let times = 0; times < 5; times++) await client(server).userInfo(ACCESS_TOKEN);

      expect(timers()).to.equal(before);
    });
  });
});
