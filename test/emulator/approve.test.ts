import { expect } from 'chai';
import type { ConsentChoice } from '../../lib/emulator/index.js';
import {
  authorizationURL,
  bearer,
  type Changes,
  emulatorForEachTest,
  exchange,
  locationOf,
  stringIn,
  toParameters,
} from './kakao-for-tests.js';

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

describe('emulator, approve and refuse', () => {
  const emulator = emulatorForEachTest(() => ({ users: users() }));

  it('follows an authorize URL to its redirect, with a code that is good and the state', async () => {
    const location = await emulator().approve(authorizationURL(emulator()));

    expect(location.origin + location.pathname).to.equal(emulator().app.redirectURIs[0]);
    expect([...location.searchParams.keys()]).to.deep.equal(['code', 'state']);
    expect(location.searchParams.get('state')).to.equal('the-state');
    expect((await exchange(emulator(), location.searchParams.get('code') ?? '')).status).to.equal(200);
  });

  it('takes the URL as a string', async () => {
    const location = await emulator().approve(authorizationURL(emulator()).href);

    expect(location.searchParams.get('code')).to.have.length(43);
  });

  it('refuses with access_denied and the state', async () => {
    const location = await emulator().refuse(authorizationURL(emulator()));

    expect(Object.fromEntries(location.searchParams)).to.deep.equal({
      error: 'access_denied',
      error_description: 'User denied access',
      state: 'the-state',
    });
  });

  it('records the requests to authorize that they stand for', async () => {
    const url = authorizationURL(emulator());
    await emulator().approve(url);
    await emulator().refuse(url);
    await emulator()
      .approve(authorizationURL(emulator(), { prompt: 'login' }))
      .catch(() => undefined);

    expect(
      emulator().requests.map(({ endpoint, method, path, httpStatus, code }) => [
        `${method} ${path}`,
        endpoint,
        httpStatus,
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
    { who: 'the first user, where nothing but the email is asked for', user: 101, agreements: [] },
    {
      who: 'the first user who can, and all ad accounts',
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
      who: 'some ad accounts of one kind, and all of the other',
      changes: bothGroups,
      choice: { adAccounts: { moment: ['12'] } },
      form: { moment: '12' },
      user: 102,
      agreements: [moment(12), keyword(21)],
    },
    {
      who: 'no ad account of one kind',
      changes: bothGroups,
      choice: { user: '102', adAccounts: { keyword: [] } },
      form: { user: '102', keyword: '' },
      user: 102,
      agreements: [moment(11, 12), keyword()],
    },
    {
      who: 'what the app fixed, whatever is chosen',
      changes: { ...bothGroups, resource_ids: ['moment:12', 'keyword:*'] },
      choice: { adAccounts: { moment: ['11'] } },
      form: { moment: '11' },
      user: 102,
      agreements: [moment(12), keyword('*')],
    },
  ];

  for (const { who, changes, choice, form = {}, user, agreements } of choices) {
    const ways = {
      'by a call': () => emulator().approve(authorizationURL(emulator(), changes), choice),
      'over HTTP': async () => locationOf(await post('approve', changes, toParameters(form))),
    };
    for (const [way, consent] of Object.entries(ways)) {
      it(`agrees ${way} for ${who}`, async () => {
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

  const post = (call: 'approve' | 'refuse', changes?: Changes, body?: URLSearchParams): Promise<Response> => {
    const url = new URL(`/emulator/${call}`, emulator().endpoints.authorizationURL);
    url.search = authorizationURL(emulator(), changes).search;
    return fetch(url, { method: 'POST', redirect: 'manual', ...(body === undefined ? {} : { body }) });
  };

  it('refuses over HTTP', async () => {
    const location = locationOf(await post('refuse'));

    expect(location.searchParams.get('error')).to.equal('access_denied');
  });

  it('needs no body over HTTP, and records what it stands for', async () => {
    const location = locationOf(await post('approve'));

    expect(location.searchParams.get('code')).to.have.length(43);
    expect(emulator().requests).to.have.length(1);
    expect(emulator().requests[0]).to.include({ endpoint: 'authorize', httpStatus: 302 });
    expect(emulator().requests[0]?.form).to.equal(undefined);
  });

  it('answers 405 to a GET, and records nothing', async () => {
    for (const call of ['approve', 'refuse']) {
      const response = await fetch(new URL(`/emulator/${call}`, emulator().endpoints.tokenURL));
      expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'POST']);
    }
    expect(emulator().requests).to.deep.equal([]);
  });

  const impossible: {
    what: string;
    changes?: Changes;
    choice: ConsentChoice;
    form: Changes;
    message: string;
  }[] = [
    {
      what: 'a user there is none of',
      choice: { user: '999' },
      form: { user: '999' },
      message: 'there is no user 999',
    },
    {
      what: 'an ad account of somebody else',
      changes: bothGroups,
      choice: { user: '102', adAccounts: { moment: ['11', '13'] } },
      form: { user: '102', moment: ['11', '13'] },
      message: 'the user 102 has no moment ad account 13',
    },
    {
      what: 'no ad account, where one is asked for',
      changes: bothGroups,
      choice: { adAccounts: { moment: [], keyword: [] } },
      form: { moment: '', keyword: '' },
      message: 'the user 102 has to agree to one ad account at least',
    },
  ];

  for (const { what, changes, choice, form, message } of impossible) {
    it(`cannot agree for ${what}`, async () => {
      const error = await emulator()
        .approve(authorizationURL(emulator(), changes), choice)
        .catch(reason => reason);
      const response = await post('approve', changes, toParameters(form));

      expect(error).to.be.an.instanceOf(TypeError).with.property('message', `approve: ${message}`);
      expect([response.status, await response.text()]).to.deep.equal([422, `${message}\n`]);
    });
  }

  it('cannot agree for nobody', async () => {
    emulator().users.length = 0;

    const error = await emulator()
      .approve(authorizationURL(emulator()))
      .catch(reason => reason);

    expect(error).to.be.an.instanceOf(TypeError).with.property('message', 'approve: there is no user');
  });

  const refusals: { when: string; changes: Changes; choice?: ConsentChoice; code: string; says: string }[] = [
    {
      when: 'the redirect URI is not registered',
      changes: { redirect_uri: 'http://localhost:3000/' },
      code: 'KOE028',
      says: 'list of business redirect URIs. (This redirect_uri is not registered: http://localhost:3000/) Register it',
    },
    {
      when: 'a parameter is unknown',
      changes: { client_secret: 'a-secret' },
      code: 'KOE233',
      says: 'beside another one. (Unsupported parameter: client_secret) Send documented parameters only.',
    },
    {
      when: 'the key is wrong',
      changes: { client_id: 'a-secret' },
      code: 'KOE101',
      says: 'KOE101: client_id is not the REST API key of an app. Send the REST API key found under ',
    },
    {
      when: 'the chosen user has no ad account',
      changes: bothGroups,
      choice: { user: '101' },
      code: 'KOE027',
      says: 'that fits the request. (The chosen user: Owner of nothing) The user has to create an ad account first.',
    },
  ];

  for (const { when, changes, choice, code, says } of refusals) {
    it(`rejects with ${code}, cause and remedy, and no secret, when ${when}`, async () => {
      const error = await emulator()
        .approve(authorizationURL(emulator(), changes), choice)
        .catch(reason => reason);

      expect(error).to.be.an.instanceOf(Error).and.not.an.instanceOf(TypeError);
      expect(error).to.have.property('code', code);
      expect(error.message).to.match(new RegExp(`^${code}: `));
      expect(error.message).to.include(says).and.not.to.include('a-secret');
    });
  }

  it('shows Kakao’s error page over HTTP', async () => {
    for (const call of ['approve', 'refuse'] as const) {
      const response = await post(call, { redirect_uri: 'http://localhost:3000/' });

      expect(response.status).to.equal(400);
      expect(await response.text()).to.include('<p class="code">KOE028</p>');
    }
  });

  it('rejects with the code of the first user when nobody can agree', async () => {
    emulator().users.splice(1);

    const error = await emulator()
      .approve(authorizationURL(emulator(), bothGroups))
      .catch(reason => reason);

    expect(error).to.have.property('code', 'KOE027');
  });

  it('rejects when refusing is not possible either', async () => {
    const error = await emulator()
      .refuse(authorizationURL(emulator(), { redirect_uri: undefined }))
      .catch(reason => reason);

    expect(error).to.have.property('code', 'KOE028');
  });

  describe('meets the faults of authorize', () => {
    const url = () => authorizationURL(emulator());

    it('and goes where a fault redirects', async () => {
      emulator().failNext('authorize', {
        status: 302,
        headers: { location: 'http://localhost:3000/?error=x' },
      });

      expect((await emulator().approve(url())).href).to.equal('http://localhost:3000/?error=x');
    });

    it('and rejects when there is no redirect', async () => {
      emulator().failNext('authorize', { status: 503 });

      const error = await emulator()
        .approve(url())
        .catch(reason => reason);

      expect(error).to.have.property('message', 'approve: the authorize endpoint answered 503');
      expect((await emulator().approve(url())).searchParams.has('code')).to.equal(true);
    });

    it('and rejects when the connection is dropped', async () => {
      emulator().failNext('authorize', { drop: true });

      const error = await emulator()
        .refuse(url())
        .catch(reason => reason);

      expect(error).to.have.property('message', 'refuse: the connection ended without an answer');
    });

    for (const fault of [{ hang: true }, { delay: 3_600_000 }]) {
      it(`and waits until the emulator closes: ${JSON.stringify(fault)}`, async () => {
        emulator().failNext('authorize', fault);
        const waiting = emulator()
          .approve(url())
          .then(
            () => 'approved',
            () => 'rejected',
          );

        await emulator().close();

        expect(await waiting).to.equal('rejected');
      });
    }
  });

  it('rejects once the emulator is closed', async () => {
    const url = authorizationURL(emulator());
    await emulator().close();

    for (const call of ['approve', 'refuse'] as const) {
      const error = await emulator()
        [call](url)
        .catch(reason => reason);
      expect(error).to.have.property('message', `${call}: the emulator is closed`);
    }
  });

  const mistakes: { what: string; given: unknown[]; message: string }[] = [
    {
      what: 'no URL',
      given: [],
      message: 'approve takes an authorize URL of this emulator: http://127.0.0.1:',
    },
    {
      what: 'another URL',
      given: ['https://kauth.kakao.com/oauth/business/authorize'],
      message: 'approve takes',
    },
    { what: 'a path', given: ['/oauth/business/authorize'], message: 'approve takes' },
    {
      what: 'a misspelt choice',
      given: ['authorize', { users: '101' }],
      message: 'approve: a choice has no users; it has user, adAccounts',
    },
    {
      what: 'a kind of ad account there is none of',
      given: ['authorize', { adAccounts: { search: [] } }],
      message: 'approve: adAccounts has no search; it has moment, keyword',
    },
    {
      what: 'a user ID that is a number',
      given: ['authorize', { user: 101 }],
      message: 'approve: user takes',
    },
    {
      what: 'ad accounts that are no list',
      given: ['authorize', { adAccounts: { moment: '11' } }],
      message: 'approve: adAccounts.moment must be an array of IDs',
    },
    {
      what: 'ad account IDs that are numbers',
      given: ['authorize', { adAccounts: { moment: [11] } }],
      message: 'approve: adAccounts.moment takes IDs as strings',
    },
  ];

  for (const { what, given, message } of mistakes) {
    it(`refuses ${what}`, async () => {
      const [url, ...more] = given;
      const approve: (...misuse: unknown[]) => Promise<unknown> = (...misuse) =>
        Reflect.apply(emulator().approve, undefined, misuse);

      const error = await approve(url === 'authorize' ? authorizationURL(emulator()) : url, ...more).catch(
        reason => reason,
      );

      expect(error).to.be.an.instanceOf(TypeError).with.property('message').that.includes(message);
      expect(emulator().requests).to.deep.equal([]);
    });
  }
});
