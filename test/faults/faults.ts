import { Agent, createServer as createTLSServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { ACCESS_TOKEN } from '../support/secrets.js';
import { freePort } from '../support/server.js';

/** Kakao's endpoints for servers. */
export const ENDPOINTS = ['token', 'tokeninfo', 'userinfo', 'revoke', 'moment', 'keywordAd'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/**
 * How a login or a revocation ends: `ok`; an API error (KakaoBusinessApiError); an invalid response
 * (KakaoBusinessResponseError); a timeout or no connection (KakaoBusinessNetworkError); a `fail` of Passport.
 */
export type Ending = 'ok' | 'refused' | 'unreadable' | 'timeout' | 'unreachable' | 'fail';

/** A fault of one endpoint, and the expected ending there. */
export interface Fault {
  name: string;
  /** The name in Korean. */
  ko: string;
  /** Responds to a request, or does not, directly on its socket. */
  respond: (socket: Socket) => void;
  /** Replaces the server by another one, or by none, perhaps with an agent to reach it. */
  elsewhere?: () => Promise<{ url: string; agent?: Agent; close(): void }>;
  /** Sends far more than a normal response: memory is checked after it, even in `npm test`. */
  floods?: true;
  /** One ending for all endpoints, or one for each; endpoints left out are not tested. */
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
const sends = (status: number, body: string | Buffer, headers?: Record<string, string>) => (socket: Socket) =>
  void socket.write(http(status, body, headers));
const HEADERS = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** Writes at intervals until the other side closes the connection. */
const keepWriting = (socket: Socket, chunk: string | Buffer, everyMilliseconds: number) => {
  const timer = setInterval(() => socket.write(chunk), everyMilliseconds);
  socket.on('close', () => clearInterval(timer));
};

/** Sends as fast as the other side reads, at most 400 MB. */
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

/** The bodies of Kakao's responses without a fault. */
export const GOOD = {
  token: JSON.stringify({ access_token: ACCESS_TOKEN, token_type: 'bearer', scope: 'biz_account_email' }),
  tokeninfo: JSON.stringify({ token_user_id: 4242, biz_agreements: [] }),
  userinfo: JSON.stringify({ email: 'owner@example.com' }),
  revoke: '{}',
  moment: JSON.stringify({ content: [{ id: 11, name: '캠페인' }] }),
  keywordAd: JSON.stringify([{ id: 12, name: '캠페인' }]),
} as const satisfies Record<Endpoint, string>;

// A revocation succeeds on any 2xx: the body is ignored.
const withBody = (ending: Ending) =>
  ({
    token: ending,
    tokeninfo: ending,
    userinfo: ending,
    revoke: 'ok',
    moment: ending,
    keywordAd: ending,
  }) as const;

const ofAds = (ending: Ending) => ({ moment: ending, keywordAd: ending }) as const;

const connection: Fault[] = [
  { name: 'sends no response', ko: '응답을 보내지 않음', respond: () => {}, ending: 'timeout' },
  {
    name: 'sends headers, then nothing',
    ko: '헤더만 보내고 멈춤',
    respond: socket => socket.write(`${HEADERS}content-length: 9\r\n\r\n`),
    ending: withBody('timeout'),
  },
  {
    name: 'sends a byte of the headers every 100 ms',
    ko: '헤더를 100 ms마다 1바이트씩 보냄',
    respond: socket =>
      keepWriting(
        socket.on('error', () => {}),
        'H',
        100,
      ),
    ending: 'unreadable',
  },
  {
    name: 'sends a header every 100 ms',
    ko: '헤더를 100 ms마다 하나씩 보냄',
    respond: socket => {
      socket.write(HEADERS);
      keepWriting(socket, 'x: y\r\n', 100);
    },
    ending: 'timeout',
  },
  {
    name: 'sends a byte of the body every 100 ms',
    ko: '본문을 100 ms마다 1바이트씩 보냄',
    respond: socket => {
      socket.write(`${HEADERS}content-length: 99999\r\n\r\n`);
      keepWriting(socket, ' ', 100);
    },
    ending: withBody('timeout'),
  },
  {
    name: 'resets the connection before a response',
    ko: '응답 전에 연결을 재설정(RST)함',
    respond: socket => socket.resetAndDestroy(),
    ending: 'unreachable',
  },
  {
    name: 'closes the connection before a response',
    ko: '응답 전에 연결을 닫음',
    respond: socket => socket.end(),
    ending: 'unreachable',
  },
  {
    name: 'closes the connection in the status line',
    ko: '상태 줄 중간에 연결을 닫음',
    respond: socket => socket.end('HTTP/1.1 2'),
    ending: 'unreachable',
  },
  {
    name: 'closes the connection in the headers',
    ko: '헤더 중간에 연결을 닫음',
    respond: socket => socket.end(HEADERS),
    ending: 'unreachable',
  },
  {
    name: 'resets the connection in the body',
    ko: '본문 중간에 연결을 재설정(RST)함',
    respond: socket =>
      socket.write(`${HEADERS}content-length: 99\r\n\r\n{"a`, () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      ),
    ending: withBody('unreachable'),
  },
  {
    name: 'sends less than its content-length',
    ko: 'content-length보다 적게 보냄',
    respond: socket => socket.end(`${HEADERS}content-length: 99\r\n\r\n{}`),
    ending: withBody('unreachable'),
  },
  {
    name: 'closes the connection in a chunk',
    ko: '청크 중간에 연결을 닫음',
    respond: socket => socket.end(`${HEADERS}transfer-encoding: chunked\r\n\r\n9\r\n{"a`),
    ending: withBody('unreachable'),
  },
  {
    name: 'sends a body of 400 MB',
    ko: '400 MB 본문을 보냄',
    floods: true,
    respond: socket => {
      socket.write(`${HEADERS}\r\n`);
      flood(socket);
    },
    ending: withBody('unreadable'),
  },
  {
    name: 'sends a header of 400 MB',
    ko: '400 MB 헤더를 보냄',
    floods: true,
    respond: socket => {
      socket.write(`${HEADERS}x: `);
      flood(socket);
    },
    ending: 'unreadable',
  },
  {
    name: 'sends a header of 400 MB of spaces',
    ko: '공백 400 MB로 된 헤더를 보냄',
    floods: true,
    respond: socket => {
      socket.write(`${HEADERS}x: `);
      flood(socket, ' ');
    },
    ending: 'timeout',
  },
  {
    name: 'sends a gzip bomb',
    ko: 'gzip 폭탄을 보냄',
    floods: true,
    respond: sends(200, bomb, { 'content-encoding': 'gzip' }),
    ending: withBody('unreadable'),
  },
  {
    name: 'sends plain text as gzip',
    ko: '일반 텍스트를 gzip이라며 보냄',
    respond: sends(200, '{}', { 'content-encoding': 'gzip' }),
    ending: withBody('unreadable'),
  },
  {
    name: 'does not send HTTP',
    ko: 'HTTP가 아닌 데이터를 보냄',
    respond: socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    ending: 'unreadable',
  },
  {
    name: 'sends two different lengths',
    ko: 'content-length를 서로 다르게 두 번 보냄',
    respond: socket => socket.end(`${HEADERS}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
    ending: 'unreadable',
  },
];

const bodies: Fault[] = [
  ['HTML', 'HTML을', '<!doctype html><title>점검 중</title>', 'unreadable'] as const,
  [
    'half of a JSON object',
    '중간에 잘린 JSON 객체를',
    `{"access_token":"${ACCESS_TOKEN}`,
    'unreadable',
  ] as const,
  [
    '100,000 levels of nesting',
    '100,000단계로 중첩된 JSON을',
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    'unreadable',
  ] as const,
  [
    'bytes that are not UTF-8',
    'UTF-8이 아닌 바이트를',
    Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
    'unreadable',
  ] as const,
  [
    'a form, which node-oauth would accept',
    'node-oauth라면 받아들일 폼 형식 데이터를',
    `access_token=${ACCESS_TOKEN}`,
    'unreadable',
  ] as const,
].map(([what, ko, body, ending]) => ({
  name: `sends 200 with ${what}`,
  ko: `200 응답으로 ${ko} 보냄`,
  respond: sends(200, body),
  ending: withBody(ending),
}));

// An ad API may respond with any JSON, or with an empty body.
const values: Fault[] = [
  ['no body', '빈 본문을', ''],
  ['null', 'null을', 'null'],
  ['a list', '배열을', '[]'],
  ['a string', '문자열을', '"ok"'],
  ['a number', '숫자를', '7'],
].map(([what, ko, body = '']) => ({
  name: `sends 200 with ${what}`,
  ko: `200 응답으로 ${ko} 보냄`,
  respond: sends(200, body),
  ending: { ...withBody('unreadable'), ...ofAds('ok') },
}));

const peculiar: Fault[] = [
  {
    name: 'sends 200 with {}',
    ko: '200 응답으로 {}를 보냄',
    respond: sends(200, '{}'),
    ending: { ...withBody('unreadable'), userinfo: 'ok', ...ofAds('ok') },
  },
  ...ENDPOINTS.map(
    (endpoint): Fault => ({
      name: `sends a byte order mark from ${endpoint}`,
      ko: `${endpoint}에서 BOM을 붙여 보냄`,
      respond: sends(200, `\uFEFF${GOOD[endpoint]}`),
      ending: { [endpoint]: 'ok' },
    }),
  ),
  ...ENDPOINTS.map(
    (endpoint): Fault => ({
      name: `sends __proto__ and constructor from ${endpoint}`,
      ko: `${endpoint}에서 __proto__와 constructor를 보냄`,
      respond: sends(
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
  ko: `다른 호스트로 리다이렉트함(${status})`,
  respond: sends(status, GOOD.token, { location: 'http://127.0.0.2:9/stolen' }),
  ending: 'unreadable',
}));

const kauth = (code: string) =>
  JSON.stringify({ error: 'invalid_request', error_description: `about ${ACCESS_TOKEN}`, error_code: code });
const kapi = (code: number) => JSON.stringify({ msg: `about ${ACCESS_TOKEN}`, code });
const adError = JSON.stringify({
  msg: 'KakaoMomentException',
  code: -813,
  extras: { detailCode: ACCESS_TOKEN, detailMsg: `about ${ACCESS_TOKEN}` },
});
const errors: Fault[] = [400, 401, 403, 418, 429, 500, 503].flatMap(status => {
  const headers = status === 429 ? { 'retry-after': '30' } : {};
  const withoutCode = status >= 500 ? 'unreadable' : 'refused';
  return [
    {
      name: `sends ${status} with a kauth error`,
      ko: `${status} 응답으로 kauth 오류를 보냄`,
      respond: sends(status, kauth('KOE101'), headers),
      ending: 'refused' as const,
    },
    {
      name: `sends ${status} with a kapi error`,
      ko: `${status} 응답으로 kapi 오류를 보냄`,
      respond: sends(status, kapi(-4), headers),
      ending: 'refused' as const,
    },
    {
      name: `sends ${status} with HTML`,
      ko: `${status} 응답으로 HTML을 보냄`,
      respond: sends(status, '<html>', headers),
      ending: withoutCode as Ending,
    },
  ];
});

const errorMembers: Fault[] = [
  { name: 'sends 408 twice', ko: '408 응답을 두 번 보냄', respond: sends(408, ''), ending: 'refused' },
  {
    name: 'sends 200 with a kauth error',
    ko: '200 응답으로 kauth 오류를 보냄',
    respond: sends(200, kauth('KOE310')),
    ending: withBody('refused'),
  },
  {
    name: 'sends 200 with a kapi error',
    ko: '200 응답으로 kapi 오류를 보냄',
    respond: sends(200, kapi(-5)),
    ending: withBody('refused'),
  },
  {
    name: 'sends 400 with error members of the wrong type',
    ko: '400 응답으로 타입이 잘못된 오류 필드를 보냄',
    respond: sends(400, '{"error":{"a":1},"error_code":["KOE320"],"error_description":7}'),
    ending: 'refused',
  },
  {
    name: 'sends 400 with a secret as its error',
    ko: '400 응답으로 시크릿이 든 오류를 보냄',
    respond: sends(400, JSON.stringify({ error: ACCESS_TOKEN, error_code: ACCESS_TOKEN })),
    ending: 'refused',
  },
  {
    name: 'sends 400 with a description of 200 KB',
    ko: '400 응답으로 200 KB짜리 오류 설명을 보냄',
    respond: sends(
      400,
      JSON.stringify({ error: 'invalid_request', error_description: 'x '.repeat(100_000) }),
    ),
    ending: 'refused',
  },
  {
    name: 'reports a used code (KOE320)',
    ko: '이미 사용된 인가 코드라고 응답함(KOE320)',
    respond: sends(400, kauth('KOE320')),
    ending: { token: 'fail' },
  },
  {
    name: 'reports missing consent to the email (-402)',
    ko: '이메일 동의가 없다고 응답함(-402)',
    respond: sends(403, kapi(-402)),
    ending: { userinfo: 'ok', tokeninfo: 'refused' },
  },
  {
    name: 'reports a missing consent item (-402)',
    ko: '동의항목이 없다고 응답함(-402)',
    respond: sends(403, kapi(-402)),
    ending: ofAds('refused'),
  },
  {
    name: 'reports a refusal with details (-813)',
    ko: '상세 코드와 함께 거부함(-813)',
    respond: sends(400, adError),
    ending: ofAds('refused'),
  },
  {
    name: 'reports a used-up quota (-10)',
    ko: '쿼터를 초과했다고 응답함(-10)',
    respond: sends(400, kapi(-10)),
    ending: ofAds('refused'),
  },
];

const reports: Fault[] = [
  {
    name: 'sends 8 MiB',
    ko: '8 MiB를 보냄',
    respond: sends(200, `["${' '.repeat(8 * 1024 * 1024 - 4)}"]`),
    ending: { ...withBody('unreadable'), ...ofAds('ok') },
  },
  {
    name: 'sends more than 8 MiB',
    ko: '8 MiB 넘게 보냄',
    floods: true,
    respond: sends(200, `["${' '.repeat(8 * 1024 * 1024)}"]`),
    ending: withBody('unreadable'),
  },
  {
    name: 'sends 1 MB of escapes and long numbers',
    ko: '이스케이프와 긴 숫자 1 MB를 보냄',
    respond: sends(200, `{"a":"${'\\"'.repeat(250_000)}","ids":[${'9223372036854775807,'.repeat(25_000)}1]}`),
    ending: { ...withBody('unreadable'), ...ofAds('ok') },
  },
];

const tokens: Fault[] = [
  ['that is a number', '숫자인', 7],
  ['that is an object', '객체인', { token: ACCESS_TOKEN }],
  ['that is a list', '배열인', [ACCESS_TOKEN]],
  ['that is empty', '비어 있는', ''],
  ['with a line break', '줄바꿈이 든', `${ACCESS_TOKEN}\r\nx-injected: yes`],
  ['of 1 MB', '1 MB 크기의', 'x'.repeat(1_000_000)],
  ['of 100 KB', '100 KB 크기의', 'x'.repeat(100_000)],
  ['in Korean', '한글로 된', '토큰'],
  ['that is null', 'null인', null],
].map(([what, ko, access_token]) => ({
  name: `sends an access token ${what}`,
  ko: `${ko} 액세스 토큰을 보냄`,
  respond: sends(200, JSON.stringify({ access_token })),
  ending: { token: 'unreadable' },
}));

const ids: Fault[] = [
  ['null', 'null인', 'null', 'unreadable'] as const,
  ['an empty string', '빈 문자열인', '""', 'unreadable'] as const,
  ['negative', '음수인', '-4242', 'unreadable'] as const,
  ['0', '0인', '0', 'unreadable'] as const,
  ['a fraction', '소수점이 있는', '4242.5', 'unreadable'] as const,
  ['"undefined"', '"undefined"인', '"undefined"', 'unreadable'] as const,
  ['an object', '객체인', '{"id":4242}', 'unreadable'] as const,
  ['true', 'true인', 'true', 'unreadable'] as const,
  ['a string of digits', '숫자로 된 문자열인', '"4242"', 'ok'] as const,
  ['larger than 2^53', '2^53보다 큰', '9223372036854775807', 'ok'] as const,
].map(([what, ko, id, ending]) => ({
  name: `sends an ID that is ${what}`,
  ko: `${ko} ID를 보냄`,
  respond: sends(200, `{"token_user_id":${id}}`),
  ending: { tokeninfo: ending },
}));

const korean: Fault = {
  name: 'splits a Korean character across two packets',
  ko: '한글 한 글자를 두 패킷에 나누어 보냄',
  respond: socket => {
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
    ko: '연결을 거부함',
    elsewhere: async () => ({ url: `http://127.0.0.1:${await freePort()}/`, close: () => {} }),
  },
  {
    name: 'has an unknown host name',
    ko: '호스트 이름을 찾을 수 없음',
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
    name: 'has a self-signed certificate',
    ko: '자체 서명 인증서를 씀',
    elsewhere: async () => {
      const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
      const server = createTLSServer({ key, cert }, (_req, res) => res.end(GOOD.token));
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return { url: `https://127.0.0.1:${port}/`, close: () => server.close() };
    },
  },
].map(fault => ({ respond: () => {}, ending: 'unreachable', ...fault }));

/** All known faults between a server and a provider. */
export const FAULTS: readonly Fault[] = [
  ...connection,
  ...bodies,
  ...values,
  ...peculiar,
  ...redirects,
  ...errors,
  ...errorMembers,
  ...reports,
  ...tokens,
  ...ids,
  korean,
  ...unreachable,
];
