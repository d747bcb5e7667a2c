import { expect } from 'chai';
import { parseJSON } from '../../lib/kakao/json.js';

describe('parseJSON', () => {
  const table: [what: string, json: string, value: unknown][] = [
    ['the largest safe integer as a number', '{"id":9007199254740991}', { id: 9007199254740991 }],
    ['an unsafe integer as a string', '{"id":9007199254740993}', { id: '9007199254740993' }],
    ['a negative unsafe integer as a string', '{"id":-9223372036854775808}', { id: '-9223372036854775808' }],
    ['an unsafe integer in a list', '[18446744073709551615, 1]', ['18446744073709551615', 1]],
    ['an unsafe integer alone', '12345678901234567890', '12345678901234567890'],
    ['digits in a string', '{"text":"id: 12345678901234567890"}', { text: 'id: 12345678901234567890' }],
    [
      'digits after an escaped quote',
      '{"quote":"\\"12345678901234567890","id":12345678901234567890}',
      { quote: '"12345678901234567890', id: '12345678901234567890' },
    ],
    ['digits in a name', '{"12345678901234567890":true}', { '12345678901234567890': true }],
    ['a long fraction as a number', '{"rate":0.12345678901234567890}', { rate: 0.12345678901234568 }],
    ['a large exponent as a number', '{"huge":12345678901234567890e2}', { huge: 1.2345678901234568e21 }],
    [
      'a fraction that would round to an integer',
      '{"id":1234567890.0000000001}',
      { id: '1234567890.0000000001' },
    ],
    ['a fraction that would round to 1', '{"id":0.99999999999999999}', { id: '0.99999999999999999' }],
    [
      'integers written as fractions',
      '{"ids":[1.0,1e3,1E+3,10e-1]}',
      { ids: ['1.0', '1e3', '1E+3', '10e-1'] },
    ],
    [
      'fractions, and zero, as numbers',
      '{"rates":[0.5,0.0,-1.0,2.5e1,1.5e-9]}',
      { rates: [0.5, 0, -1, '2.5e1', 1.5e-9] },
    ],
    ['a fraction in a string', '{"text":"1.0 \\" 1e3"}', { text: '1.0 " 1e3' }],
    ['digits after Korean text', '{"이름":"카카오 12345678901234567"}', { 이름: '카카오 12345678901234567' }],
    ['null', 'null', null],
  ];
  for (const [what, json, value] of table) {
    it(`reads ${what}`, () => {
      expect(parseJSON(json)).to.deep.equal(value);
    });
  }

  const values: [what: string, json: string, value: unknown][] = [
    ['amounts as numbers', '{"cost":100.0,"rates":[1e3,0.5,2.5e1]}', { cost: 100, rates: [1000, 0.5, 25] }],
    [
      'an ID as a string beside them',
      '{"id":9223372036854775807,"cost":100.0}',
      { id: '9223372036854775807', cost: 100 },
    ],
    [
      'only unsafe integers as strings',
      '[-9007199254740993,9007199254740991]',
      ['-9007199254740993', 9007199254740991],
    ],
    ['a long fraction as a number', '{"rate":0.12345678901234567890}', { rate: 0.12345678901234568 }],
    ['a large amount as a number', '{"cost":1234567890123456789.5}', { cost: 1234567890123456800 }],
    ['digits in a string', '{"text":"1.0 \\" 12345678901234567"}', { text: '1.0 " 12345678901234567' }],
    [
      'digits after an escaped backslash',
      '{"text":"\\\\","id":12345678901234567}',
      { text: '\\', id: '12345678901234567' },
    ],
    ['an unsafe integer alone as a string', '12345678901234567', '12345678901234567'],
  ];
  for (const [what, json, value] of values) {
    it(`reads ${what} in a report`, () => {
      expect(parseJSON(json, 'values')).to.deep.equal(value);
    });
  }

  it('reads a string of 8 MB with escapes', () => {
    const text = '"'.repeat(4_000_000);

    expect(parseJSON(`[${JSON.stringify(text)},12345678901234567]`, 'values')).to.deep.equal([
      text,
      '12345678901234567',
    ]);
  });

  it('drops __proto__ at every depth, escaped or not', () => {
    const read = parseJSON(
      '{"__proto__":{"admin":true},"list":[{"\\u005f_proto__":{"admin":true}}],"constructor":1}',
    );

    expect(read).to.deep.equal({ list: [{}], constructor: 1 });
    expect(Object.assign({}, read)).not.to.have.property('admin');
  });

  it('quickly reads 256 KB of numbers that JSON.parse would round', () => {
    const started = process.cpuUsage();

    expect(parseJSON(`[${'1.0,'.repeat(60_000)}1${'0'.repeat(20_000)}.0]`)).to.have.lengthOf(60_001);
    expect(process.cpuUsage(started).user).to.be.below(1_000_000);
  });

  it('refuses JSON that nests too deeply', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

    expect(() => parseJSON(nested(64))).not.to.throw();
    expect(() => parseJSON(nested(66))).to.throw(SyntaxError, 'JSON nests too deeply');
    expect(() => parseJSON(nested(100_000))).to.throw(SyntaxError);
  });

  for (const text of ['', '{', '{"a":}', 'undefined', '{12345678901234567890:1}', '01234567890123456789']) {
    it(`refuses ${JSON.stringify(text)} as invalid JSON`, () => {
      expect(() => parseJSON(text)).to.throw(SyntaxError);
    });
  }
});
