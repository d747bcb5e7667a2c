import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { KakaoBusinessClient, KakaoBusinessError, parseScope, toScope } from '../../lib/index.js';
import { isExactNumber } from '../../lib/kakao/ads/exact-number.js';
import { toJSONText } from '../../lib/kakao/ads/json-text.js';
import { toAdURL } from '../../lib/kakao/ads/url.js';
import { parseJSON } from '../../lib/kakao/json.js';
import { redact } from '../../lib/kakao/redact.js';
import { ACCESS_TOKEN, CLIENT_SECRET } from '../support/secrets.js';
import { spellings } from '../support/spellings.js';
import { type FuzzedResponse, JSON_BODY, RAW_BODY, withBody } from './responses.js';
import { fuzz } from './settings.js';

describe('For any response of an ad API', function () {
  this.timeout(600_000);

  const expectSafeError = (error: unknown) => {
    expect(error).to.be.instanceOf(KakaoBusinessError);
    const shown = inspect(error, { depth: 12, showHidden: true }) + JSON.stringify(error);
    for (const secret of [ACCESS_TOKEN, CLIENT_SECRET]) expect(shown).not.to.include(secret);
    for (const [how, spell] of spellings) expect(shown, how).not.to.include(spell(CLIENT_SECRET));
  };
  const clientOf = ({ status, retryAfter, body }: FuzzedResponse) =>
    new KakaoBusinessClient({
      clientID: 'key',
      clientSecret: CLIENT_SECRET,
      fetch: async () =>
        new Response([204, 205, 304].includes(status) ? null : body, {
          status,
          headers: { 'retry-after': retryAfter },
        }),
    });

  it('a request has one outcome and shows no secret', () =>
    fc.assert(
      fc.asyncProperty(withBody(fc.oneof(JSON_BODY, RAW_BODY)), async response => {
        await clientOf(response).moment(ACCESS_TOKEN, '/a').catch(expectSafeError);
        expect(Object.keys(Object.prototype)).to.deep.equal([]);
      }),
      fuzz(),
    ));

  it('a list of ad accounts ends, and each account has an ID', () =>
    fc.assert(
      fc.asyncProperty(withBody(fc.oneof(JSON_BODY, RAW_BODY)), async response => {
        try {
          for await (const account of clientOf(response).adAccounts(ACCESS_TOKEN, 'keyword')) {
            expect(account.id).to.match(/^[1-9]\d{0,19}$/);
            for (const text of Object.values(account)) expect(text).to.be.a('string');
          }
        } catch (error) {
          expectSafeError(error);
        }
      }),
      fuzz(),
    ));
});

describe('For any value', function () {
  this.timeout(600_000);

  it('toAdURL stays at its host and root, or throws a TypeError', () => {
    const PARTS = [
      '/',
      '//',
      '\\',
      '.',
      '..',
      '%2e',
      '%2F',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\n',
      ' ',
      'a',
      'ev.il',
    ];
    const parts = fc.array(fc.constantFrom(...PARTS)).map(found => found.join(''));
    const text = fc.string({ unit: 'binary' });
    const path = fc.oneof(
      parts,
      parts.map(found => `/${found}`),
      text,
      fc.webUrl(),
    );
    return fc.assert(
      fc.property(path, fc.dictionary(text, text), (given, query) => {
        try {
          const { origin, pathname, username, hash } = new URL(
            toAdURL('https://kakao.test/base', given, query),
          );
          expect({ origin, username, hash }).to.deep.equal({
            origin: 'https://kakao.test',
            username: '',
            hash: '',
          });
          expect(pathname.startsWith('/base/')).to.equal(true);
        } catch (error) {
          expect(error).to.be.instanceOf(TypeError);
        }
      }),
      fuzz(),
    );
  });

  it('toJSONText equals JSON.stringify if no number is rounded', () => {
    const exact = (_name: string, value: unknown) =>
      typeof value === 'number' && !isExactNumber(value) ? 0 : value;
    return fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value, exact);
        expect(toJSONText(JSON.parse(text))).to.equal(text);
      }),
      fuzz(),
    );
  });

  it('toJSONText keeps every digit of a bigint, and every text', () =>
    fc.assert(
      fc.property(fc.bigInt(), fc.string(), (bigint, text) => {
        expect(toJSONText({ text, list: [bigint, `${bigint}`] })).to.equal(
          `{"text":${JSON.stringify(text)},"list":[${bigint},"${bigint}"]}`,
        );
      }),
      fuzz(),
    ));

  it('parseScope reads the output of toScope, with commas or spaces', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[^\s,\p{Cc}]+$/u), { minLength: 1 }), items => {
        expect(parseScope(toScope(items))).to.deep.equal(items);
        expect(parseScope(toScope(items).replaceAll(',', ' '))).to.deep.equal(items);
      }),
      fuzz(),
    ));

  it('toScope throws a TypeError or writes what parseScope reads', () =>
    fc.assert(
      fc.property(fc.array(fc.string()), items => {
        try {
          expect(parseScope(toScope(items))).to.deep.equal([...new Set(items)]);
        } catch (error) {
          expect(error).to.be.instanceOf(TypeError);
        }
      }),
      fuzz(),
    ));

  it('parseJSON equals JSON.parse if no integer is too long', () =>
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }).filter(value => !/"__proto__"|\d{16}/.test(JSON.stringify(value))),
        value => {
          const text = JSON.stringify(value);
          expect(parseJSON(text)).to.deep.equal(JSON.parse(text));
        },
      ),
      fuzz(),
    ));

  it('parseJSON keeps every digit of an integer in any place', () =>
    fc.assert(
      fc.property(fc.bigInt(), fc.string(), (integer, text) => {
        const read = parseJSON(
          `{"id":${integer},"list":[${integer},"${integer}"],${JSON.stringify(`_${text}`)}:{"id": ${integer} }}`,
        );
        const { id, list } = Object(read);
        expect([String(id), ...list.map(String)]).to.deep.equal([`${integer}`, `${integer}`, `${integer}`]);
        expect(Object(read)[`_${text}`]).to.deep.equal({ id });
      }),
      fuzz(),
    ));

  it('redact removes known secrets and control characters', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
        const shown = redact(before + secret + after, [secret]);
        expect(shown.replaceAll('[redacted]', '\n')).not.to.include(secret);
        expect(shown).not.to.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.length).to.be.at.most(300);
      }),
      fuzz([
        ['[redacted]', '', ''],
        ['    ', ' ', ''],
      ]),
    ));

  it('redact removes every spelling of a known secret, and its first letters', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9]{16,64}$/),
        fc.constantFrom(...spellings),
        fc.integer({ min: 26, max: 200 }), // eight letters or more in every spelling
        fc.string(),
        fc.string(),
        (secret, [, spell], length, before, after) => {
          const part = spell(secret).slice(0, length);
          const shown = redact(before + part + after, [CLIENT_SECRET, secret])
            .split('[redacted]')
            .join('\n');
          expect(shown).not.to.include(part);
          for (const line of shown.split('\n'))
            expect(letters(line)).not.to.include(letters(part).slice(4, 12));
        },
      ),
      fuzz(),
    ));
});

const letters = (text: string): string => text.replace(/[^a-z0-9]/gi, '').toLowerCase();
