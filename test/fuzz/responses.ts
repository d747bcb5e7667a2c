import fc from 'fast-check';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE } from '../support/secrets.js';
import { spellings } from '../support/spellings.js';

/** The response of a faulty endpoint. */
export interface FuzzedResponse {
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
export const withBody = (body: fc.Arbitrary<Uint8Array<ArrayBuffer>>): fc.Arbitrary<FuzzedResponse> =>
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
export const JSON_BODY = fc
  .oneof(KNOWN_JSON.object, fc.jsonValue())
  .map(value => bytes(JSON.stringify(value)));
export const RAW_BODY = fc.uint8Array({ maxLength: 200 }).map(array => new Uint8Array(array));
