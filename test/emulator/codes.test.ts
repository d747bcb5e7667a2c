import { expect } from 'chai';
import type { EmulatedApp, EmulatedUser, KakaoBusinessEmulator } from '../../lib/emulator/index.js';
import {
  bearer,
  type Changes,
  decide,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
  openConsentScreen,
} from './emulator-for-tests.js';

type Configure = (emulator: KakaoBusinessEmulator) => unknown;

const app =
  (changes: Partial<EmulatedApp>): Configure =>
  emulator =>
    Object.assign(emulator.app, changes);
const user =
  (changes: Partial<EmulatedUser>): Configure =>
  emulator =>
    Object.assign(emulator.users[0] ?? {}, changes);
const asItIs: Configure = () => undefined;

describe('emulator: error codes by configuration', () => {
  const emulator = emulatorForEachTest(() => ({
    apps: [{ otherKeys: ['javascript-key', 'admin-key'] }, { clientID: 'second' }],
  }));

  const onPage: [code: string, when: string, configure: Configure, changes?: Changes][] = [
    ['KOE005', 'a test app has no members', app({ testApp: true })],
    ['KOE005', 'a test app has other members', app({ testApp: true, members: ['3120457786'] })],
    ['KOE008', 'the key is of another kind', asItIs, { client_id: 'javascript-key' }],
    ['KOE025', 'the user is not registered at Business Center', user({ businessCenter: false })],
    ['KOE026', 'the user may not use the service', user({ mayUseService: false })],
    [
      'KOE027',
      'the user has no ad accounts',
      user({ adAccounts: { moment: [], keyword: [] } }),
      { scope: 'moment_management' },
    ],
    [
      'KOE028',
      'the redirect URI is not registered',
      app({ redirectURIs: [] }),
      { redirect_uri: 'http://localhost:3000/auth/kakao-business/callback' },
    ],
    ['KOE101', 'the key is unknown', asItIs, { client_id: 'unknown' }],
    ['KOE123', 'the app is not a Biz app', app({ bizApp: false })],
    ['KOE124', 'the app lacks the permission', app({ permissions: [] }), { scope: 'moment_management' }],
    ['KOE125', 'the app is sanctioned', app({ sanctioned: true })],
    ['KOE201', 'the response type is unsupported', asItIs, { response_type: 'token' }],
    ['KOE232', 'the item is not configured', app({ consentItems: [] })],
    ['KOE233', 'a parameter is unknown', asItIs, { nonce: 'x' }],
  ];

  for (const [code, when, configure, changes] of onPage) {
    it(`shows ${code} on the error page when ${when}`, async () => {
      configure(emulator());

      const screen = await openConsentScreen(emulator(), changes);
      const page =
        screen.response.status === 400 ? screen.html : await (await decide(screen, 'agree')).text();

      expect(page).to.include(`<p class="code">${code}</p>`);
    });
  }

  it('lets a member of a test app sign in', async () => {
    app({ testApp: true, members: ['9007199254740993'] })(emulator());

    expect((await decide(await openConsentScreen(emulator()), 'agree')).status).to.equal(302);
  });

  const otherApp = { client_id: 'second', client_secret: 'NotARealSecretOfTheEmulator01234' };
  const atToken: [
    code: string,
    when: string,
    status: number,
    error: string,
    configure: Configure,
    changes?: Changes,
  ][] = [
    ['KOE009', 'the key is of another kind', 400, 'invalid_client', asItIs, { client_id: 'admin-key' }],
    [
      'KOE010',
      'the secret was changed',
      401,
      'invalid_client',
      app({ clientSecret: 'changed' }),
      { client_secret: 'as it was' },
    ],
    ['KOE101', 'the key is unknown', 401, 'invalid_client', asItIs, { client_id: 'unknown' }],
    ['KOE114', 'the code belongs to another app', 400, 'invalid_grant', asItIs, otherApp],
    [
      'KOE127',
      'the IP address is not allowed',
      403,
      'unauthorized_client',
      app({ allowedIPs: ['203.0.113.7'] }),
    ],
    [
      'KOE236',
      'the quota of tokens is used up',
      429,
      'invalid_request',
      app({ quota: { tokensPerMinute: 0 } }),
    ],
    [
      'KOE237',
      'the quota of requests is used up',
      429,
      'invalid_request',
      app({ quota: { tokenRequestsPerMinute: 0 } }),
    ],
    [
      'KOE303',
      'the redirect URI differs',
      400,
      'invalid_grant',
      asItIs,
      { redirect_uri: 'http://localhost:3000/' },
    ],
    [
      'KOE310',
      'the grant type is unsupported',
      400,
      'invalid_request',
      asItIs,
      { grant_type: 'refresh_token' },
    ],
    ['KOE320', 'the code is wrong', 400, 'invalid_grant', asItIs, { code: 'wrong' }],
    ['KOE320', 'the code has expired', 400, 'invalid_grant', running => running.advance(10 * 60_000)],
  ];

  for (const [code, when, status, error, configure, changes] of atToken) {
    it(`answers ${code} at the token endpoint when ${when}`, async () => {
      const authorizationCode = await obtainCode(emulator());
      configure(emulator());

      const response = await exchange(emulator(), authorizationCode, changes);

      expect(response.status).to.equal(status);
      expect(await response.json()).to.include({ error, error_code: code });
    });
  }

  const withToken: [code: number, status: number, msg: string, configure: Configure, scope?: string][] = [
    [-5, 403, 'permission denied', app({ permissions: [] }), 'biz_account_email,moment_management'],
    [-10, 429, 'quota exceeded', app({ quota: { apiCallsPerMinute: 0 } })],
    [-401, 401, 'this access token does not exist', running => running.advance(180 * 24 * 3_600_000)],
    [-401, 401, 'ip mismatched', app({ allowedIPs: [] })],
    [-402, 403, 'insufficient scopes', asItIs, 'keyword_management'],
  ];

  for (const [code, status, msg, configure, scope = 'biz_account_email'] of withToken) {
    it(`answers ${code} to a token: ${msg}`, async () => {
      const token = await obtainToken(emulator(), { scope });
      configure(emulator());

      const response = await fetch(emulator().endpoints.userInfoURL, bearer(token));

      expect(response.status).to.equal(status);
      expect(await response.json()).to.include({ code, msg });
    });
  }

  for (const [name, method] of [
    ['tokenInfoURL', 'GET'],
    ['userInfoURL', 'GET'],
    ['revokeURL', 'POST'],
  ] as const) {
    it(`answers -2 to a parameter at ${name}`, async () => {
      const token = await obtainToken(emulator());
      const url = `${emulator().endpoints[name]}?property_keys=x`;

      const response = await fetch(url, { method, ...bearer(token) });

      expect(response.status).to.equal(400);
      expect(await response.json()).to.deep.equal({ msg: 'invalid argument', code: -2 });
    });
  }
});

describe('emulator: a withdrawn permission', () => {
  const emulator = emulatorForEachTest();
  const withoutPermission = async (scope: string): Promise<string> => {
    const token = await obtainToken(emulator(), { scope });
    emulator().app.permissions.length = 0;
    return token;
  };

  it('makes tokeninfo answer -5, as Kakao documents', async () => {
    const token = await withoutPermission('moment_management');

    const response = await fetch(emulator().endpoints.tokenInfoURL, bearer(token));

    expect(response.status).to.equal(403);
    expect(await response.text()).to.equal('{"msg":"permission denied","code":-5}');
  });

  it('does not prevent the revocation of a token', async () => {
    const token = await withoutPermission('moment_management');

    const response = await fetch(emulator().endpoints.revokeURL, { method: 'POST', ...bearer(token) });

    expect(response.status).to.equal(200);
  });

  it('does not affect tokens whose items need no permission', async () => {
    const token = await withoutPermission('biz_account_email,keyword_management');

    expect((await fetch(emulator().endpoints.tokenInfoURL, bearer(token))).status).to.equal(200);
  });
});
