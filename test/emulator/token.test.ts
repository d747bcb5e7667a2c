import { expect } from 'chai';
import {
  type Changes,
  emulatorForEachTest,
  exchange,
  obtainCode,
  stringIn,
  toParameters,
} from './emulator-for-tests.js';

describe('emulator: get business token', () => {
  const emulator = emulatorForEachTest();

  it('returns a token, its type and the scope, without expires_in and refresh_token', async () => {
    const code = await obtainCode(emulator(), {
      scope: 'biz_account_email,moment_management,keyword_management',
    });

    const response = await exchange(emulator(), code);

    const body = await response.json();
    const token = stringIn(body, 'access_token');
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
    expect(response.headers.get('cache-control')).to.equal('no-store');
    expect(token)
      .to.match(/^[\w-]{43}$/)
      .and.not.to.equal(code);
    expect(body).to.deep.equal({
      access_token: token,
      token_type: 'bearer',
      scope: 'keyword_management moment_management biz_account_email',
    });
  });

  const refusals: {
    when: string;
    changes: Changes;
    status: number;
    error: string;
    code: string;
    description: string;
  }[] = [
    {
      when: 'the grant type is another',
      changes: { grant_type: 'refresh_token' },
      status: 400,
      error: 'invalid_request',
      code: 'KOE310',
      description: 'Unsupported grant_type',
    },
    {
      when: 'the grant type is missing',
      changes: { grant_type: undefined },
      status: 400,
      error: 'invalid_request',
      code: 'KOE310',
      description: 'Unsupported grant_type',
    },
    {
      when: 'the client ID is wrong',
      changes: { client_id: 'wrong' },
      status: 401,
      error: 'invalid_client',
      code: 'KOE101',
      description: 'Not exist client_id [wrong]',
    },
    {
      when: 'the client ID is missing',
      changes: { client_id: undefined },
      status: 401,
      error: 'invalid_client',
      code: 'KOE101',
      description: 'Not exist client_id []',
    },
    {
      when: 'the client secret is wrong',
      changes: { client_secret: 'wrong' },
      status: 401,
      error: 'invalid_client',
      code: 'KOE010',
      description: 'Bad client credentials',
    },
    {
      when: 'the client secret is empty',
      changes: { client_secret: '' },
      status: 401,
      error: 'invalid_client',
      code: 'KOE010',
      description: 'Bad client credentials',
    },
    {
      when: 'the client secret is missing',
      changes: { client_secret: undefined },
      status: 401,
      error: 'invalid_client',
      code: 'KOE010',
      description: 'Bad client credentials',
    },
    {
      when: 'the redirect URI differs',
      changes: { redirect_uri: 'http://localhost:3000/' },
      status: 400,
      error: 'invalid_grant',
      code: 'KOE303',
      description: 'Redirect URI mismatch',
    },
    {
      when: 'the redirect URI is missing',
      changes: { redirect_uri: undefined },
      status: 400,
      error: 'invalid_grant',
      code: 'KOE303',
      description: 'Redirect URI mismatch',
    },
    {
      when: 'the code is unknown',
      changes: { code: 'unknown' },
      status: 400,
      error: 'invalid_grant',
      code: 'KOE320',
      description: 'authorization code not found for code=unknown',
    },
    {
      when: 'the code is missing',
      changes: { code: undefined },
      status: 400,
      error: 'invalid_grant',
      code: 'KOE320',
      description: 'authorization code not found for code=',
    },
    {
      when: 'the code is repeated',
      changes: { code: ['a', 'b'] },
      status: 400,
      error: 'invalid_grant',
      code: 'KOE320',
      description: 'authorization code not found for code=',
    },
  ];

  for (const { when, changes, status, error, code, description } of refusals) {
    it(`answers ${code} when ${when}`, async () => {
      const response = await exchange(emulator(), await obtainCode(emulator()), changes);

      expect(response.status).to.equal(status);
      expect(response.headers.get('www-authenticate')).to.equal(
        status === 401 ? 'Bearer realm="oauth", error="invalid_client"' : null,
      );
      expect(await response.json()).to.deep.equal({
        error,
        error_description: description,
        error_code: code,
      });
    });
  }

  it('accepts a code once', async () => {
    const code = await obtainCode(emulator());
    await exchange(emulator(), code);

    const response = await exchange(emulator(), code);

    expect(response.status).to.equal(400);
    expect(await response.json()).to.deep.equal({
      error: 'invalid_grant',
      error_description: `authorization code not found for code=${code}`,
      error_code: 'KOE320',
    });
  });

  it('keeps the code after a wrong secret', async () => {
    const code = await obtainCode(emulator());
    await exchange(emulator(), code, { client_secret: 'wrong' });

    expect((await exchange(emulator(), code)).status).to.equal(200);
  });

  it('uses up the code after a wrong redirect URI', async () => {
    const code = await obtainCode(emulator());
    await exchange(emulator(), code, { redirect_uri: 'http://localhost:3000/' });

    expect(await (await exchange(emulator(), code)).json()).to.include({ error_code: 'KOE320' });
  });

  it('answers KOE114 when the app key changed after the consent', async () => {
    const code = await obtainCode(emulator());
    emulator().app.clientID = 'another';

    expect(await (await exchange(emulator(), code)).json()).to.include({ error_code: 'KOE114' });
  });

  it('ignores the secret while the Client secret feature is off', async () => {
    emulator().app.clientSecret = undefined;

    for (const secret of [undefined, 'whatever']) {
      const code = await obtainCode(emulator());
      expect((await exchange(emulator(), code, { client_secret: secret })).status).to.equal(200);
    }
  });

  it('rejects an empty secret while the feature is off (KOE010), unless strict is false', async () => {
    const { app } = emulator();
    app.clientSecret = undefined;
    const code = await obtainCode(emulator());

    const rejected = await exchange(emulator(), code, { client_secret: '' });
    app.strict = false;
    const accepted = await exchange(emulator(), code, { client_secret: '' });

    expect(await rejected.json()).to.include({ error_code: 'KOE010' });
    expect(accepted.status).to.equal(200);
  });

  describe('reads parameters only from a form in the body,', () => {
    const others: { sent: string; request: (parameters: URLSearchParams) => [string, RequestInit] }[] = [
      { sent: 'in the URL', request: parameters => [`?${parameters}`, {}] },
      {
        sent: 'as JSON',
        request: parameters => ['', jsonBody(Object.fromEntries(parameters))],
      },
      { sent: 'as text', request: parameters => ['', { body: `${parameters}` }] },
    ];

    for (const { sent, request } of others) {
      it(`not when sent ${sent}`, async () => {
        const [query, init] = request(toParameters({ grant_type: 'authorization_code' }));

        const response = await fetch(emulator().endpoints.tokenURL + query, { method: 'POST', ...init });

        expect(await response.json()).to.include({ error_code: 'KOE310' });
      });
    }
  });
});

function jsonBody(body: unknown): RequestInit {
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}
