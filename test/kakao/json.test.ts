import { expect } from 'chai';
import { parseJSON } from '../../lib/kakao/json.js';

describe('parseJSON', () => {
  const table: [json: string, value: unknown][] = [
    ['{"id":9007199254740991}', { id: 9007199254740991 }],
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['{"id":-9223372036854775808}', { id: '-9223372036854775808' }],
    ['[18446744073709551615, 1]', ['18446744073709551615', 1]],
    ['12345678901234567890', '12345678901234567890'],
    ['{"text":"id: 12345678901234567890"}', { text: 'id: 12345678901234567890' }],
    [
      '{"quote":"\\"12345678901234567890","id":12345678901234567890}',
      { quote: '"12345678901234567890', id: '12345678901234567890' },
    ],
    ['{"12345678901234567890":true}', { '12345678901234567890': true }],
    ['{"rate":0.12345678901234567890}', { rate: 0.12345678901234568 }],
    ['{"huge":12345678901234567890e2}', { huge: 1.2345678901234568e21 }],
    ['{"id":1234567890.0000000001}', { id: '1234567890.0000000001' }],
    ['{"id":0.99999999999999999}', { id: '0.99999999999999999' }],
    ['{"ids":[1.0,1e3,1E+3,10e-1]}', { ids: ['1.0', '1e3', '1E+3', '10e-1'] }],
    ['{"rates":[0.5,0.0,-1.0,2.5e1,1.5e-9]}', { rates: [0.5, 0, -1, '2.5e1', 1.5e-9] }],
    ['{"text":"1.0 \\" 1e3"}', { text: '1.0 " 1e3' }],
    ['{"이름":"카카오 12345678901234567"}', { 이름: '카카오 12345678901234567' }],
    ['null', null],
  ];
  for (const [json, value] of table) {
    it(`reads ${json} exactly`, () => {
      expect(parseJSON(json)).to.deep.equal(value);
    });
  }

  it('leaves __proto__ out, at every depth, however it is written', () => {
    const read = parseJSON(
      '{"__proto__":{"admin":true},"list":[{"\\u005f_proto__":{"admin":true}}],"constructor":1}',
    );

    expect(read).to.deep.equal({ list: [{}], constructor: 1 });
    expect(Object.assign({}, read)).not.to.have.property('admin');
  });

  it('takes no time over 256 KB of numbers that JSON.parse would round', () => {
    const started = process.cpuUsage();

    expect(parseJSON(`[${'1.0,'.repeat(60_000)}1${'0'.repeat(20_000)}.0]`)).to.have.lengthOf(60_001);
    expect(process.cpuUsage(started).user).to.be.below(1_000_000);
  });

  it('refuses what nests deeper than anyone needs', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

    expect(() => parseJSON(nested(64))).not.to.throw();
    expect(() => parseJSON(nested(66))).to.throw(SyntaxError, 'JSON nests too deeply');
    expect(() => parseJSON(nested(100_000))).to.throw(SyntaxError);
  });

  for (const text of ['', '{', '{"a":}', 'undefined', '{12345678901234567890:1}', '01234567890123456789']) {
    it(`refuses ${JSON.stringify(text)}, which is no JSON`, () => {
      expect(() => parseJSON(text)).to.throw(SyntaxError);
    });
  }
});
