import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  KakaoBusinessClient,
  KakaoBusinessError,
  type KakaoBusinessFetch,
  type KakaoBusinessProfile,
  parseScope,
  toScope,
} from '../../lib/index.js';
import { isExactNumber } from '../../lib/kakao/ads/exact-number.js';
import { toJSONText } from '../../lib/kakao/ads/json-text.js';
import { toAdURL } from '../../lib/kakao/ads/url.js';
import { parseJSON } from '../../lib/kakao/json.js';
import { redact } from '../../lib/kakao/redact.js';
import { ENDPOINTS, type Endpoint, GOOD } from '../faults/faults.js';
import { authenticate, type Outcome, request } from '../support/authenticate.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE } from '../support/secrets.js';
import { spellings } from '../support/spellings.js';
import { createStrategy } from '../support/strategy.js';
import { fuzz } from './settings.js';

/** The response of a faulty endpoint. */
interface FuzzedResponse {
  status: number;
  retryAfter: string;
  body: Uint8Array<ArrayBuffer>;
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const HEADER_TEXT = fc.string({ unit: fc.constantFrom(...'0123456789 ,:-GMTue'), maxLength: 30 });
const STATUS = fc.oneof(
  fc.constantFrom(200, 200, 200, 201, 400, 401, 403, 429, 500, 503),
  fc.integer({ min: 200, max: 599 }),
);
const withBody = (body: fc.Arbitrary<Uint8Array<ArrayBuffer>>): fc.Arbitrary<FuzzedResponse> =>
  fc.record({ status: STATUS, retryAfter: HEADER_TEXT, body });

// The members that are read, with any values.
const MEMBERS = [
  'access_token',
  'scope',
  'token_type',
  'token_user_id',
  'biz_agreements',
  'group',
  'ad_account_ids',
  'id',
  'user_id',
  'email',
  'is_email_valid',
  'is_email_verified',
  'biz_account_email',
  'kakao_account',
  'error',
  'error_code',
  'error_description',
  'code',
  'msg',
  'required_scopes',
  'required_scope',
  'extras',
  'detailCode',
  'detailMsg',
  'content',
  'size',
  'totalPages',
  '__proto__',
  'constructor',
  'then',
  'toString',
];
const LEAF = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.constantFrom('a@b.c', 'KOE320', -402, -5, 'invalid_grant', CODE, ACCESS_TOKEN, CLIENT_SECRET, '*'),
  fc.constantFrom(...spellings).map(([, spell]) => spell(CLIENT_SECRET)),
  fc.constantFrom('None', 'Infinity', '0x0', '+0', '0.0', '--', '1e3', '007', 1e21, 42),
);
const KNOWN_JSON = fc.letrec(tie => ({
  value: fc.oneof({ maxDepth: 4 }, LEAF, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
  object: fc.dictionary(fc.constantFrom(...MEMBERS), tie('value'), { maxKeys: 6 }),
}));
const JSON_BODY = fc.oneof(KNOWN_JSON.object, fc.jsonValue()).map(value => bytes(JSON.stringify(value)));
const RAW_BODY = fc.uint8Array({ maxLength: 200 }).map(array => new Uint8Array(array));

/** Signs in while one endpoint sends this response; the others send valid ones. */
async function signIn(faulty: Endpoint, response: FuzzedResponse): Promise<Outcome> {
  const fetch: KakaoBusinessFetch = async url => {
    const endpoint = ENDPOINTS.find(name => url.endsWith(`/${name}`)) ?? 'token';
    if (endpoint !== faulty) return new Response(GOOD[endpoint]);
    const body = [204, 205, 304].includes(response.status) ? null : response.body;
    return new Response(body, { status: response.status, headers: { 'retry-after': response.retryAfter } });
  };
  const strategy = createStrategy({ fetch }, async (_accessToken, _refreshToken, profile) => profile);
  const session = {};
  const started = await authenticate(strategy, request({}, session));
  if (started.kind !== 'redirect') throw new Error('No redirect', { cause: started });
  const state = started.url.searchParams.get('state');
  return authenticate(strategy, request({ code: CODE, state }, session));
}

/** Asserts what holds for every login, for any response of Kakao. */
function expectSafeOutcome(outcome: Outcome): void {
  expect(outcome.kind).to.be.oneOf(['success', 'fail', 'error']);
  if (outcome.kind === 'success') {
    const { id, displayName } = outcome.user as KakaoBusinessProfile;
    expect(id)
      .to.be.a('string')
      .that.matches(/^[1-9]\d{0,19}$/);
    expect(displayName).to.be.a('string').that.is.not.empty;
  } else {
    if (outcome.kind === 'error') expect(outcome.error).to.be.instanceOf(KakaoBusinessError);
    const shown = inspect(outcome, { depth: 12, showHidden: true }) + JSON.stringify(outcome);
    for (const secret of [CODE, ACCESS_TOKEN, CLIENT_SECRET]) expect(shown).not.to.include(secret);
    for (const [how, spell] of spellings) expect(shown, how).not.to.include(spell(CLIENT_SECRET));
  }
  expect(Object.keys(Object.prototype)).to.deep.equal([]);
}

describe('For any response of Kakao', function () {
  this.timeout(600_000);

  for (const endpoint of ['token', 'tokeninfo', 'userinfo'] as const) {
    it(`in JSON from ${endpoint}, a login has one outcome and shows no secret`, () =>
      fc.assert(
        fc.asyncProperty(withBody(JSON_BODY), async response =>
          expectSafeOutcome(await signIn(endpoint, response)),
        ),
        fuzz(),
      ));

    it(`in bytes from ${endpoint}, a login has one outcome and shows no secret`, () =>
      fc.assert(
        fc.asyncProperty(withBody(RAW_BODY), async response =>
          expectSafeOutcome(await signIn(endpoint, response)),
        ),
        fuzz(),
      ));
  }

  it('from revoke, a revocation resolves or rejects and shows no secret', () =>
    fc.assert(
      fc.asyncProperty(withBody(fc.oneof(JSON_BODY, RAW_BODY)), async response => {
        const body = [204, 205, 304].includes(response.status) ? null : response.body;
        const client = new KakaoBusinessClient({
          clientID: 'key',
          fetch: async () => new Response(body, { status: response.status }),
        });

        const error = await client.revoke(ACCESS_TOKEN).catch((reason: unknown) => reason);

        if (response.status < 300) expect(error).to.equal(undefined);
        else expect(error).to.be.instanceOf(KakaoBusinessError);
        expect(inspect(error, { depth: 12 })).not.to.include(ACCESS_TOKEN);
      }),
      fuzz(),
    ));
});

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
            toAdURL('https://kakao.test/root', given, query),
          );
          expect({ origin, username, hash }).to.deep.equal({
            origin: 'https://kakao.test',
            username: '',
            hash: '',
          });
          expect(pathname.startsWith('/root/')).to.equal(true);
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
