import { expect } from 'chai';
import { toJSONText } from '../../../lib/kakao/ads/json-text.js';

describe('toJSONText', () => {
  const texts: [what: string, value: unknown, text: string][] = [
    ['a bigint as a number with all digits', { id: 9223372036854775807n }, '{"id":9223372036854775807}'],
    ['a negative bigint', [-9223372036854775808n, 0n], '[-9223372036854775808,0]'],
    ['a bigint alone', 12345678901234567890n, '12345678901234567890'],
    ['bigints at every depth', { a: [{ b: 1n }, [2n]] }, '{"a":[{"b":1},[2]]}'],
    [
      'strings of digits as strings',
      { id: '9223372036854775807', n: 1n },
      '{"id":"9223372036854775807","n":1}',
    ],
    ['what else JSON has', { a: [1, -0.5, true, null, '"\\가'] }, '{"a":[1,-0.5,true,null,"\\"\\\\가"]}'],
    ['undefined members not at all', { a: undefined, b: 1 }, '{"b":1}'],
    ['objects by their toJSON', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['a bigint that toJSON returns', { toJSON: () => 7n }, '7'],
    ['false, zero and the empty string', [false, 0, ''], '[false,0,""]'],
  ];
  for (const [what, value, text] of texts) {
    it(`writes ${what}`, () => {
      expect(toJSONText(value)).to.equal(text);
    });
  }

  it('writes a bigint as a number even if BigInt.prototype has a toJSON', () => {
    Object.defineProperty(BigInt.prototype, 'toJSON', {
      configurable: true,
      value(this: bigint) {
        return this.toString();
      },
    });
    try {
      expect(toJSONText({ id: 9223372036854775807n })).to.equal('{"id":9223372036854775807}');
    } finally {
      Reflect.deleteProperty(BigInt.prototype, 'toJSON');
    }
  });

  it('does not take a text for a bigint', () => {
    const marks = ['00000000-0000-4000-8000-0000000000001', '1n', '"1"'];
    expect(JSON.parse(toJSONText({ marks, n: 1n }))).to.deep.equal({ marks, n: 1 });
  });

  const CANNOT = 'KakaoBusinessClient: the json option cannot be written as JSON';
  const ROUNDED =
    'KakaoBusinessClient: the json option has a number that is rounded or not finite; write IDs as bigints or strings';
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const refused: [what: string, value: unknown, message: string][] = [
    ['a function', () => {}, CANNOT],
    ['a symbol', Symbol('a'), CANNOT],
    ['a circle', circular, CANNOT],
    [
      'a toJSON that throws',
      {
        toJSON() {
          throw new Error('no');
        },
      },
      CANNOT,
    ],
    ['an ID that is rounded', { id: 2 ** 63 }, ROUNDED],
    ['NaN, which JSON would make null', { budget: Number.NaN }, ROUNDED],
    ['Infinity', [Number.NEGATIVE_INFINITY], ROUNDED],
  ];
  for (const [what, value, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => toJSONText(value)).to.throw(TypeError, message);
    });
  }
});
