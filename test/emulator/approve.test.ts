import { expect } from 'chai';
import type { ConsentChoice } from '../../lib/emulator/index.js';
import {
  authorizationURL,
  bearer,
  type Changes,
  call,
  emulatorForEachTest,
  exchange,
  locationOf,
  stringIn,
} from './emulator-for-tests.js';

const bothGroups = { scope: 'moment_management,keyword_management' };
const users = () => [
  { id: '101', name: 'Owner of nothing', adAccounts: { moment: [], keyword: [] } },
  {
    id: '102',
    name: 'Owner of both',
    adAccounts: {
      moment: [
        { id: '11', name: 'First' },
        { id: '12', name: 'Second' },
      ],
      keyword: [{ id: '21', name: 'Third' }],
    },
  },
  { id: '103', name: 'Another', adAccounts: { moment: [{ id: '13', name: 'Fourth' }], keyword: [] } },
];

describe('emulator: a consent call', () => {
  const emulator = emulatorForEachTest(() => ({ users: users() }));

  it('resolves with the redirect, which has a valid code and the state', async () => {
    const location = await emulator().approve(authorizationURL(emulator()));

    expect(location.origin + location.pathname).to.equal(emulator().app.redirectURIs[0]);
    expect([...location.searchParams.keys()]).to.deep.equal(['code', 'state']);
    expect(location.searchParams.get('state')).to.equal('the-state');
    expect((await exchange(emulator(), location.searchParams.get('code') ?? '')).status).to.equal(200);
  });

  it('accepts the URL as a string', async () => {
    const location = await emulator().approve(authorizationURL(emulator()).href);

    expect(location.searchParams.get('code')).to.have.length(43);
  });

  it('cancels with access_denied and the state', async () => {
    const location = await emulator().cancel(authorizationURL(emulator()));

    expect(Object.fromEntries(location.searchParams)).to.deep.equal({
      error: 'access_denied',
      error_description: 'User denied access',
      state: 'the-state',
    });
  });

  it('is recorded as a request to authorize', async () => {
    const url = authorizationURL(emulator());
    await emulator().approve(url);
    await emulator().cancel(url);
    await emulator()
      .approve(authorizationURL(emulator(), { prompt: 'login' }))
      .catch(() => undefined);

    expect(
      emulator().requests.map(({ endpoint, method, path, status, code }) => [
        `${method} ${path}`,
        endpoint,
        status,
        code,
      ]),
    ).to.deep.equal([
      ['GET /oauth/business/authorize', 'authorize', 302, undefined],
      ['GET /oauth/business/authorize', 'authorize', 302, undefined],
      ['GET /oauth/business/authorize', 'authorize', 400, 'KOE233'],
    ]);
    expect(`${emulator().requests[0]?.query}`).to.equal(`${url.searchParams}`);
  });

  const moment = (...ids: unknown[]) => ({
    group: 'MOMENT',
    scope: ['moment_management'],
    ad_account_ids: ids,
  });
  const keyword = (...ids: unknown[]) => ({
    group: 'KEYWORD',
    scope: ['keyword_management'],
    ad_account_ids: ids,
  });
  const choices: {
    who: string;
    changes?: Changes;
    choice?: ConsentChoice;
    form?: Changes;
    user: number;
    agreements: object[];
  }[] = [
    { who: 'the first user when only the email is requested', user: 101, agreements: [] },
    {
      who: 'the first user who can agree, and all ad accounts',
      changes: bothGroups,
      user: 102,
      agreements: [moment(11, 12), keyword(21)],
    },
    {
      who: 'another user',
      changes: bothGroups,
      choice: { user: '103' },
      form: { user: '103' },
      user: 103,
      agreements: [moment(13), keyword()],
    },
    {
      who: 'some ad accounts of one group and all of the other',
      changes: bothGroups,
      choice: { adAccounts: { moment: ['12'] } },
      form: { moment: '12' },
      user: 102,
      agreements: [moment(12), keyword(21)],
    },
    {
      who: 'no ad account of one group',
      changes: bothGroups,
      choice: { user: '102', adAccounts: { keyword: [] } },
      form: { user: '102', keyword: '' },
      user: 102,
      agreements: [moment(11, 12), keyword()],
    },
    {
      who: 'the ad accounts that the app chose',
      changes: { ...bothGroups, resource_ids: ['moment:12', 'keyword:*'] },
      user: 102,
      agreements: [moment(12), keyword('*')],
    },
    {
      who: 'the ad accounts that the app chose, named again',
      changes: { ...bothGroups, resource_ids: ['moment:12', 'keyword:*'] },
      choice: { adAccounts: { moment: ['12'], keyword: ['21'] } },
      form: { moment: '12', keyword: '21' },
      user: 102,
      agreements: [moment(12), keyword('*')],
    },
  ];

  for (const { who, changes, choice, form, user, agreements } of choices) {
    const ways = {
      'in JavaScript': () => emulator().approve(authorizationURL(emulator(), changes), choice),
      'over HTTP': async () => locationOf(await call(emulator(), 'approve', changes, form)),
    };
    for (const [way, consent] of Object.entries(ways)) {
      it(`agrees ${way} with ${who}`, async () => {
        const { searchParams } = await consent();

        expect(await tokenInfoOf(searchParams.get('code') ?? '')).to.deep.equal({
          token_user_id: user,
          biz_agreements: agreements,
        });
      });
    }
  }

  const tokenInfoOf = async (code: string): Promise<unknown> => {
    const token = stringIn(await (await exchange(emulator(), code)).json(), 'access_token');
    return (await fetch(emulator().endpoints.tokenInfoURL, bearer(token))).json();
  };

  it('cancels over HTTP', async () => {
    const location = locationOf(await call(emulator(), 'cancel'));

    expect(location.searchParams.get('error')).to.equal('access_denied');
  });

  it('needs no body over HTTP, and records the request to authorize', async () => {
    const location = locationOf(await call(emulator(), 'approve'));

    expect(location.searchParams.get('code')).to.have.length(43);
    expect(emulator().requests).to.have.length(1);
    expect(emulator().requests[0]).to.include({ endpoint: 'authorize', status: 302 });
    expect(emulator().requests[0]?.form).to.equal(undefined);
  });

  it('answers 405 to a GET, and records nothing', async () => {
    for (const name of ['approve', 'cancel']) {
      const response = await fetch(new URL(`/emulator/${name}`, emulator().endpoints.tokenURL));
      expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'POST']);
    }
    expect(emulator().requests).to.deep.equal([]);
  });
});
