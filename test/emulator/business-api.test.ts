import { expect } from 'chai';
import { bearer, emulatorForEachTest, obtainToken } from './emulator-for-tests.js';

const bothGroups = { scope: 'biz_account_email,moment_management,moment_delete,keyword_management' };

describe('emulator: retrieve business token information', () => {
  const emulator = emulatorForEachTest();
  const tokenInfo = (token: string): Promise<Response> =>
    fetch(emulator().endpoints.tokenInfoURL, bearer(token));

  it('returns the user and the agreements, with numbers that JavaScript would round', async () => {
    const response = await tokenInfo(await obtainToken(emulator(), bothGroups));

    expect(response.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
    expect(await response.text()).to.equal(
      '{"token_user_id":9007199254740993,"biz_agreements":[' +
        '{"group":"MOMENT","scope":["moment_management","moment_delete"],"ad_account_ids":[482913,482914]},' +
        '{"group":"KEYWORD","scope":["keyword_management"],"ad_account_ids":[731205]}]}',
    );
  });

  it('lists only the accounts that the user chose', async () => {
    const token = await obtainToken(emulator(), bothGroups, {
      user: '3120457786',
      'moment-3120457786': ['9223372036854775807', '482913'],
    });

    expect(await (await tokenInfo(token)).text()).to.equal(
      '{"token_user_id":3120457786,"biz_agreements":[' +
        '{"group":"MOMENT","scope":["moment_management","moment_delete"],"ad_account_ids":[9223372036854775807]},' +
        '{"group":"KEYWORD","scope":["keyword_management"],"ad_account_ids":[]}]}',
    );
  });

  it('lists the accounts that the app chose', async () => {
    const fixed = { scope: 'moment_management', resource_ids: ['moment:482914', 'moment:1'] };

    const response = await tokenInfo(await obtainToken(emulator(), fixed));

    expect(await response.json()).to.deep.nested.include({ 'biz_agreements[0].ad_account_ids': [482914] });
  });

  it('writes all accounts as *', async () => {
    const all = {
      scope: 'moment_create,keyword_delete',
      resource_ids: ['moment:*', 'keyword:*', 'keyword:731205'],
    };

    const response = await tokenInfo(await obtainToken(emulator(), all));

    expect(await response.json()).to.deep.nested.include({
      'biz_agreements[0].ad_account_ids': ['*'],
      'biz_agreements[1].ad_account_ids': ['*'],
    });
  });

  it('has no agreement for the email', async () => {
    const response = await tokenInfo(await obtainToken(emulator()));

    expect(await response.json()).to.deep.include({ biz_agreements: [] });
  });
});

describe('emulator: retrieve business user information', () => {
  const emulator = emulatorForEachTest();
  const userInfo = (token: string): Promise<Response> =>
    fetch(emulator().endpoints.userInfoURL, bearer(token));

  it('returns the email', async () => {
    const response = await userInfo(await obtainToken(emulator()));

    expect(response.status).to.equal(200);
    expect(await response.json()).to.deep.equal({ email: 'haneul.kim@example.com' });
  });

  it('returns no email for an account without one', async () => {
    const response = await userInfo(await obtainToken(emulator(), {}, { user: '3120457786' }));

    expect(await response.json()).to.deep.equal({});
  });

  it('answers -402 without consent to the email, with the items that were agreed to', async () => {
    const response = await userInfo(await obtainToken(emulator(), { scope: 'moment_delete,keyword_delete' }));

    expect(response.status).to.equal(403);
    expect(await response.json()).to.deep.equal({
      msg: 'insufficient scopes',
      code: -402,
      required_scopes: ['biz_account_email'],
      allowed_scopes: ['moment_delete', 'keyword_delete'],
    });
  });
});

describe('emulator: revoke business token', () => {
  const emulator = emulatorForEachTest();

  it('revokes the token for all endpoints, and no other token', async () => {
    const { tokenInfoURL, userInfoURL, revokeURL } = emulator().endpoints;
    const [token, other] = [await obtainToken(emulator()), await obtainToken(emulator())];

    const response = await fetch(revokeURL, { method: 'POST', ...bearer(token) });

    expect(response.status).to.equal(200);
    expect(await response.text()).to.equal('');
    expect((await fetch(tokenInfoURL, bearer(token))).status).to.equal(401);
    expect((await fetch(userInfoURL, bearer(token))).status).to.equal(401);
    expect((await fetch(revokeURL, { method: 'POST', ...bearer(token) })).status).to.equal(401);
    expect((await fetch(userInfoURL, bearer(other))).status).to.equal(200);
  });
});

describe('emulator: invalid tokens', () => {
  const emulator = emulatorForEachTest();
  const none = { msg: 'no authentication key', code: -401 };
  const unknown = { msg: 'this access token does not exist', code: -401 };
  const endpoints = [
    { name: 'tokenInfoURL', method: 'GET' },
    { name: 'userInfoURL', method: 'GET' },
    { name: 'revokeURL', method: 'POST' },
  ] as const;
  const headers = [
    { sent: 'no header', authorization: undefined, body: none },
    { sent: 'an empty header', authorization: '', body: none },
    { sent: 'another scheme', authorization: 'Basic dTpw', body: none },
    { sent: 'the scheme alone', authorization: 'Bearer', body: none },
    { sent: 'two words', authorization: 'Bearer one two', body: none },
    { sent: 'an unknown token', authorization: 'Bearer unknown', body: unknown },
  ];

  for (const { name, method } of endpoints) {
    for (const { sent, authorization, body } of headers) {
      it(`make ${name} answer -401: ${sent}`, async () => {
        const response = await fetch(emulator().endpoints[name], {
          method,
          headers: authorization === undefined ? {} : { authorization },
        });

        expect(response.status).to.equal(401);
        expect(await response.json()).to.deep.equal(body);
      });
    }
  }

  it('are not read from the URL', async () => {
    const token = await obtainToken(emulator());

    const response = await fetch(`${emulator().endpoints.userInfoURL}?access_token=${token}`);

    expect(response.status).to.equal(401);
  });
});
