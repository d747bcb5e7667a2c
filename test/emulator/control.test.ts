import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { CONTROL_ROUTES } from '../../lib/emulator/control/api.js';
import { eventually } from '../support/eventually.js';
import { type ControlResponse, control, isValidBody, operations } from './control-api.js';
import {
  authorizationURL,
  bearer,
  decide,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
  openConsentScreen,
  toParameters,
} from './emulator-for-tests.js';

const APP = '0123456789abcdef0123456789abcdef';
const USER = '9007199254740993';

describe('emulator: the control API', () => {
  const emulator = emulatorForEachTest();
  const call = (method: string, path: string, body?: unknown): Promise<ControlResponse> =>
    control(emulator(), method, path, body);
  const at = (path: string): URL => new URL(path, emulator().endpoints.tokenURL);

  it('tells that the emulator runs', async () => {
    expect(await call('GET', '/emulator/health')).to.deep.equal({ status: 200, json: { status: 'ok' } });
  });

  describe('the log', () => {
    interface Entry {
      time: string;
      endpoint: string;
      query: Record<string, string[]>;
      form: Record<string, string[]> | null;
      headers: Record<string, string>;
      status: number | null;
      code: string | null;
      reason: string | null;
      consent: string | null;
    }
    const entries = async (query = ''): Promise<Entry[]> => {
      const { json } = await call('GET', `/emulator/requests${query}`);
      return Array.isArray(json) ? json : [];
    };
    const last = async (): Promise<Entry | undefined> => (await entries()).at(-1);

    it('has each request with its parameters and its outcome, and no secrets', async () => {
      const code = await obtainCode(emulator(), {
        resource_ids: ['moment:482913', 'moment:482914'],
        scope: 'moment_management',
      });
      await exchange(emulator(), code, { client_secret: 'a-wrong-secret' });

      const [authorize, token] = await entries();

      expect(authorize).to.deep.include({
        endpoint: 'authorize',
        status: 200,
        form: null,
        consent: 'agreed',
      });
      expect(authorize?.query['resource_ids']).to.deep.equal(['moment:482913', 'moment:482914']);
      expect(Date.parse(authorize?.time ?? '')).to.be.closeTo(Date.now(), 60_000);
      expect(token).to.deep.include({ endpoint: 'token', status: 401, code: 'KOE010', query: {} });
      expect(token?.form).to.deep.include({ client_id: [APP], client_secret: ['***'], code: ['***'] });
      expect(JSON.stringify(await entries()))
        .not.to.include(code)
        .and.not.to.include('a-wrong-secret');
    });

    it('is filtered by endpoint and outcome', async () => {
      const token = await obtainToken(emulator());
      await fetch(emulator().endpoints.userInfoURL, bearer(token));
      await fetch(emulator().endpoints.userInfoURL, bearer('unknown'));

      const endpointsOf = (list: Entry[]): string[] => list.map(({ endpoint }) => endpoint);
      expect(endpointsOf(await entries('?endpoint=token'))).to.deep.equal(['token']);
      expect(endpointsOf(await entries('?outcome=error'))).to.deep.equal(['userinfo']);
      expect(endpointsOf(await entries('?endpoint=userinfo&outcome=success'))).to.deep.equal(['userinfo']);
      expect(await call('GET', '/emulator/requests?outcome=bad')).to.deep.equal({
        status: 422,
        json: { message: 'outcome must be success or error', member: 'outcome' },
      });
    });

    it('tells what became of a consent screen', async () => {
      const screen = await openConsentScreen(emulator());
      expect(await last()).to.include({ status: 200, consent: 'open' });
      await decide(screen, 'cancel');
      expect(await last()).to.include({ status: 200, consent: 'cancelled', code: null, reason: null });

      await emulator().approve(authorizationURL(emulator()));
      expect(await last()).to.include({ status: 302, consent: 'agreed' });

      await decide(await openConsentScreen(emulator(), { scope: 'moment_management' }), 'agree', {
        user: '2874410093',
      });
      expect(await last()).to.include({ status: 200, consent: 'failed', code: 'KOE027' });
      expect((await last())?.reason).to.match(
        /^This Kakao Account has no ad account that fits the request\./,
      );
    });

    it('tells that a consent failed when the app has changed since its screen was opened', async () => {
      const screen = await openConsentScreen(emulator());
      await call('PATCH', `/emulator/apps/${APP}`, { bizApp: false });
      await decide(screen, 'agree');

      expect(await last()).to.include({ status: 200, consent: 'failed', code: 'KOE123' });
    });

    it('counts a request without a response yet as neither a success nor an error', async () => {
      await call('POST', '/emulator/faults', { endpoint: 'userinfo', delay: 60_000 });
      const waiting = fetch(emulator().endpoints.userInfoURL).catch(() => undefined);
      await eventually(async () => (await entries()).length === 1);

      expect(await entries('?outcome=success')).to.deep.equal([]);
      expect(await entries('?outcome=error')).to.deep.equal([]);
      await emulator().close();
      await waiting;
    });

    const basic = { authorization: `Basic ${btoa(`${APP}:a-secret`)}` };
    const reasons: {
      when: string;
      send: () => Promise<unknown>;
      status: number;
      reason: string;
    }[] = [
      {
        when: 'the secret comes in an Authorization header',
        send: () =>
          fetch(emulator().endpoints.tokenURL, {
            method: 'POST',
            headers: basic,
            body: toParameters({ grant_type: 'authorization_code', client_id: APP, code: 'a-code' }),
          }),
        status: 401,
        reason: 'The secret came in an Authorization header; Kakao reads it from the form.',
      },
      {
        when: 'the client ID comes there too',
        send: () =>
          fetch(emulator().endpoints.tokenURL, {
            method: 'POST',
            headers: basic,
            body: toParameters({ grant_type: 'authorization_code', code: 'a-code' }),
          }),
        status: 401,
        reason:
          'The client ID and the secret came in an Authorization header; Kakao reads them from the form.',
      },
      {
        when: 'the parameters come in the URL',
        send: () =>
          fetch(`${emulator().endpoints.tokenURL}?grant_type=authorization_code`, { method: 'POST' }),
        status: 400,
        reason: 'grant_type came in the URL; Kakao reads it from the form.',
      },
      {
        when: 'the body is JSON',
        send: () =>
          fetch(emulator().endpoints.tokenURL, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"grant_type":"authorization_code"}',
          }),
        status: 400,
        reason: 'The body is not a form: application/x-www-form-urlencoded.',
      },
      {
        when: 'the redirect URI is missing at token',
        send: async () => exchange(emulator(), await obtainCode(emulator()), { redirect_uri: undefined }),
        status: 400,
        reason: 'redirect_uri is missing.',
      },
      {
        when: 'the secret is sent empty',
        send: () => exchange(emulator(), 'a-code', { client_secret: '' }),
        status: 401,
        reason: 'client_secret is empty.',
      },
      {
        when: 'the code is sent twice',
        send: () => exchange(emulator(), 'a-code', { code: ['a', 'b'] }),
        status: 400,
        reason: 'code was sent more than once.',
      },
      {
        when: 'the token is missing',
        send: () => fetch(emulator().endpoints.userInfoURL),
        status: 401,
        reason: 'There is no header Authorization: Bearer.',
      },
      {
        when: 'the method is wrong',
        send: () => fetch(emulator().endpoints.tokenURL),
        status: 405,
        reason: 'This endpoint takes POST only.',
      },
      {
        when: 'a fault was queued',
        send: () => {
          emulator().failNext('userinfo', { code: -10, retryAfter: 5 });
          return fetch(emulator().endpoints.userInfoURL);
        },
        status: 429,
        reason: 'Injected fault: -10 · Retry-After 5.',
      },
    ];
    for (const { when, send, status, reason } of reasons) {
      it(`says why a request failed when ${when}`, async () => {
        await send();

        expect(await last()).to.include({ status, reason });
      });
    }

    it('has a request that a fault left without a response', async () => {
      emulator().failNext('userinfo', { drop: true });
      await fetch(emulator().endpoints.userInfoURL).catch(() => undefined);

      expect(await last()).to.include({ status: null, reason: 'Injected fault: drop.' });
    });

    it('is emptied by DELETE, without a body and a content type', async () => {
      await obtainToken(emulator());

      expect(await call('DELETE', '/emulator/requests')).to.include({ status: 204 });
      expect(emulator().requests).to.deep.equal([]);
    });
  });

  describe('apps', () => {
    it('are listed and shown, with the secret', async () => {
      const { clientSecret, redirectURIs } = emulator().app;

      const list = await call('GET', '/emulator/apps');
      const app = await call('GET', `/emulator/apps/${APP}`);

      expect(list.json).to.deep.equal([app.json]);
      expect(app.json).to.deep.include({ clientID: APP, clientSecret, redirectURIs, bizApp: true });
    });

    it('are changed by a merge patch', async () => {
      const { app } = emulator();
      app.allowedIPs = ['10.0.0.1'];

      const changed = await call('PATCH', `/emulator/apps/${APP}`, {
        redirectURIs: ['http://localhost:8000/callback'],
        clientSecret: false,
        allowedIPs: null,
        quota: { tokensPerMinute: 1 },
      });
      await call('PATCH', `/emulator/apps/${APP}`, { quota: { apiCallsPerMinute: 2 } });

      expect(changed.json).to.deep.include({ clientSecret: false }).and.not.to.have.property('allowedIPs');
      expect(app).to.deep.include({ clientSecret: undefined, allowedIPs: undefined });
      expect(app.redirectURIs).to.deep.equal(['http://localhost:8000/callback']);
      expect(app.quota).to.deep.equal({ tokensPerMinute: 1, apiCallsPerMinute: 2 });
      expect(emulator().app).to.equal(app);
    });

    it('are found by a key with reserved characters', async () => {
      emulator().app.clientID = 'a key/with?more';

      const { json } = await call('GET', `/emulator/apps/${encodeURIComponent('a key/with?more')}`);

      expect(json).to.include({ clientID: 'a key/with?more' });
    });
  });

  describe('users', () => {
    it('are listed, added, shown, changed and removed', async () => {
      const added = await call('POST', '/emulator/users', { id: '5', name: 'Five' });
      const changed = await call('PATCH', '/emulator/users/5', {
        email: 'five@example.com',
        adAccounts: { moment: [{ id: '55', name: 'Fifty-five' }] },
      });
      const withoutEmail = await call('PATCH', '/emulator/users/5', { email: null, businessCenter: false });
      const list = await call('GET', '/emulator/users');

      expect(added).to.deep.include({ status: 201 });
      expect(added.json).to.deep.include({ id: '5', adAccounts: { moment: [], keyword: [] } });
      expect(changed.json).to.deep.include({
        email: 'five@example.com',
        adAccounts: {
          moment: [{ id: '55', name: 'Fifty-five', memberType: 'MASTER', config: 'ON' }],
          keyword: [],
        },
      });
      expect(withoutEmail.json).to.include({ businessCenter: false }).and.not.to.have.property('email');
      expect(list.json).to.have.length(4);
      expect((await call('GET', '/emulator/users/5')).json).to.deep.equal(withoutEmail.json);
      expect(await call('DELETE', '/emulator/users/5')).to.include({ status: 204 });
      expect(await call('GET', '/emulator/users/5')).to.deep.equal({
        status: 404,
        json: { message: 'There is no user 5.' },
      });
      expect(await call('DELETE', '/emulator/users')).to.include({ status: 204 });
      expect(emulator().users).to.deep.equal([]);
    });

    it('sign in after they were added', async () => {
      await call('POST', '/emulator/users', { id: '5', name: 'Five', email: 'five@example.com' });
      const { json } = await call('POST', `/emulator/approve${authorizationURL(emulator()).search}`, {
        user: '5',
      });
      const code = new URL(Object(json).location).searchParams.get('code') ?? '';
      const { access_token } = Object(await (await exchange(emulator(), code)).json());

      const info = await fetch(emulator().endpoints.userInfoURL, bearer(access_token));
      expect(await info.json()).to.deep.equal({ email: 'five@example.com' });
    });
  });

  describe('consent', () => {
    const approve = (changes = {}): string =>
      `/emulator/approve${authorizationURL(emulator(), changes).search}`;

    it('is given and cancelled with JSON', async () => {
      const agreed = await call('POST', approve({ scope: 'moment_management' }), {
        user: USER,
        moment: ['482913'],
      });
      const cancelled = await call('POST', `/emulator/cancel${authorizationURL(emulator()).search}`, {});

      expect(agreed.status).to.equal(200);
      expect(Object(agreed.json).location).to.match(
        /^http:\/\/localhost:3000\/.*[?&]code=.+&state=the-state$/,
      );
      expect(Object(cancelled.json).location).to.include('error=access_denied');
    });

    it('is answered in JSON where the client accepts JSON', async () => {
      const response = await fetch(at(approve()), {
        method: 'POST',
        headers: { accept: 'application/json' },
        redirect: 'manual',
      });

      expect(response.status).to.equal(200);
      expect(await response.json()).to.have.property('location');
    });

    it('names the code of the error page', async () => {
      const { status, json } = await call('POST', approve({ redirect_uri: 'http://localhost/other' }), {});

      expect(status).to.equal(400);
      expect(json)
        .to.include({ code: 'KOE028' })
        .and.have.property('message')
        .that.matches(/^KOE028: /);
    });

    const mistakes: [what: string, body: unknown, member: string | undefined, message: string][] = [
      ['an unknown user', { user: '404' }, 'user', 'there is no user 404'],
      [
        'an ad account of another user',
        { moment: ['1'] },
        'moment',
        `the user ${USER} has no moment ad account 1`,
      ],
      [
        'a group that was not requested',
        { keyword: [] },
        'keyword',
        'the app requests no keyword ad accounts',
      ],
      ['an ID as a number', { user: 404 }, 'user', 'user takes an ID as strings'],
      [
        'an unknown member',
        { account: '1' },
        'account',
        'unknown field account; known fields: user, moment, keyword',
      ],
      ['a list', [], undefined, 'The body must be a JSON object.'],
    ];
    for (const [what, body, member, message] of mistakes) {
      it(`rejects ${what}`, async () => {
        const { status, json } = await call('POST', approve({ scope: 'moment_management' }), body);

        expect(status).to.equal(422);
        expect(json).to.deep.equal({ message, ...(member && { member }) });
      });
    }
  });

  it('queues faults, which wait for the method of their endpoint', async () => {
    const { status } = await call('POST', '/emulator/faults', {
      endpoint: 'token',
      code: 'KOE237',
      retryAfter: 30,
    });
    const { tokenURL } = emulator().endpoints;
    const basic = { authorization: `Basic ${btoa(`${APP}:a-secret`)}` };

    const probes = [
      await fetch(tokenURL, { method: 'OPTIONS' }),
      await fetch(tokenURL, { method: 'HEAD' }),
      await fetch(tokenURL),
      await fetch(tokenURL, {
        method: 'POST',
        headers: basic,
        body: toParameters({ grant_type: 'authorization_code', code: 'a-code' }),
      }),
    ];
    const response = await exchange(emulator(), 'a-code');

    expect(status).to.equal(204);
    expect(probes.map(probe => probe.status)).to.deep.equal([405, 405, 405, 401]);
    expect([response.status, response.headers.get('retry-after')]).to.deep.equal([429, '30']);
  });

  it('keeps a fault of an ad API for its methods', async () => {
    emulator().failNext('moment', { status: 503 });
    const url = new URL('/openapi/v4/campaigns', emulator().endpoints.momentURL);

    await fetch(url, { method: 'OPTIONS' });
    await fetch(url, { method: 'HEAD' });

    expect((await fetch(url)).status).to.equal(503);
  });

  it('sends the headers and the body of a fault', async () => {
    await call('POST', '/emulator/faults', {
      endpoint: 'userinfo',
      status: 502,
      headers: { 'x-proxy': 'down' },
      body: { id: 1 },
    });

    const response = await fetch(emulator().endpoints.userInfoURL);

    expect([response.status, response.headers.get('x-proxy')]).to.deep.equal([502, 'down']);
    expect(await response.json()).to.deep.equal({ id: 1 });
  });

  it('clears faults', async () => {
    emulator().failNext('userinfo', { status: 500 });

    expect(await call('POST', '/emulator/faults/clear')).to.include({ status: 204 });
    expect((await fetch(emulator().endpoints.userInfoURL)).status).to.equal(401);
  });

  it('adds and clears stubs, with large integers as they are', async () => {
    const path = '/openapi/v4/campaigns';
    const { status } = await call(
      'POST',
      '/emulator/stubs',
      `{"path":"${path}","answer":{"id":9223372036854775807}}`,
    );
    const token = await obtainToken(emulator(), { scope: 'moment_management' });
    const get = (): Promise<Response> =>
      fetch(new URL(path, emulator().endpoints.momentURL), {
        headers: { ...Object(bearer(token)).headers, adAccountId: '482913' },
      });

    expect(status).to.equal(204);
    expect(await (await get()).text()).to.equal('{"id":9223372036854775807}');
    expect(await call('POST', '/emulator/stubs/clear')).to.include({ status: 204 });
    expect((await get()).status).to.equal(404);
  });

  it('advances the clock, by which the log tells the time', async () => {
    const { status, json } = await call('POST', '/emulator/clock', { seconds: 600 });
    await fetch(emulator().endpoints.userInfoURL);

    expect(status).to.equal(200);
    const time = Date.parse(Object(json).time);
    expect(time).to.be.closeTo(Date.now() + 600_000, 60_000);
    expect(Date.parse(emulator().requests[0]?.time ?? '')).to.be.at.least(time);
  });

  it('resets, without a body and a content type', async () => {
    const { app } = emulator();
    await call('PATCH', `/emulator/apps/${APP}`, { redirectURIs: [], bizApp: false });
    await call('DELETE', '/emulator/users');
    await call('POST', '/emulator/clock', { seconds: 600 });

    expect(await call('POST', '/emulator/reset')).to.include({ status: 204 });
    expect(app).to.deep.include({ bizApp: true, clientID: APP });
    expect(app.redirectURIs).to.have.length(1);
    expect(emulator().users).to.have.length(3);
    expect(emulator().requests).to.deep.equal([]);
  });

  const mistakes: [
    request: string,
    body: unknown,
    status: number,
    member: string | undefined,
    message: string,
  ][] = [
    ['POST /emulator/faults', {}, 422, 'endpoint', 'endpoint must be one of authorize, token'],
    ['POST /emulator/faults', { endpoint: 'token' }, 422, 'code', 'a fault needs one of code'],
    [
      'POST /emulator/faults',
      { endpoint: 'token', code: 'KOE000' },
      422,
      'code',
      'the codes of token are KOE003',
    ],
    [
      'POST /emulator/faults',
      { endpoint: 'token', statusCode: 500 },
      422,
      'statusCode',
      'unknown member statusCode',
    ],
    [
      'POST /emulator/faults',
      { endpoint: 'token', status: 99 },
      422,
      'status',
      'status must be an HTTP status',
    ],
    [
      'POST /emulator/faults',
      { endpoint: 'token', code: ['KOE237'] },
      422,
      'code',
      'the codes of token are KOE003',
    ],
    [
      'POST /emulator/faults',
      { endpoint: 'token', headers: { 'x-id': 5 } },
      422,
      'headers',
      'headers must be an object of strings',
    ],
    [
      'POST /emulator/faults',
      { endpoint: 'token', headers: 'x-id: 5' },
      422,
      'headers',
      'headers must be an object of strings',
    ],
    [
      'POST /emulator/faults',
      { endpoint: 'token', headers: { 'content-length': '1' } },
      422,
      'headers',
      'the header content-length cannot be set',
    ],
    ['POST /emulator/faults', '{', 400, undefined, 'The body must be a JSON object.'],
    ['POST /emulator/faults', [], 400, undefined, 'The body must be a JSON object.'],
    ['POST /emulator/stubs', { path: '/v1/x' }, 422, 'path', 'the path must be a path that starts with'],
    ['POST /emulator/stubs', { path: 1 }, 422, 'path', 'the path must be a path that starts with'],
    [
      'POST /emulator/stubs',
      { method: 'HEAD', path: '/openapi/v4/x' },
      422,
      'method',
      'method must be one of GET',
    ],
    [
      'POST /emulator/stubs',
      { path: '/openapi/v4/x', body: 1 },
      422,
      'body',
      'unknown member body; known members',
    ],
    ['POST /emulator/clock', { seconds: -1 }, 422, 'seconds', 'seconds must be a number from 0 on'],
    ['POST /emulator/clock', { seconds: '600' }, 422, 'seconds', 'seconds must be a number from 0 on'],
    [
      'POST /emulator/clock',
      { seconds: 1e300 },
      422,
      'seconds',
      'seconds must not lead past the largest valid date',
    ],
    [
      'POST /emulator/clock',
      { minutes: 1 },
      422,
      'minutes',
      'unknown member minutes; known members: seconds',
    ],
    ['PATCH /emulator/apps/unknown', {}, 404, undefined, 'There is no app unknown.'],
    [`PATCH /emulator/apps/${APP}`, { bizApp: 'no' }, 422, 'bizApp', 'bizApp must be a boolean'],
    [
      `PATCH /emulator/apps/${APP}`,
      { redirectURIs: ['/x'] },
      422,
      'redirectURIs[0]',
      'redirectURIs[0] must be an absolute',
    ],
    [
      `PATCH /emulator/apps/${APP}`,
      { redirectURIs: ['http://localhost:8000/callback\n'] },
      422,
      'redirectURIs[0]',
      'redirectURIs[0] must be an absolute',
    ],
    [
      `PATCH /emulator/apps/${APP}`,
      { consentItems: ['a b'] },
      422,
      'consentItems[0]',
      'consentItems[0] must be the ID of one consent item',
    ],
    [
      `PATCH /emulator/apps/${APP}`,
      { consentItems: [''] },
      422,
      'consentItems[0]',
      'consentItems[0] must be a non-empty string',
    ],
    [
      `PATCH /emulator/apps/${APP}`,
      { clientId: 'x' },
      422,
      'clientId',
      'there is no clientId; there are name, clientID',
    ],
    [
      `PATCH /emulator/apps/${APP}`,
      { quota: { perMinute: 1 } },
      422,
      'quota.perMinute',
      'there is no quota.perMinute',
    ],
    ['POST /emulator/users', {}, 422, 'id', 'id must be a string of 1 to 19 decimal digits'],
    [
      'POST /emulator/users',
      { id: USER, name: 'x' },
      422,
      'id',
      'id must be different from that of the other users',
    ],
    [
      'POST /emulator/users',
      { id: '5', name: 'x', adAccounts: { moment: [{ id: 'x' }] } },
      422,
      'adAccounts.moment[0].id',
      'adAccounts.moment[0].id must be a string of 1 to 19',
    ],
    [
      `PATCH /emulator/users/${USER}`,
      { id: '3120457786' },
      422,
      'id',
      'id must be different from that of the other users',
    ],
    [
      `PATCH /emulator/users/${USER}`,
      { adAccounts: null },
      422,
      'adAccounts',
      'adAccounts must be an object',
    ],
    ['DELETE /emulator/users/404', undefined, 404, undefined, 'There is no user 404.'],
    [
      'GET /emulator/nothing',
      undefined,
      404,
      undefined,
      'The Kakao Business emulator has nothing at this path.',
    ],
    ['PUT /emulator/users', undefined, 405, undefined, 'This path takes GET, POST, DELETE only.'],
  ];
  for (const [request, body, status, member, message] of mistakes) {
    it(`rejects ${request} with ${JSON.stringify(body) ?? 'no body'}`, async () => {
      const [method = '', path = ''] = request.split(' ');
      const response = await call(method, path, body);

      expect(response.status).to.equal(status);
      expect(response.json).to.have.property('message').that.includes(message);
      expect(Object(response.json).member).to.equal(member);
    });
  }

  it('rejects a body that is not said to be JSON', async () => {
    for (const [type, body] of [
      ['text/plain', '{"seconds":1}'],
      ['application/x-www-form-urlencoded', 'name=x'],
    ] as const) {
      const response = await fetch(at(`/emulator/apps/${APP}`), {
        method: 'PATCH',
        headers: { 'content-type': type },
        body,
      });
      expect([response.status, await response.json()]).to.deep.equal([
        415,
        { message: 'The body must be JSON, with Content-Type: application/json.' },
      ]);
    }
  });

  it('rejects JSON that curl sends as a form, which it does without a content type', async () => {
    const response = await fetch(at('/emulator/faults'), {
      method: 'POST',
      body: '{"endpoint":"token","code":"KOE237"}',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

    expect([response.status, await response.json()]).to.deep.equal([
      415,
      { message: 'The body must be JSON, with Content-Type: application/json.' },
    ]);
  });

  it('rejects a body that is nested so deeply that it could not be sent', async () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    for (const [request, body] of [
      ['POST /emulator/faults', `{"endpoint":"token","body":${nested(5_000)}}`],
      ['POST /emulator/stubs', `{"path":"/openapi/v4/x","answer":${nested(5_000)}}`],
      [`PATCH /emulator/apps/${APP}`, `${'{"quota":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ] as const) {
      const [method = '', path = ''] = request.split(' ');
      expect(await call(method, path, body)).to.deep.equal({
        status: 400,
        json: { message: 'The body is nested too deeply.' },
      });
    }
  });

  it('rejects a body that is too large', async () => {
    const { status } = await fetch(at('/emulator/faults'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"endpoint":"${'x'.repeat(2 ** 20)}"}`,
    });

    expect(status).to.equal(413);
  });

  it('answers the forms of the panel with the panel', async () => {
    const response = await fetch(at('/emulator/clock'), {
      method: 'POST',
      body: toParameters({ seconds: '60' }),
      redirect: 'manual',
    });

    expect([response.status, response.headers.get('location')]).to.deep.equal([303, '/emulator#clock']);
  });

  it('does what the guide shows with curl', async () => {
    const page = await readFile('docs/emulator.md', 'utf8');
    const [, block = ''] = /## Over HTTP[\s\S]*?```sh\n([\s\S]*?)```/.exec(page) ?? [];
    const script = block.replace('http://127.0.0.1:5252', at('/').origin);

    const { stdout } = await promisify(execFile)('bash', [
      '-ec',
      `curl() { command curl --fail "$@"; }\n${script}`,
    ]);

    expect(script).to.include(at('/').origin);
    expect(stdout).to.match(/"location":".*code=.*"location":".*error=access_denied/s);
    // The last line resets.
    expect(emulator().users).to.have.length(3);
  });

  describe('and its OpenAPI file', () => {
    it('describe the same paths and methods', () => {
      const served = CONTROL_ROUTES.map(({ method, path }) => `${method} ${path}`);

      expect([...operations.keys()]).to.have.members([
        ...served,
        'POST /emulator/approve',
        'POST /emulator/cancel',
      ]);
    });

    it('reject the same bodies', () => {
      for (const [request, body, status] of mistakes) {
        if (status !== 422) continue;
        const name = request.replace(APP, '{client_id}').replace(USER, '{id}');
        // These depend on the state of the emulator or the endpoint.
        const depends =
          /KOE000|content-length|1e\+300|3120457786/.test(JSON.stringify(body)) || Object(body).id === USER;
        expect(isValidBody(name, body), `${name} ${JSON.stringify(body)}`).to.equal(depends);
      }
    });
  });
});
