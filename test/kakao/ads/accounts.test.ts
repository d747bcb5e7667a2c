import { expect } from 'chai';
import nock from 'nock';
import {
  type AdAccount,
  type AdAccountsOptions,
  KakaoBusinessApiError,
  KakaoBusinessClient,
  type KakaoBusinessFetch,
  KakaoBusinessResponseError,
} from '../../../lib/index.js';
import { rejectionAs, rejectionOf } from '../../support/rejection.js';
import { ACCESS_TOKEN } from '../../support/secrets.js';

type Page = { content: object[]; size?: unknown; totalPages?: unknown };

/** A client of a Kakao that answers page after page, and the queries that it was asked. */
function kakao(page: (page: number) => unknown) {
  const queries: string[] = [];
  const fetch: KakaoBusinessFetch = async url => {
    const { origin, pathname, search, searchParams } = new URL(url);
    queries.push(origin + pathname + search);
    const body = page(Number(searchParams.get('page')));
    return body instanceof Response
      ? body
      : new Response(typeof body === 'string' ? body : JSON.stringify(body));
  };
  return { queries, client: new KakaoBusinessClient({ clientID: 'key', fetch }) };
}

const account = (id: number | string) => ({ id, name: `계정 ${id}`, memberType: 'MASTER', config: 'ON' });
const accounts = (from: number, length: number) =>
  Array.from({ length }, (_, index) => account(from + index));

async function listed(iterable: AsyncIterable<AdAccount>, into: AdAccount[] = []): Promise<AdAccount[]> {
  for await (const found of iterable) into.push(found);
  return into;
}
const idsOf = (found: AdAccount[]) => found.map(({ id }) => id);

describe('client.adAccounts', () => {
  it('lists accounts by ID, name, role and state', async () => {
    const content = [
      account('9223372036854775807'),
      { id: '12', name: '둘', memberType: 'MEMBER', config: 'OFF', owner: 'x' },
      { id: 13 },
      { id: 14, name: 7, memberType: null, config: {} },
    ];
    const text = JSON.stringify({ content, size: 10, totalPages: 1 }).replace(
      /"(9223372036854775807)"/,
      '$1',
    );
    nock('https://apis.moment.kakao.com', {
      reqheaders: { authorization: `Bearer ${ACCESS_TOKEN}` },
      badheaders: ['adaccountid'],
    })
      .get('/openapi/v4/adAccounts/pages?page=0')
      .reply(200, text);
    const client = new KakaoBusinessClient({ clientID: 'key' });

    expect(await listed(client.adAccounts(ACCESS_TOKEN, 'moment'))).to.deep.equal([
      {
        id: '9223372036854775807',
        name: '계정 9223372036854775807',
        memberType: 'MASTER',
        config: 'ON',
      },
      { id: '12', name: '둘', memberType: 'MEMBER', config: 'OFF' },
      { id: '13', name: '', memberType: '', config: '' },
      { id: '14', name: '', memberType: '', config: '' },
    ]);
  });

  const MOMENT = 'https://apis.moment.kakao.com/openapi/v4/adAccounts/pages';
  const KEYWORD = 'https://api.keywordad.kakao.com/openapi/v1/adAccounts/pages';
  const queries: [api: 'moment' | 'keyword', options: AdAccountsOptions | undefined, query: string][] = [
    ['moment', undefined, `${MOMENT}?page=0`],
    ['keyword', {}, `${KEYWORD}?page=0`],
    [
      'moment',
      { config: ['ON', 'OFF', 'DEL'], pageSize: 50 },
      `${MOMENT}?config=ON%2COFF%2CDEL&size=50&page=0`,
    ],
    ['keyword', { config: ['ON', 'OFF'], pageSize: 1 }, `${KEYWORD}?config=ON&config=OFF&size=1&page=0`],
    ['moment', { config: 'DEL' }, `${MOMENT}?config=DEL&page=0`],
    ['keyword', { config: 'DEL' }, `${KEYWORD}?config=DEL&page=0`],
  ];
  for (const [api, options, query] of queries) {
    it(`requests ${api} accounts with the options ${JSON.stringify(options)}`, async () => {
      const { client, queries } = kakao(() => ({ content: [] }));

      expect(await listed(client.adAccounts(ACCESS_TOKEN, api, options))).to.deep.equal([]);
      expect(queries).to.deep.equal([query]);
    });
  }

  const ends: [what: string, pages: Page[], count: number, requests: number][] = [
    ['at an empty page', [{ content: [] }], 0, 1],
    ['at an empty page, whatever the total', [{ content: [], size: 10, totalPages: 9 }], 0, 1],
    ['at the last page, if it is short', [{ content: accounts(1, 3), size: 10, totalPages: 1 }], 3, 1],
    ['not at a last page that is full', [{ content: accounts(1, 10), size: 10, totalPages: 1 }], 10, 2],
    [
      'not at a short page that is not the last',
      [
        { content: accounts(1, 3), size: 10, totalPages: 2 },
        { content: accounts(4, 3), size: 10, totalPages: 2 },
      ],
      6,
      2,
    ],
    ['not at a short page without a total', [{ content: accounts(1, 3), size: 10 }], 3, 2],
    ['not at a last page without a size', [{ content: accounts(1, 3), totalPages: 1 }], 3, 2],
    ['not where the size is a text', [{ content: accounts(1, 3), size: '10', totalPages: 1 }], 3, 2],
    ['not where the total is a text', [{ content: accounts(1, 3), size: 10, totalPages: '1' }], 3, 2],
    ['not where the total is none', [{ content: accounts(1, 3), size: 10, totalPages: 0 }], 3, 2],
    [
      'at the second page, if that is last and short',
      [
        { content: accounts(1, 10), size: 10, totalPages: 2 },
        { content: accounts(11, 1), size: 10, totalPages: 2 },
      ],
      11,
      2,
    ],
    [
      'after three requests where the total is a billion, and page 2 empty',
      [
        { content: accounts(1, 10), size: 10, totalPages: 1e9 },
        { content: accounts(11, 10), size: 10, totalPages: 1e9 },
      ],
      20,
      3,
    ],
  ];
  for (const [what, pages, count, requests] of ends) {
    it(`ends ${what}`, async () => {
      const { client, queries } = kakao(page => pages[page] ?? { content: [], size: 10, totalPages: 1e9 });

      const found = await listed(client.adAccounts(ACCESS_TOKEN, 'moment'));

      expect(idsOf(found)).to.deep.equal(
        idsOf(accounts(1, count).map(each => ({ ...each, id: String(each.id) }))),
      );
      expect(queries.map(query => new URL(query).searchParams.get('page'))).to.deep.equal(
        Array.from({ length: requests }, (_, page) => String(page)),
      );
    });
  }

  it('requests a page only when the one before is used up', async () => {
    const { client, queries } = kakao(page => ({
      content: accounts(10 * page + 1, 10),
      size: 10,
      totalPages: 9,
    }));

    for await (const { id } of client.adAccounts(ACCESS_TOKEN, 'keyword')) if (id === '20') break;

    expect(queries).to.have.lengthOf(2);
  });

  it('lists an account once if it moves to the next page', async () => {
    const pages = [accounts(1, 3), accounts(3, 3), []];
    const { client } = kakao(page => ({ content: pages[page] }));

    expect(idsOf(await listed(client.adAccounts(ACCESS_TOKEN, 'moment')))).to.deep.equal([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });

  it('throws the error of page 7 after the accounts of pages 0 to 6', async () => {
    const { client, queries } = kakao(page =>
      page === 7
        ? Response.json(
            { code: -813, msg: 'KakaoMomentException' },
            { status: 429, headers: { 'retry-after': '5' } },
          )
        : { content: accounts(2 * page + 1, 2), size: 2, totalPages: 100 },
    );
    const found: AdAccount[] = [];

    const error = await rejectionAs(
      KakaoBusinessApiError,
      listed(client.adAccounts(ACCESS_TOKEN, 'moment'), found),
    );

    expect(error).to.include({ endpoint: 'moment', errorCode: '-813', retryable: true, retryAfter: 5 });
    expect(found).to.have.lengthOf(14);
    expect(queries).to.have.lengthOf(8);
  });

  const REPEATED =
    'Kakao answered the moment request with the same ad accounts on page 1 as before (HTTP 200)';
  const endless: [what: string, page: (page: number) => Page, requests: number][] = [
    ['the same page again and again', () => ({ content: accounts(1, 2) }), 2],
    ['the same page of a billion', () => ({ content: accounts(1, 10), size: 10, totalPages: 1e9 }), 2],
    [
      'the same page, in another order',
      page => ({ content: page ? accounts(1, 2).reverse() : accounts(1, 2) }),
      2,
    ],
  ];
  for (const [what, page, requests] of endless) {
    it(`fails if Kakao sends ${what}`, async () => {
      const { client, queries } = kakao(page);

      const error = await rejectionAs(
        KakaoBusinessResponseError,
        listed(client.adAccounts(ACCESS_TOKEN, 'moment')),
      );

      expect(error).to.include({ endpoint: 'moment', httpStatus: 200, retryable: false });
      expect(error.message).to.include(REPEATED);
      expect(queries).to.have.lengthOf(requests);
    });
  }

  it('fails if Kakao repeats three pages in turn', async () => {
    const { client, queries } = kakao(page => ({ content: accounts((page % 3) * 2 + 1, 2) }));

    await rejectionAs(KakaoBusinessResponseError, listed(client.adAccounts(ACCESS_TOKEN, 'moment')));
    expect(queries).to.have.lengthOf(4);
  });

  it('ends if Kakao repeats the last page past the end', async () => {
    const { client, queries } = kakao(() => ({ content: accounts(1, 10), size: 10, totalPages: 1 }));

    expect(await listed(client.adAccounts(ACCESS_TOKEN, 'keyword'))).to.have.lengthOf(10);
    expect(queries).to.have.lengthOf(2);
  });

  const unusable = [
    '{}',
    '{"content":null}',
    '{"content":{"id":1}}',
    '{"content":[{"name":"x"}]}',
    '{"content":[{"id":1},{"id":null}]}',
    '{"content":[{"id":0}]}',
    '{"content":[{"id":-1}]}',
    '{"content":[{"id":1.5}]}',
    '{"content":[{"id":1.0}]}',
    '{"content":[{"id":1234567890.0000000001}]}',
    '{"content":[{"id":1e3}]}',
    '{"content":[{"id":"undefined"}]}',
    '{"content":[{"id":""}]}',
    '{"content":[{"id":"01"}]}',
    '{"content":[{"id":{"a":1}}]}',
    '{"content":[7]}',
    '{"content":[null]}',
    '{"content":[[{"id":1}]]}',
  ];
  for (const text of unusable) {
    it(`fails on ${text}, which has no usable list`, async () => {
      const { client } = kakao(() => text);
      const found: AdAccount[] = [];

      const error = await rejectionAs(
        KakaoBusinessResponseError,
        listed(client.adAccounts(ACCESS_TOKEN, 'keyword'), found),
      );

      expect(found).to.deep.equal([]);
      expect(error.message).to.include(
        'Kakao answered the keywordAd request with no list of ad accounts, each with an ID (HTTP 200)',
      );
    });
  }

  for (const text of ['[]', '[{"id":1}]', '', 'null']) {
    it(`fails on ${JSON.stringify(text)}, which is not a page`, async () => {
      const { client } = kakao(() => text);

      const error = await rejectionAs(
        KakaoBusinessResponseError,
        listed(client.adAccounts(ACCESS_TOKEN, 'moment')),
      );
      expect(error.message).to.include('something other than a JSON object');
    });
  }

  it('reads pages of more than 256 KiB', async () => {
    const { client } = kakao(() => ({ content: accounts(1, 5000), size: 5001, totalPages: 1 }));

    expect(await listed(client.adAccounts(ACCESS_TOKEN, 'moment'))).to.have.lengthOf(5000);
  });

  it('rejects with the reason of the signal', async () => {
    const controller = new AbortController();
    const { client, queries } = kakao(page => {
      if (page === 1) controller.abort(new Error('the user left'));
      return { content: accounts(2 * page + 1, 2) };
    });
    const found: AdAccount[] = [];

    const { signal } = controller;
    const error = await rejectionOf(listed(client.adAccounts(ACCESS_TOKEN, 'moment', { signal }), found));

    expect(error).to.equal(signal.reason);
    expect(found).to.have.lengthOf(2);
    expect(queries).to.have.lengthOf(2);
  });

  it('applies the timeout to each page', async () => {
    const fetch: KakaoBusinessFetch = () => new Promise(() => {});
    const client = new KakaoBusinessClient({ clientID: 'key', fetch });

    expect(await rejectionOf(listed(client.adAccounts(ACCESS_TOKEN, 'moment', { timeout: 20 })))).to.include({
      code: 'KAKAO_TIMEOUT',
    });
  });

  const API = "KakaoBusinessClient: ad accounts are of 'moment' or 'keyword'";
  const CONFIG = "KakaoBusinessClient: the config option must be 'ON', 'OFF', 'DEL', or a list of them";
  const SIZE = 'KakaoBusinessClient: the pageSize option must be a number of accounts, 1 or more';
  const misuse: [args: unknown[], message: string][] = [
    [[ACCESS_TOKEN], API],
    [[ACCESS_TOKEN, 'keywordAd'], API],
    [[ACCESS_TOKEN, 'toString'], API],
    [[ACCESS_TOKEN, 'moment', { config: 'ON,OFF' }], CONFIG],
    [[ACCESS_TOKEN, 'moment', { config: ['on'] }], CONFIG],
    [[ACCESS_TOKEN, 'moment', { config: 7 }], CONFIG],
    [[ACCESS_TOKEN, 'moment', { config: [] }], CONFIG],
    [[ACCESS_TOKEN, 'moment', { pageSize: 0 }], SIZE],
    [[ACCESS_TOKEN, 'moment', { pageSize: '10' }], SIZE],
    [
      [ACCESS_TOKEN, 'moment', { pagesize: 10 }],
      'KakaoBusinessClient: adAccounts has no pagesize option; it is pageSize',
    ],
    [
      [ACCESS_TOKEN, 'moment', { size: 10 }],
      'KakaoBusinessClient: adAccounts has no size option: it is pageSize',
    ],
    [['two words', 'moment'], 'KakaoBusinessClient: the access token must be a string that fits a header'],
  ];
  for (const [args, message] of misuse) {
    it(`sends no request for the arguments ${JSON.stringify(args.slice(1))}`, async () => {
      const { client, queries } = kakao(() => ({ content: [] }));

      const iterable: AsyncIterable<AdAccount> = Reflect.apply(client.adAccounts, client, args);

      expect(await rejectionAs(TypeError, listed(iterable))).to.have.property('message', message);
      expect(queries).to.deep.equal([]);
    });
  }
});
