import { inspect } from 'node:util';
import { expect } from 'chai';
import type { ConsentChoice } from '../../lib/emulator/index.js';
import { rejectionOf } from '../support/rejection.js';
import { authorizationURL, type Changes, call, emulatorForEachTest } from './emulator-for-tests.js';

const bothGroups = { scope: 'moment_management,keyword_management' };

describe('emulator: a consent call', () => {
  const emulator = emulatorForEachTest(() => ({
    users: [
      { id: '101', name: 'Nobody’s owner', adAccounts: { moment: [], keyword: [] } },
      {
        id: '102',
        name: 'Owner',
        adAccounts: {
          moment: [
            { id: '11', name: 'One' },
            { id: '12', name: 'Two' },
          ],
          keyword: [],
        },
      },
    ],
  }));
  const approve = (changes?: Changes, choice?: ConsentChoice): Promise<URL> =>
    emulator().approve(authorizationURL(emulator(), changes), choice);

  const impossible: [what: string, choice: ConsentChoice, form: Changes, message: string][] = [
    ['an unknown user', { user: '999' }, { user: '999' }, 'there is no user 999'],
    [
      'an ad account of another user',
      { user: '102', adAccounts: { moment: ['11', '13'] } },
      { user: '102', moment: ['11', '13'] },
      'the user 102 has no moment ad account 13',
    ],
    [
      'an empty choice where an ad account is needed',
      { adAccounts: { moment: [], keyword: [] } },
      { moment: '', keyword: '' },
      'the user 102 must agree to at least one ad account',
    ],
  ];

  for (const [what, choice, form, message] of impossible) {
    it(`rejects ${what}`, async () => {
      const error = await rejectionOf(approve(bothGroups, choice));
      const response = await call(emulator(), 'approve', bothGroups, form);

      expect(error).to.be.an.instanceOf(TypeError).with.property('message', `approve: ${message}`);
      expect([response.status, await response.text()]).to.deep.equal([422, `${message}\n`]);
    });
  }

  const notOffered: [what: string, changes: Changes, moment: string[], message: string][] = [
    ['ad accounts of a group that was not requested', {}, ['11'], 'the app requests no moment ad accounts'],
    [
      'a different ad account than the one that the app chose',
      { scope: 'moment_management', resource_ids: 'moment:12' },
      ['11'],
      'the app chose the moment ad accounts: 12',
    ],
    [
      'none of the ad accounts that the app chose',
      { scope: 'moment_management', resource_ids: 'moment:12' },
      [],
      'the app chose the moment ad accounts: 12',
    ],
    [
      'one ad account where the app requested all',
      { scope: 'moment_create', resource_ids: 'moment:*' },
      ['11'],
      'the app chose the moment ad accounts: 11, 12',
    ],
  ];

  for (const [what, changes, moment, message] of notOffered) {
    it(`rejects ${what}`, async () => {
      const error = await rejectionOf(approve(changes, { user: '102', adAccounts: { moment } }));
      const form = { user: '102', moment: moment.length > 0 ? moment : '' };
      const response = await call(emulator(), 'approve', changes, form);

      expect(error).to.be.an.instanceOf(TypeError).with.property('message', `approve: ${message}`);
      expect([response.status, await response.text()]).to.deep.equal([422, `${message}\n`]);
      expect(emulator().requests.map(({ status }) => status)).to.deep.equal([422, 422]);
    });
  }

  it('rejects when there are no users', async () => {
    emulator().users.length = 0;

    const error = await rejectionOf(approve());

    expect(error).to.be.an.instanceOf(TypeError).with.property('message', 'approve: there are no users');
  });

  for (const path of ['approve', 'cancel']) {
    it(`answers 422 to a body that is neither a form nor JSON, and does nothing: /emulator/${path}`, async () => {
      emulator().failNext('token', { status: 503 });
      const url = new URL(`/emulator/${path}`, emulator().endpoints.authorizationURL);
      url.search = authorizationURL(emulator()).search;
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'text/plain' },
        body: '{"user":"101"}',
      });

      expect([response.status, await response.text()]).to.deep.equal([
        422,
        'The body must be a form or JSON: application/x-www-form-urlencoded or application/json.\n',
      ]);
      expect((await fetch(emulator().endpoints.tokenURL, { method: 'POST' })).status).to.equal(503);
    });
  }

  it('answers 422 to a misspelt field over HTTP', async () => {
    const response = await call(emulator(), 'approve', {}, { users: '102' });

    expect([response.status, await response.text()]).to.deep.equal([
      422,
      'unknown field users; known fields: user, moment, keyword\n',
    ]);
  });

  const errors: [when: string, changes: Changes, choice: ConsentChoice, message: string][] = [
    [
      'the redirect URI is not registered',
      { redirect_uri: 'http://a/' },
      {},
      'KOE028: The redirect URI is not registered for Business Authentication. (This redirect_uri is not registered: http://a/) Register it under App > Platform key > REST API key, for Business Authentication. Kakao Login has a separate list.',
    ],
    [
      'a parameter is unknown',
      { client_secret: 'a-secret' },
      {},
      'KOE233: A parameter is unsupported or malformed, or a required one is missing. (Unsupported parameter: client_secret) Send documented parameters only. A *_create item needs resource_ids=moment:* or keyword:*; repeat the key for each value.',
    ],
    [
      'the key is wrong',
      { client_id: 'a-secret' },
      {},
      'KOE101: client_id is not the REST API key of an app. (No app has this client_id.) Send the REST API key found under App > Platform key.',
    ],
    [
      'the chosen user has no ad account',
      bothGroups,
      { user: '101' },
      'KOE027: This Kakao Account has no ad account that fits the request. (Chosen user: Nobody’s owner) The user must create an ad account first.',
    ],
  ];

  for (const [when, changes, choice, message] of errors) {
    it(`rejects with code, cause and remedy, without secrets, when ${when}`, async () => {
      const error = await rejectionOf(approve(changes, choice));

      expect(error).to.be.an.instanceOf(Error).and.not.an.instanceOf(TypeError);
      expect(error).to.include({ code: message.slice(0, 6), message });
      expect(inspect(error)).not.to.include('a-secret');
    });
  }

  it('shows the error page over HTTP', async () => {
    for (const name of ['approve', 'cancel'] as const) {
      const response = await call(emulator(), name, { redirect_uri: 'http://a/' });

      expect(response.status).to.equal(400);
      expect(await response.text()).to.include('<p class="code">KOE028</p>');
    }
  });

  it('rejects with the error of the first user when no user can agree', async () => {
    emulator().users.splice(1);

    expect(await rejectionOf(approve(bothGroups))).to.have.property('code', 'KOE027');
  });

  it('rejects a cancellation of an invalid request', async () => {
    const url = authorizationURL(emulator(), { redirect_uri: undefined });

    expect(await rejectionOf(emulator().cancel(url))).to.have.property('code', 'KOE028');
  });

  it('rejects after the emulator was closed', async () => {
    const url = authorizationURL(emulator());
    await emulator().close();

    for (const name of ['approve', 'cancel'] as const) {
      const error = await rejectionOf(emulator()[name](url));
      expect(error).to.have.property('message', `${name}: the emulator is closed`);
    }
  });

  const mistakes: [what: string, given: unknown[], message: string][] = [
    ['a missing URL', [], 'approve takes an authorize URL of this emulator: http://127.0.0.1:'],
    [
      'a URL of Kakao',
      ['https://kauth.kakao.com/oauth/business/authorize'],
      'approve takes an authorize URL of',
    ],
    ['a path', ['/oauth/business/authorize'], 'approve takes an authorize URL of'],
    ['a misspelt choice', ['authorize', { users: '1' }], 'a choice has no users; it has user, adAccounts'],
    [
      'an unknown group of ad accounts',
      ['authorize', { adAccounts: { search: [] } }],
      'adAccounts has no search',
    ],
    ['a user ID that is a number', ['authorize', { user: 101 }], 'user takes IDs as strings'],
    ['an empty user ID', ['authorize', { user: '' }], 'user takes IDs as strings'],
    [
      'ad accounts that are not an array',
      ['authorize', { adAccounts: { moment: '11' } }],
      'adAccounts.moment must be',
    ],
    [
      'ad account IDs that are numbers',
      ['authorize', { adAccounts: { moment: [11] } }],
      'adAccounts.moment takes IDs',
    ],
  ];

  for (const [what, [url, ...more], message] of mistakes) {
    it(`rejects ${what}`, async () => {
      const misuse = [url === 'authorize' ? authorizationURL(emulator()) : url, ...more];

      const error = await rejectionOf(Reflect.apply(emulator().approve, undefined, misuse));

      expect(error).to.be.an.instanceOf(TypeError).with.property('message').that.includes(message);
      expect(emulator().requests).to.deep.equal([]);
    });
  }
});

describe('emulator: a consent call with a fault of authorize', () => {
  const emulator = emulatorForEachTest();
  const approve = (): Promise<URL> => emulator().approve(authorizationURL(emulator()));

  it('resolves with the redirect of the fault', async () => {
    emulator().failNext('authorize', {
      status: 302,
      headers: { location: 'http://localhost:3000/?error=x' },
    });

    expect((await approve()).href).to.equal('http://localhost:3000/?error=x');
  });

  for (const status of [200, 422, 503]) {
    it(`rejects once when the fault has the status ${status}`, async () => {
      emulator().failNext('authorize', { status });

      const error = await rejectionOf(approve());

      expect(error).to.have.property('message', `approve: the authorize endpoint responded with ${status}`);
      expect(error).not.to.be.an.instanceOf(TypeError);
      expect((await approve()).searchParams.has('code')).to.equal(true);
    });
  }

  it('rejects when the connection is dropped', async () => {
    emulator().failNext('authorize', { drop: true });

    const error = await rejectionOf(emulator().cancel(authorizationURL(emulator())));

    expect(error).to.have.property('message', 'cancel: the connection ended without a response');
  });

  it('waits when the fault has a delay', async () => {
    emulator().failNext('authorize', { delay: 40 });

    const start = performance.now();
    await approve();

    expect(performance.now() - start).to.be.at.least(35);
  });

  for (const [what, fault] of Object.entries({ hangs: { hang: true }, waits: { delay: 3_600_000 } })) {
    it(`rejects when the emulator closes while authorize ${what}`, async () => {
      emulator().failNext('authorize', fault);
      const waiting = rejectionOf(approve());

      await emulator().close();

      expect(await waiting)
        .to.be.an.instanceOf(Error)
        .with.property('message', 'approve: the connection ended without a response');
    });
  }
});
