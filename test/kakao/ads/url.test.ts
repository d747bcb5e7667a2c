import { expect } from 'chai';
import { toAdURL } from '../../../lib/kakao/ads/url.js';

const ROOT = 'https://apis.moment.kakao.com';

describe('toAdURL', () => {
  const urls: [what: string, args: Parameters<typeof toAdURL>, url: string][] = [
    ['a path', [ROOT, '/openapi/v4/campaigns'], `${ROOT}/openapi/v4/campaigns`],
    ['a path to a root with a slash', [`${ROOT}/`, '/a'], `${ROOT}/a`],
    ['a path to a root with a path', ['http://127.0.0.1:1/moment/', '/a'], 'http://127.0.0.1:1/moment/a'],
    ['a query', [ROOT, '/a', { size: 50, name: '가 나' }], `${ROOT}/a?size=50&name=%EA%B0%80+%EB%82%98`],
    [
      'a query after that of the path, which stays',
      [ROOT, '/a?x=1%202&y', { x: 2 }],
      `${ROOT}/a?x=1%202&y&x=2`,
    ],
    ['the query of the path alone', [ROOT, '/a?x=1', {}], `${ROOT}/a?x=1`],
    ['a list as a repeated name', [ROOT, '/a', { config: ['ON', 'OFF'] }], `${ROOT}/a?config=ON&config=OFF`],
    ['no name for an empty list or undefined', [ROOT, '/a', { b: [], c: undefined }], `${ROOT}/a`],
    [
      'a bigint with all digits',
      [ROOT, '/a', { id: 9223372036854775807n }],
      `${ROOT}/a?id=9223372036854775807`,
    ],
    ['a string as it is', [ROOT, '/a', { id: '9223372036854775807' }], `${ROOT}/a?id=9223372036854775807`],
    [
      'booleans, zero and fractions',
      [ROOT, '/a', { b: false, c: 0, d: -0.5 }],
      `${ROOT}/a?b=false&c=0&d=-0.5`,
    ],
    ['commas in a value', [ROOT, '/a', { config: 'ON,OFF' }], `${ROOT}/a?config=ON%2COFF`],
    ['what looks like a separator in a value', [ROOT, '/a', { b: 'x&c=1#d' }], `${ROOT}/a?b=x%26c%3D1%23d`],
    ['dots in a name', [ROOT, '/a/..b/c../.../d.e'], `${ROOT}/a/..b/c../.../d.e`],
    ['dots in a query', [ROOT, '/a?b=/../c'], `${ROOT}/a?b=/../c`],
    ['two slashes within a path', [ROOT, '/a//b'], `${ROOT}/a//b`],
    ['an @ in a path', [ROOT, '/@evil.example.com/'], `${ROOT}/@evil.example.com/`],
    ['Korean in a path', [ROOT, '/가'], `${ROOT}/%EA%B0%80`],
  ];
  for (const [what, args, url] of urls) {
    it(`writes ${what}`, () => {
      expect(toAdURL(...args)).to.equal(url);
    });
  }

  const elsewhere = [
    '',
    'openapi',
    ' /a',
    '//evil.example.com/a',
    '///evil.example.com',
    '/\\evil.example.com',
    '\\\\evil.example.com',
    '/a\\b',
    '/\t/evil.example.com',
    '/\n/evil.example.com',
    '/a\r\nb',
    '/a b',
    '/a ',
    '/a\u0000',
    '/a\u2028',
    'https://evil.example.com/a',
    'https:evil.example.com',
    '@evil.example.com/a',
    ':443@evil.example.com/',
    '.evil.example.com/a',
    '?a=1',
    '#a',
    '/a#b',
    '/..//x',
    '/a/..',
    '/a/../b',
    '/a/./b',
    '/.',
    '/..?b',
    '/%2e%2E/b',
    '/a/.%2e/b',
    '/a/%2e',
    undefined,
    null,
    7,
    ['/a'],
    new URL('https://evil.example.com/'),
  ];
  for (const path of elsewhere) {
    it(`refuses ${JSON.stringify(path)} as a path`, () => {
      expect(() => Reflect.apply(toAdURL, undefined, [ROOT, path])).to.throw(
        TypeError,
        "KakaoBusinessClient: a path starts with one slash, '/openapi/v4/campaigns', and has no white space, backslash, fragment, '.' or '..'",
      );
    });
  }

  const ROUNDED =
    'KakaoBusinessClient: the query parameter id has a number that is rounded or not finite; write IDs as bigints or strings';
  const NO_TEXT =
    'KakaoBusinessClient: the query parameter id must be a string, number, bigint or boolean, or a list of them';
  const NO_OBJECT = 'KakaoBusinessClient: the query option must be an object';
  const queries: [what: string, query: unknown, message: string][] = [
    ['an ID that is rounded', { id: 2 ** 53 }, ROUNDED],
    ['an ID that is rounded, in a list', { id: [1, -(2 ** 60)] }, ROUNDED],
    ['NaN', { id: Number.NaN }, ROUNDED],
    ['Infinity', { id: Number.POSITIVE_INFINITY }, ROUNDED],
    ['null', { id: null }, NO_TEXT],
    ['an object', { id: { a: 1 } }, NO_TEXT],
    ['a date', { id: new Date(0) }, NO_TEXT],
    ['a list in a list', { id: [['a']] }, NO_TEXT],
    ['a string in place of the query', 'id=1', NO_OBJECT],
    ['null in place of the query', null, NO_OBJECT],
    ['a list in place of the query', [['id', '1']], NO_OBJECT],
  ];
  for (const [what, query, message] of queries) {
    it(`refuses ${what}`, () => {
      expect(() => Reflect.apply(toAdURL, undefined, [ROOT, '/a', query])).to.throw(TypeError, message);
    });
  }
});
