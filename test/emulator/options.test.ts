import { inspect } from 'node:util';
import { expect } from 'chai';
import { type KakaoBusinessEmulatorOptions, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { rejectionAs } from '../support/rejection.js';
import { emulatorForEachTest } from './emulator-for-tests.js';

describe('startKakaoBusinessEmulator with options', () => {
  const emulator = emulatorForEachTest();

  it('accepts an app and users, and does not change the given objects', async () => {
    const options: KakaoBusinessEmulatorOptions = {
      app: {
        name: 'Mine',
        clientID: 'key',
        clientSecret: false,
        redirectURIs: [],
        consentItems: ['new_item'],
        permissions: [],
      },
      users: [{ id: '1', name: 'One', adAccounts: { moment: [{ id: '2', name: 'Two' }], keyword: [] } }],
    };
    const before = structuredClone(options);
    const mine = await startKakaoBusinessEmulator(options);
    mine.app.redirectURIs.push('http://localhost/');
    mine.users[0]?.adAccounts.moment.pop();
    await mine.close();

    expect(options).to.deep.equal(before);
    expect(mine.app).to.deep.equal({
      name: 'Mine',
      clientID: 'key',
      clientSecret: undefined,
      redirectURIs: ['http://localhost/'],
      consentItems: ['new_item'],
      permissions: [],
      bizApp: true,
      testApp: false,
      members: [],
      otherKeys: [],
      sanctioned: false,
      strict: true,
      allowedIPs: undefined,
      quota: {},
    });
  });

  it('gives ad accounts a role and a state', async () => {
    const [first, second] = [
      { id: '2', name: 'Two' },
      { id: '3', name: 'Three', memberType: 'MEMBER' as const, config: 'DEL' as const },
    ];
    const mine = await startKakaoBusinessEmulator({
      users: [{ id: '1', name: 'One', adAccounts: { moment: [first, second], keyword: [] } }],
    });
    await mine.close();

    expect(mine.users[0]?.adAccounts.moment).to.deep.equal([
      { ...first, memberType: 'MASTER', config: 'ON' },
      second,
    ]);
  });

  it('accepts several apps, the first of which is `app`', async () => {
    const mine = await startKakaoBusinessEmulator({ apps: [{ clientID: 'first' }, { clientID: 'second' }] });
    await mine.close();

    expect(mine.app).to.equal(mine.apps[0]);
    expect(mine.apps.map(({ clientID }) => clientID)).to.deep.equal(['first', 'second']);
  });

  it('shares no state between emulators', async () => {
    const other = await startKakaoBusinessEmulator();
    other.app.consentItems.pop();
    other.users.pop();
    await other.close();

    expect(emulator().app.consentItems).to.have.length(8);
    expect(emulator().users).to.have.length(3);
  });
});

describe('emulator: invalid options', () => {
  const user = { id: '1', name: 'One', adAccounts: { moment: [], keyword: [] } };
  const users = (...changed: object[]) => ({
    users: [user, ...changed.map(changes => ({ ...user, ...changes }))],
  });
  const keywordAccount = (changes: object) => ({ id: '2', name: 'Two', ...changes });
  const accounts = (moment: unknown[], keyword?: unknown[]) =>
    users({ id: '3', adAccounts: { moment, keyword } });
  const text = 'a non-empty string';
  const digits = 'a string of 1 to 19 decimal digits';
  const count = 'an integer from 0 on';
  const duration = 'a number of milliseconds above 0';

  const unusable: [options: object, option: string, expected: string][] = [
    [{ host: 'localhost' }, 'host', 'an IPv4 address'],
    [{ host: '' }, 'host', 'an IPv4 address'],
    [{ port: '80' }, 'port', 'an integer from 0 to 65535'],
    [{ port: 65_536 }, 'port', 'an integer from 0 to 65535'],
    [{ port: -1 }, 'port', 'an integer from 0 to 65535'],
    [{ https: true }, 'https', 'an object'],
    [{ https: { cert: 'x', key: 'y' } }, 'https.cert', 'a certificate in PEM'],
    [{ allowedHosts: 'kakao.test' }, 'allowedHosts', 'an array'],
    ...['', 5].map((name): (typeof unusable)[number] => [{ allowedHosts: [name] }, 'allowedHosts[0]', text]),
    ...['http://kakao.test', 'kakao.test:80', 'kakao.test/', '*.test', '.test', '[::1]', 'a b'].map(
      (name): (typeof unusable)[number] => [
        { allowedHosts: ['kakao.test', name] },
        'allowedHosts[1]',
        'a host name such as kakao.test, without a scheme and a port',
      ],
    ),
    [{ now: 5 }, 'now', 'a function'],
    [{ tokenIdleTimeout: 0 }, 'tokenIdleTimeout', duration],
    [{ tokenIdleTimeout: '1' }, 'tokenIdleTimeout', duration],
    [{ tokenIdleTimeout: Number.NaN }, 'tokenIdleTimeout', duration],
    [{ app: 'mine' }, 'app', 'an object'],
    [{ app: { name: '' } }, 'app.name', text],
    [{ app: { clientID: 5 } }, 'app.clientID', text],
    [{ app: { clientSecret: '' } }, 'app.clientSecret', text],
    [{ app: { clientSecret: true } }, 'app.clientSecret', text],
    [{ app: { redirectURIs: 'http://localhost/' } }, 'app.redirectURIs', 'an array'],
    [
      { app: { redirectURIs: ['/callback'] } },
      'app.redirectURIs[0]',
      'an absolute http or https URL without a',
    ],
    [
      { app: { redirectURIs: ['http://a/#b'] } },
      'app.redirectURIs[0]',
      'an absolute http or https URL without a',
    ],
    [
      { app: { redirectURIs: ['http://a/ '] } },
      'app.redirectURIs[0]',
      'an absolute http or https URL without a',
    ],
    [
      { app: { redirectURIs: ['http://:x'] } },
      'app.redirectURIs[0]',
      'an absolute http or https URL without a',
    ],
    [{ app: { consentItems: ['a', 5] } }, 'app.consentItems[1]', text],
    [{ app: { permissions: {} } }, 'app.permissions', 'an array'],
    [{ app: { bizApp: 'no' } }, 'app.bizApp', 'a boolean'],
    [{ app: { testApp: 1 } }, 'app.testApp', 'a boolean'],
    [{ app: { members: '1' } }, 'app.members', 'an array'],
    [{ app: { otherKeys: [''] } }, 'app.otherKeys[0]', text],
    [{ app: { sanctioned: 'yes' } }, 'app.sanctioned', 'a boolean'],
    [{ app: { allowedIPs: '127.0.0.1' } }, 'app.allowedIPs', 'an array'],
    ...[false, 0, '', null].map((allowedIPs): (typeof unusable)[number] => [
      { app: { allowedIPs } },
      'app.allowedIPs',
      'an array',
    ]),
    [{ app: { quota: 5 } }, 'app.quota', 'an object'],
    [{ app: { quota: [] } }, 'app.quota', 'an object'],
    [{ app: [] }, 'app', 'an object'],
    [{ app: { quota: { tokensPerMinute: -1 } } }, 'app.quota.tokensPerMinute', count],
    [{ app: { quota: { tokenRequestsPerMinute: '5' } } }, 'app.quota.tokenRequestsPerMinute', count],
    [{ app: { quota: { apiCallsPerMinute: 0.5 } } }, 'app.quota.apiCallsPerMinute', count],
    [{ app: {}, apps: [{}] }, 'app', 'omitted when apps is given'],
    [{ apps: {} }, 'apps', 'an array'],
    [{ apps: [] }, 'apps', 'an array with at least one app'],
    [{ apps: [{}, {}] }, 'apps[1].clientID', 'different from that of apps[0]'],
    [{ apps: [{}, { clientID: 'b', name: 5 }] }, 'apps[1].name', text],
    [{ users: {} }, 'users', 'an array'],
    [{ users: [undefined] }, 'users[0]', 'an object'],
    [{ users: [{ id: '1', name: 'One' }] }, 'users[0].adAccounts', 'an object'],
    [users({ id: 1 }), 'users[1].id', digits],
    [users({ id: '01' }), 'users[1].id', digits],
    [users({ id: '12345678901234567890' }), 'users[1].id', digits],
    [users({}), 'users[1].id', 'different from that of users[0]'],
    [users({ name: 5 }), 'users[1].name', text],
    [users({ email: '' }), 'users[1].email', text],
    [users({ businessCenter: 'no' }), 'users[1].businessCenter', 'a boolean'],
    [users({ mayUseService: 'no' }), 'users[1].mayUseService', 'a boolean'],
    [accounts([]), 'users[1].adAccounts.keyword', 'an array'],
    [accounts([null], []), 'users[1].adAccounts.moment[0]', 'an object'],
    [accounts([], [keywordAccount({ id: '*' })]), 'users[1].adAccounts.keyword[0].id', digits],
    [accounts([], [keywordAccount({ name: '' })]), 'users[1].adAccounts.keyword[0].name', text],
    [
      accounts([], [keywordAccount({ memberType: 'OWNER' })]),
      'users[1].adAccounts.keyword[0].memberType',
      'MASTER or MEMBER',
    ],
    [
      accounts([], [keywordAccount({ config: 'on' })]),
      'users[1].adAccounts.keyword[0].config',
      'ON or OFF or DEL',
    ],
    [{ stubs: {} }, 'stubs', 'an array'],
    [{ stubs: [null] }, 'stubs[0]', 'an object'],
    [{ stubs: [{ path: '/openapi/v4/x' }] }, 'stubs[0].method', 'one of GET, POST, PUT, PATCH, DELETE'],
    [{ stubs: [{ method: 'GET', path: '/x' }] }, 'stubs[0].path', 'a path that starts with /openapi/v4/ or'],
    [
      { stubs: [{ method: 'GET', path: '/openapi/v4/x', answer: Symbol('x') }] },
      'stubs[0].answer',
      'JSON, with integers past 2^53 as bigints, or a function',
    ],
  ];

  for (const [options, option, expected] of unusable) {
    it(`are rejected: ${option} = ${inspect(valueAt(options, option))}`, async () => {
      expect(await errorOf(options)).to.include(
        `startKakaoBusinessEmulator: the ${option} option must be ${expected}`,
      );
    });
  }

  const unknown: [options: object, message: string][] = [
    [
      { ports: 1 },
      'no ports option; it has port, host, https, allowedHosts, app, apps, users, now, tokenIdleTimeout, stubs',
    ],
    [{ app: { clientId: 'x' } }, 'no app.clientId option; it has name, clientID, clientSecret, redirectURIs'],
    [{ apps: [{ bizapp: true }] }, 'no apps[0].bizapp option; it has name'],
    [{ app: { quota: { perMinute: 1 } } }, 'no app.quota.perMinute option; it has tokensPerMinute'],
    [{ stubs: [{ body: {} }] }, 'no stubs[0].body option; it has method, path, answer'],
    [
      accounts([{ role: 'MASTER' }], []),
      'no users[1].adAccounts.moment[0].role option; it has id, name, memberType, config',
    ],
    [users({ mail: 'x' }), 'no users[1].mail option; it has id, email, name, adAccounts, businessCenter'],
  ];

  for (const [options, message] of unknown) {
    it(`are rejected: ${message.split(';')[0]}`, async () => {
      expect(await errorOf(options)).to.include(`startKakaoBusinessEmulator has ${message}`);
    });
  }

  it('are rejected: null', async () => {
    expect(await errorOf(null)).to.equal('startKakaoBusinessEmulator takes an object of options');
  });

  /** The value of an option such as `users[1].id`. */
  function valueAt(options: object, option: string): unknown {
    return option
      .split(/[.[\]]+/)
      .reduce((value: unknown, name) => (name ? Object(value)[name] : value), options);
  }

  async function errorOf(options: unknown): Promise<string> {
    const start: (...misuse: unknown[]) => Promise<unknown> = (...misuse) =>
      Reflect.apply(startKakaoBusinessEmulator, undefined, misuse);
    return (await rejectionAs(TypeError, start(options))).message;
  }
});
