import { Agent, createServer as createTLSServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { ACCESS_TOKEN } from '../support/secrets.js';
import { freePort } from '../support/server.js';

/** The endpoints that Kakao answers a server at. */
export const ENDPOINTS = ['token', 'tokeninfo', 'userinfo', 'revoke'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/**
 * What a login, or a revocation, comes to: `ok`; a refusal (KakaoBusinessApiError); an answer of no use
 * (KakaoBusinessResponseError); no answer in time, or no connection (KakaoBusinessNetworkError); a `fail` of Passport.
 */
export type Ending = 'ok' | 'refused' | 'unreadable' | 'timeout' | 'unreachable' | 'fail';

/** Something that goes wrong at one endpoint, and what has to come of it there. */
export interface Fault {
  name: string;
  /** Answers a request, or does not, straight on its socket. */
  answer: (socket: Socket) => void;
  /** Or it is another server that is asked, or none; through this agent where there is one. */
  elsewhere?: () => Promise<{ url: string; agent?: Agent; close(): void }>;
  /** Sends far more than an answer needs: memory is judged after it, also in `npm test`. */
  floods?: true;
  /** One ending for all endpoints, or one for each; an endpoint that is left out is not asked. */
  ending: Ending | Partial<Record<Endpoint, Ending>>;
}

const http = (status: number | string, body: string | Buffer, headers: Record<string, string> = {}) => {
  const length = Buffer.byteLength(body);
  const lines = Object.entries({ 'content-length': String(length), connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`),
    Buffer.from(body),
  ]);
};
const says = (status: number, body: string | Buffer, headers?: Record<string, string>) => (socket: Socket) =>
  void socket.write(http(status, body, headers));
const HEADERS = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** Writes again and again until the other side has had enough. */
const keepWriting = (socket: Socket, chunk: string | Buffer, everyMilliseconds: number) => {
  const timer = setInterval(() => socket.write(chunk), everyMilliseconds);
  socket.on('close', () => clearInterval(timer));
};

/** A flood at the other side's pace: as much as it takes, 400 MB at most. */
const flood = (socket: Socket, filling = 'x') => {
  let bytes = 400_000_000;
  const chunk = Buffer.alloc(64 * 1024, filling);
  const pour = (): void => {
    while (bytes > 0 && !socket.destroyed) {
      bytes -= chunk.length;
      if (!socket.write(chunk)) return void socket.once('drain', pour);
    }
  };
  pour();
};

const bomb = gzipSync(Buffer.alloc(100_000_000, ' '));

/** What Kakao answers where nothing is wrong. */
export const GOOD = {
  token: JSON.stringify({ access_token: ACCESS_TOKEN, token_type: 'bearer', scope: 'biz_account_email' }),
  tokeninfo: JSON.stringify({ token_user_id: 4242, biz_agreements: [] }),
  userinfo: JSON.stringify({ email: 'owner@example.com' }),
  revoke: '{}',
} as const satisfies Record<Endpoint, string>;
export const answerWell = (endpoint: Endpoint) => says(200, GOOD[endpoint]);

// A revocation is done with any 2xx: what comes after the headers changes nothing.
const withBody = (ending: Ending) =>
  ({ token: ending, tokeninfo: ending, userinfo: ending, revoke: 'ok' }) as const;

const connection: Fault[] = [
  { name: 'never answers', answer: () => {}, ending: 'timeout' },
  {
    name: 'sends its headers, then nothing',
    answer: socket => socket.write(`${HEADERS}content-length: 9\r\n\r\n`),
    ending: withBody('timeout'),
  },
  {
    name: 'sends a byte of its headers every 100 ms',
    answer: socket =>
      keepWriting(
        socket.on('error', () => {}),
        'H',
        100,
      ),
    ending: 'unreadable',
  },
  {
    name: 'sends a header every 100 ms',
    answer: socket => {
      socket.write(HEADERS);
      keepWriting(socket, 'x: y\r\n', 100);
    },
    ending: 'timeout',
  },
  {
    name: 'sends a byte of its body every 100 ms',
    answer: socket => {
      socket.write(`${HEADERS}content-length: 99999\r\n\r\n`);
      keepWriting(socket, ' ', 100);
    },
    ending: withBody('timeout'),
  },
  {
    name: 'resets the connection before it answers',
    answer: socket => socket.resetAndDestroy(),
    ending: 'unreachable',
  },
  { name: 'closes the connection before it answers', answer: socket => socket.end(), ending: 'unreachable' },
  {
    name: 'breaks off in the status line',
    answer: socket => socket.end('HTTP/1.1 2'),
    ending: 'unreachable',
  },
  { name: 'breaks off in its headers', answer: socket => socket.end(HEADERS), ending: 'unreachable' },
  {
    name: 'resets the connection in its body',
    answer: socket =>
      socket.write(`${HEADERS}content-length: 99\r\n\r\n{"a`, () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      ),
    ending: withBody('unreachable'),
  },
  {
    name: 'ends short of its content-length',
    answer: socket => socket.end(`${HEADERS}content-length: 99\r\n\r\n{}`),
    ending: withBody('unreachable'),
  },
  {
    name: 'ends in a chunk',
    answer: socket => socket.end(`${HEADERS}transfer-encoding: chunked\r\n\r\n9\r\n{"a`),
    ending: withBody('unreachable'),
  },
  {
    name: 'floods with 400 MB',
    floods: true,
    answer: socket => {
      socket.write(`${HEADERS}\r\n`);
      flood(socket);
    },
    ending: withBody('unreadable'),
  },
  {
    name: 'floods with 400 MB of a header',
    floods: true,
    answer: socket => {
      socket.write(`${HEADERS}x: `);
      flood(socket);
    },
    ending: 'unreadable',
  },
  {
    name: 'floods with 400 MB of spaces in a header',
    floods: true,
    answer: socket => {
      socket.write(`${HEADERS}x: `);
      flood(socket, ' ');
    },
    ending: 'timeout',
  },
  {
    name: 'sends a gzip bomb',
    floods: true,
    answer: says(200, bomb, { 'content-encoding': 'gzip' }),
    ending: withBody('unreadable'),
  },
  {
    name: 'sends plain text as gzip',
    answer: says(200, '{}', { 'content-encoding': 'gzip' }),
    ending: withBody('unreadable'),
  },
  { name: 'is no HTTP', answer: socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), ending: 'unreadable' },
  {
    name: 'has two lengths that differ',
    answer: socket => socket.end(`${HEADERS}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
    ending: 'unreadable',
  },
];

const bodies: Fault[] = [
  ['HTML', '<!doctype html><title>점검 중</title>', 'unreadable'] as const,
  ['nothing', '', 'unreadable'] as const,
  ['half a JSON', `{"access_token":"${ACCESS_TOKEN}`, 'unreadable'] as const,
  ['null', 'null', 'unreadable'] as const,
  ['[]', '[]', 'unreadable'] as const,
  ['a string', '"ok"', 'unreadable'] as const,
  ['a number', '7', 'unreadable'] as const,
  ['100,000 levels of nesting', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'unreadable'] as const,
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x7b]), 'unreadable'] as const,
  ['a form, as node-oauth would accept', `access_token=${ACCESS_TOKEN}`, 'unreadable'] as const,
].map(([what, body, ending]) => ({
  name: `answers 200 with ${what}`,
  answer: says(200, body),
  ending: withBody(ending),
}));

const peculiar: Fault[] = [
  {
    name: 'answers 200 with {}',
    answer: says(200, '{}'),
    ending: { token: 'unreadable', tokeninfo: 'unreadable', userinfo: 'ok', revoke: 'ok' },
  },
  ...ENDPOINTS.map(
    (endpoint): Fault => ({
      name: `answers ${endpoint} with a byte order mark`,
      answer: says(200, `\uFEFF${GOOD[endpoint]}`),
      ending: { [endpoint]: 'ok' },
    }),
  ),
  ...ENDPOINTS.map(
    (endpoint): Fault => ({
      name: `answers ${endpoint} with __proto__ and constructor`,
      answer: says(
        200,
        GOOD[endpoint]
          .replace(/^{/, '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}')
          .replace(/}}(?=")/, '}},'),
      ),
      ending: { [endpoint]: 'ok' },
    }),
  ),
];

const redirects: Fault[] = [301, 302, 303, 307, 308].map(status => ({
  name: `redirects with ${status} to another host`,
  answer: says(status, GOOD.token, { location: 'http://127.0.0.2:9/stolen' }),
  ending: 'unreadable',
}));

const kauth = (code: string) =>
  JSON.stringify({ error: 'invalid_request', error_description: `about ${ACCESS_TOKEN}`, error_code: code });
const kapi = (code: number) => JSON.stringify({ msg: `about ${ACCESS_TOKEN}`, code });
const refusals: Fault[] = [400, 401, 403, 418, 429, 500, 503].flatMap(status => {
  const headers = status === 429 ? { 'retry-after': '30' } : {};
  const neither = status >= 500 ? 'unreadable' : 'refused';
  return [
    {
      name: `answers ${status} in the shape of kauth`,
      answer: says(status, kauth('KOE101'), headers),
      ending: 'refused' as const,
    },
    {
      name: `answers ${status} in the shape of kapi`,
      answer: says(status, kapi(-4), headers),
      ending: 'refused' as const,
    },
    { name: `answers ${status} in HTML`, answer: says(status, '<html>', headers), ending: neither as Ending },
  ];
});

const errorMembers: Fault[] = [
  { name: 'answers 408 each time', answer: says(408, ''), ending: 'refused' },
  {
    name: 'answers 200 with an error in it',
    answer: says(200, kauth('KOE310')),
    ending: withBody('refused'),
  },
  { name: 'answers 200 with a code of kapi in it', answer: says(200, kapi(-5)), ending: withBody('refused') },
  {
    name: 'answers 400 with error members of the wrong type',
    answer: says(400, '{"error":{"a":1},"error_code":["KOE320"],"error_description":7}'),
    ending: 'refused',
  },
  {
    name: 'answers 400 with a secret as its error',
    answer: says(400, JSON.stringify({ error: ACCESS_TOKEN, error_code: ACCESS_TOKEN })),
    ending: 'refused',
  },
  {
    name: 'answers 400 with 200 KB of description',
    answer: says(400, JSON.stringify({ error: 'invalid_request', error_description: 'x '.repeat(100_000) })),
    ending: 'refused',
  },
  {
    name: 'says that the code was used (KOE320)',
    answer: says(400, kauth('KOE320')),
    ending: { token: 'fail' },
  },
  {
    name: 'says that the email was not agreed to (-402)',
    answer: says(403, kapi(-402)),
    ending: { userinfo: 'ok', tokeninfo: 'refused' },
  },
];

const tokens: Fault[] = [
  ['a number', 7],
  ['an object', { token: ACCESS_TOKEN }],
  ['a list', [ACCESS_TOKEN]],
  ['an empty string', ''],
  ['a line break in it', `${ACCESS_TOKEN}\r\nx-injected: yes`],
  ['1 MB', 'x'.repeat(1_000_000)],
  ['100 KB', 'x'.repeat(100_000)],
  ['Korean in it', '토큰'],
  ['null', null],
].map(([what, access_token]) => ({
  name: `gives an access token that is, or has, ${what}`,
  answer: says(200, JSON.stringify({ access_token })),
  ending: { token: 'unreadable' },
}));

const ids: Fault[] = [
  ['null', 'null', 'unreadable'] as const,
  ['an empty string', '""', 'unreadable'] as const,
  ['negative', '-4242', 'unreadable'] as const,
  ['0', '0', 'unreadable'] as const,
  ['a fraction', '4242.5', 'unreadable'] as const,
  ['"undefined"', '"undefined"', 'unreadable'] as const,
  ['an object', '{"id":4242}', 'unreadable'] as const,
  ['true', 'true', 'unreadable'] as const,
  ['a string of digits', '"4242"', 'ok'] as const,
  ['beyond 2^53', '9223372036854775807', 'ok'] as const,
].map(([what, id, ending]) => ({
  name: `gives an ID that is ${what}`,
  answer: says(200, `{"token_user_id":${id}}`),
  ending: { tokeninfo: ending },
}));

const korean: Fault = {
  name: 'cuts Korean text between two packets',
  answer: socket => {
    const bytes = http(200, '{"email":"대표@example.com","name":"카카오"}');
    const cut = bytes.indexOf('대') + 1;
    socket.write(bytes.subarray(0, cut));
    setTimeout(() => socket.write(bytes.subarray(cut)), 20);
  },
  ending: { userinfo: 'ok' },
};

const unreachable: Fault[] = [
  {
    name: 'refuses the connection',
    elsewhere: async () => ({ url: `http://127.0.0.1:${await freePort()}/`, close: () => {} }),
  },
  {
    name: 'has a name that does not resolve',
    elsewhere: async () => ({
      url: 'https://kakao.invalid/',
      agent: new Agent({
        lookup: (_hostname, _options, done) =>
          done(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), ''),
      }),
      close: () => {},
    }),
  },
  {
    name: 'has a certificate that nobody signed',
    elsewhere: async () => {
      const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
      const server = createTLSServer({ key, cert }, (_req, res) => res.end(GOOD.token));
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return { url: `https://127.0.0.1:${port}/`, close: () => server.close() };
    },
  },
].map(fault => ({ answer: () => {}, ending: 'unreachable', ...fault }));

/** Everything that is known to go wrong between a server and a provider. */
export const FAULTS: readonly Fault[] = [
  ...connection,
  ...bodies,
  ...peculiar,
  ...redirects,
  ...refusals,
  ...errorMembers,
  ...tokens,
  ...ids,
  korean,
  ...unreachable,
];
