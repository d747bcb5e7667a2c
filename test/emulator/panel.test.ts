import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { Browser } from '../support/browser.js';
import {
  authorizationURL,
  callAdAPI,
  decide,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
  openConsentScreen,
} from './emulator-for-tests.js';

const all = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, found = '']) => found);

/** The text of the log, from its first entry on. */
const logOf = (text: string): string => text.replace(/^.* Apply /, '');

const userInfoOf = (emulator: { endpoints: { userInfoURL: string } }) =>
  fetch(emulator.endpoints.userInfoURL);

describe('emulator: the developer panel', () => {
  const emulator = emulatorForEachTest();
  const browser = new Browser();
  const panelURL = (): URL => new URL('/emulator', emulator().endpoints.authorizationURL);

  it('is linked from the root, the consent screen and the error page', async () => {
    const consent = await browser.open(authorizationURL(emulator()));
    const error = await browser.open(authorizationURL(emulator(), { prompt: 'login' }));

    for (const panel of [
      await browser.open(new URL('/', panelURL())),
      await browser.click(consent, '/emulator'),
      await browser.click(error, '/emulator'),
    ]) {
      expect(panel).to.include({ status: 200 });
      expect(panel.url.pathname).to.equal('/emulator');
      expect(panel.text).to.include('Developer panel');
    }
  });

  it('has the security headers of the other pages, except that its forms send their origin', async () => {
    const [panel, consent] = [await fetch(panelURL()), await fetch(authorizationURL(emulator()))];

    expect(panel.headers.get('referrer-policy')).to.equal('same-origin');
    for (const name of ['cache-control', 'x-frame-options', 'content-type'])
      expect(panel.headers.get(name)).to.equal(consent.headers.get(name));
    expect(panel.headers.get('content-security-policy')).to.match(
      /^default-src 'none'; style-src 'sha256-\S+' 'sha256-\S+'; script-src 'sha256-\S+' 'sha256-\S+'; connect-src 'self'; form-action/,
    );
  });

  it('shows the last requests with time, response and reason, secrets masked', async () => {
    const code = await obtainCode(emulator());
    await exchange(emulator(), code, { client_secret: 'a-secret' });
    await userInfoOf(emulator());

    const { text, html } = await browser.open(panelURL());

    expect(logOf(text)).to.match(
      /^\S+ GET userinfo 401 -401 .*There is no header Authorization: Bearer\. \S+ POST token 401 KOE010 .* \S+ GET authorize 200 동의 agreed /,
    );
    const [time] = all(html, /<li id="request-3".*\n<details>\n<summary><time datetime="([^"]*)"/g);
    expect(time).to.equal(emulator().requests[2]?.time);
    expect(text)
      .to.include('client_secret *** ')
      .and.to.include('code *** ')
      .and.to.include('state the-state')
      .and.to.include('user-agent');
    for (const secret of [code, 'a-secret']) expect(html).not.to.include(secret);
  });

  it('shows what became of each consent', async () => {
    await openConsentScreen(emulator());
    await decide(await openConsentScreen(emulator()), 'cancel');
    await decide(await openConsentScreen(emulator(), { scope: 'moment_management' }), 'agree', {
      user: '2874410093',
    });

    const { text } = await browser.open(panelURL());

    expect(logOf(text)).to.match(
      /authorize 200 KOE027 .* failed .* authorize 200 취소 cancelled .* authorize 200 동의 대기 open /,
    );
  });

  const filters: [query: string, shown: string[]][] = [
    ['', ['userinfo', 'token', 'authorize']],
    ['?endpoint=&outcome=', ['userinfo', 'token', 'authorize']],
    ['?endpoint=token', ['token']],
    ['?outcome=error', ['userinfo', 'token']],
    ['?outcome=success', ['authorize']],
    ['?endpoint=userinfo&outcome=error', ['userinfo']],
    ['?endpoint=userinfo&outcome=success', []],
    ['?endpoint=nowhere', ['userinfo', 'token', 'authorize']],
  ];

  for (const [query, shown] of filters) {
    it(`shows of the log what the filter asks for: ${query}`, async () => {
      await openConsentScreen(emulator());
      await exchange(emulator(), 'unknown');
      await userInfoOf(emulator());

      const { text, html } = await browser.open(new URL(query, panelURL()));

      expect(all(html, /<span class="method">\S+ (\w+)<\/span>/g)).to.deep.equal(shown);
      expect(text.includes('No request matches the filter.')).to.equal(shown.length === 0);
    });
  }

  it('keeps the filter in its form, and after another form', async () => {
    const { html } = await browser.open(new URL('?endpoint=token&outcome=error', panelURL()));

    expect(html).to.include('<option selected>token</option>');
    expect(all(html, /name="outcome" id="\S+" value="(\w*)" checked/g)).to.deep.equal(['error']);
    const submitted = await fetch(new URL('/emulator/clock', panelURL()), {
      method: 'POST',
      body: new URLSearchParams({ seconds: '1' }),
      headers: { referer: `${panelURL()}?endpoint=token&outcome=error` },
      redirect: 'manual',
    });
    expect(submitted.headers.get('location')).to.equal('/emulator?endpoint=token&outcome=error#clock');
  });

  it('shows the path and the ad account of a request to an ad API', async () => {
    await callAdAPI(emulator(), '/openapi/v1/campaigns?config=ON', {
      token: 'unknown',
      adAccountID: '731205',
    });

    const { text } = await browser.open(panelURL());

    expect(text).to.include('GET keywordAd 401 -401 /openapi/v1/campaigns 쿼리 Query config ON 헤더 Headers');
  });

  it('shows the roles and states of ad accounts', async () => {
    expect((await browser.open(panelURL())).text)
      .to.include('482913 · MASTER · ON')
      .and.include('482914 · MEMBER · OFF');
  });

  it('shows at most 30 requests', async () => {
    for (let count = 0; count < 31; count++) await userInfoOf(emulator());

    const { text, html } = await browser.open(panelURL());

    expect(html.match(/<li id="request-/g)).to.have.length(30);
    expect(text).to.include('The last 30 of 31.');
  });

  it('shows a request without a response, and no button when no fault is queued', async () => {
    emulator().failNext('userinfo', { drop: true });
    await userInfoOf(emulator()).catch(() => undefined);

    const { text } = await browser.open(panelURL());

    expect(text)
      .to.include('GET userinfo — ')
      .and.to.include('Injected fault: drop.')
      .and.not.to.include('Clear all');
  });

  it('shows the apps with their secret, and the users, with their restrictions', async () => {
    Object.assign(emulator().app, {
      bizApp: false,
      testApp: true,
      members: ['3120457786'],
      sanctioned: true,
      allowedIPs: ['203.0.113.7'],
      otherKeys: ['a-key-of-another-kind'],
      quota: { apiCallsPerMinute: 5 },
    });
    Object.assign(emulator().users[0] ?? {}, { businessCenter: false, mayUseService: false });

    const { text, html } = await browser.open(panelURL());

    for (const shown of [
      '샘플 광고 대행사 (Sample Agency)',
      'REST API key 0123456789abcdef0123456789abcdef',
      `Client secret ${emulator().app.clientSecret}`,
      'Redirect URI http://localhost:3000/auth/kakao-business/callback',
      'Permissions kakao_moment',
      'bizApp false (KOE123)',
      'testApp members: 3120457786 (KOE005)',
      'sanctioned true (KOE125)',
      'allowedIPs 203.0.113.7 (KOE127, -401)',
      'otherKeys 1 (KOE008, KOE009)',
      'apiCallsPerMinute 5',
      'haneul.kim@example.com',
      'businessCenter false (KOE025)',
      'mayUseService false (KOE026)',
      `tokenURL ${emulator().endpoints.tokenURL}`,
    ]) {
      expect(text).to.include(shown);
    }
    expect(html).not.to.include('a-key-of-another-kind');
  });

  it('shows that the Client secret feature is off', async () => {
    emulator().app.clientSecret = undefined;

    expect((await browser.open(panelURL())).text).to.include('Client secret 사용 안 함 off');
  });

  it('escapes all values', async () => {
    const hostile = `"><script>alert('&')</script>`;
    Object.assign(emulator().app, { name: hostile, clientID: hostile, permissions: [hostile] });
    Object.assign(emulator().users[0] ?? {}, { name: hostile, email: hostile });
    await openConsentScreen(emulator(), { [hostile]: hostile });

    const { html } = await browser.open(panelURL());

    expect(html).not.to.include('<script>alert');
    expect(html).to.include('&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;');
  });

  describe('has a form that', () => {
    const fill = async (given: Record<string, string>) => {
      const page = await browser.open(panelURL());
      return browser.submit(page, '/emulator/faults', given);
    };
    const nextOf = (text: string): string => text.replace(/^.*Next responses/, '');

    const faults: {
      what: string;
      given: Record<string, string>;
      shown: string;
      meets: [status: number, code?: string];
    }[] = [
      {
        what: 'a code',
        given: { endpoint: 'userinfo', code: '-10' },
        shown: 'userinfo -10 ',
        meets: [429, '-10'],
      },
      {
        what: 'a code with status, Retry-After and delay',
        given: { endpoint: 'userinfo', code: '-9798', status: '500', retryAfter: '60', delay: '1' },
        shown: 'userinfo -9798 · HTTP 500 · Retry-After 60 · delay 1 ms ',
        meets: [500, '-9798'],
      },
      {
        what: 'a status with an empty code',
        given: { endpoint: 'userinfo', status: '503', code: '' },
        shown: 'userinfo HTTP 503 ',
        meets: [503],
      },
    ];

    for (const { what, given, shown, meets } of faults) {
      it(`queues and shows ${what}`, async () => {
        const page = await fill(given);
        await userInfoOf(emulator());

        expect(page.url.href).to.equal(`${panelURL()}#faults`);
        expect(nextOf(page.text)).to.include(shown);
        const { status, code } = emulator().requests[0] ?? {};
        expect([status, code]).to.deep.equal([meets[0], meets[1]]);
      });
    }

    it('queues faults that close the connection or never respond', async () => {
      await fill({ endpoint: 'userinfo', drop: 'true' });
      const page = await fill({ endpoint: 'userinfo', hang: 'true' });

      expect(nextOf(page.text)).to.include('userinfo drop hang ');
      expect(await userInfoOf(emulator()).catch(() => 'dropped')).to.equal('dropped');
      const hangs = fetch(emulator().endpoints.userInfoURL, { signal: AbortSignal.timeout(60) });
      expect(await hangs.catch(({ name }) => name)).to.equal('TimeoutError');
    });

    it('queues an error that is sent to the app', async () => {
      const page = await fill({ endpoint: 'authorize', error: 'server_error' });

      const location = await emulator().approve(authorizationURL(emulator()));

      expect(nextOf(page.text)).to.include('authorize server_error ');
      expect(location.searchParams.get('error')).to.equal('server_error');
    });

    it('queues an error page', async () => {
      await fill({ endpoint: 'authorize', code: 'KOE125' });

      expect((await openConsentScreen(emulator())).html).to.include('KOE125');
    });

    it('clears all faults', async () => {
      emulator().failNext('token', { headers: { 'x-more': '1' }, body: 'not shown' });
      const page = await fill({ endpoint: 'userinfo', code: '-10' });

      const cleared = await browser.submit(page, '/emulator/faults/clear');

      expect(nextOf(page.text)).to.include('token body · headers x-more ').and.not.to.include('not shown');
      expect(nextOf(cleared.text)).to.include('userinfo 평소대로 As usual');
      expect((await userInfoOf(emulator())).status).to.equal(401);
    });

    const mistakes: [what: string, given: Record<string, string>, message: string][] = [
      ['no members', { endpoint: 'userinfo' }, 'Fill in at least one field.'],
      ['drop=false alone', { endpoint: 'userinfo', drop: 'false' }, '하나 이상 입력하거나 선택하세요.'],
      [
        'hang with a code',
        { endpoint: 'userinfo', hang: 'true', code: '-10' },
        'Without a response, leave the code, the status and Retry-After empty.',
      ],
      [
        'hang and drop',
        { endpoint: 'userinfo', hang: 'true', drop: 'true' },
        'Choose either to close the connection or to never respond.',
      ],
      [
        'a code and an OAuth error',
        { endpoint: 'authorize', code: 'KOE005', error: 'server_error' },
        'Choose either Kakao’s code or an error sent to the app.',
      ],
      [
        'an OAuth error with a status',
        { endpoint: 'authorize', error: 'server_error', status: '500' },
        'An error sent to the app has no HTTP status: leave it empty.',
      ],
    ];

    for (const [what, given, message] of mistakes) {
      it(`reports a mistake within the form, which stays open and filled in: ${what}`, async () => {
        const page = await fill(given);

        expect(page.status).to.equal(422);
        const [form = '', ...others] = all(page.html, /<details open>([\s\S]*?)<\/details>/g);
        expect(others).to.deep.equal([]);
        expect(form)
          .to.include('<p class="notice" role="alert" tabindex="-1" autofocus>')
          .and.include(message);
        for (const [name, value] of Object.entries(given)) {
          if (value === 'false') continue;
          expect(form).to.match(
            name === 'code' || name === 'error'
              ? new RegExp(`<option selected>${value}</option>`)
              : new RegExp(`name="${name}"[^>]* (value="true" checked|value="${value}")>`),
          );
        }
        expect((await userInfoOf(emulator())).status).to.equal(401);
      });
    }

    const misuses: [what: string, given: Record<string, string>, message: string][] = [
      [
        'an unknown endpoint',
        { endpoint: 'login', code: '-10' },
        'endpoint must be one of authorize, token, tokeninfo, userinfo, revoke, moment, keywordAd',
      ],
      [
        'a code of another endpoint',
        { endpoint: 'userinfo', code: 'KOE237' },
        'the codes of userinfo are -1, -2, -3',
      ],
      [
        'an unknown field',
        { endpoint: 'userinfo', statusCode: '500' },
        'unknown member statusCode; known members: endpoint, code, error, status',
      ],
      [
        'a delay that is too long',
        { endpoint: 'userinfo', delay: '3000000000' },
        'milliseconds, at most 2147483647',
      ],
      ['a status that is too low', { endpoint: 'userinfo', status: '99' }, 'status must be an HTTP status'],
      [
        'a delay that is not a number',
        { endpoint: 'userinfo', delay: 'soon' },
        'delay must be a number of milliseconds',
      ],
      [
        'an OAuth error at userinfo',
        { endpoint: 'userinfo', error: 'server_error' },
        'error is for authorize only',
      ],
    ];

    for (const [what, given, message] of misuses) {
      it(`reports what its fields do not allow: ${what}`, async () => {
        const page = await fill(given);

        expect(page.status).to.equal(422);
        expect(page.html).to.include('role="alert"');
        expect(page.text).to.include(message);
        expect((await userInfoOf(emulator())).status).to.equal(401);
      });
    }
  });

  describe('has a form for stubs that', () => {
    const path = '/openapi/v4/campaigns';
    const fill = async (given: Record<string, string>) =>
      browser.submit(await browser.open(panelURL()), '/emulator/stubs', given);
    const ask = async (method = 'GET'): Promise<Response> => {
      const token = await obtainToken(emulator(), { scope: 'moment_management' });
      return callAdAPI(emulator(), path, { method, token, adAccountID: '482913' });
    };

    it('adds and shows a stub, without rounding its numbers', async () => {
      const answer = '{"content":[{"id":9223372036854775807}]}';

      const page = await fill({ path, answer });

      expect(page.url.href).to.equal(`${panelURL()}#stubs`);
      expect(page.text).to.include(`GET ${path} {"content":[{"id":9223372036854775807}]}`);
      expect(await (await ask()).text()).to.equal(answer);
    });

    it('adds an empty body', async () => {
      const page = await fill({ method: 'PUT', path, answer: '' });

      expect(page.text).to.include(`PUT ${path} 빈 본문 empty body`);
      expect(await (await ask('PUT')).text()).to.equal('');
    });

    it('removes the added stubs', async () => {
      const page = await fill({ path, answer: '[]' });

      const cleared = await browser.submit(page, '/emulator/stubs/clear');

      expect(cleared.text).not.to.include(`GET ${path}`).and.not.to.include('Remove the added stubs');
      expect((await ask()).status).to.equal(404);
    });

    it('shows a function and the start of a long body, escaped', async () => {
      emulator().stub('GET', path, () => ({}));
      emulator().stub('PUT', path, `<b>${'x'.repeat(300)}`);

      const { text, html } = await browser.open(panelURL());

      expect(text).to.include(`GET ${path} 함수 function`);
      expect(html).to.include(`<dd>&lt;b&gt;${'x'.repeat(197)}…</dd>`);
    });

    const mistakes: [what: string, given: Record<string, string>, message: string][] = [
      ['an answer that is not JSON', { path, answer: '{<' }, 'The body of the response must be JSON.'],
      ['another method', { method: 'HEAD', path }, 'method must be one of GET, POST, PUT, PATCH, DELETE'],
      ['another path', { path: '/v1/x' }, 'The path must start with /openapi/v4/ or /openapi/v1/'],
      ['an unknown field', { path, body: '1' }, 'unknown member body; known members: method, path, answer'],
    ];
    for (const [what, given, message] of mistakes) {
      it(`reports a mistake: ${what}`, async () => {
        const page = await fill(given);

        expect(page.status).to.equal(422);
        const [form = ''] = all(page.html, /<details open>([\s\S]*?)<\/details>/g);
        expect(form).to.include('role="alert"').and.include(message);
        expect(form).to.include(`value="${given['path']}"`);
        if (given['answer']) expect(form).to.include('>{&lt;</textarea>');
      });
    }
  });

  it('advances the clock', async () => {
    const code = await obtainCode(emulator());
    const page = await browser.open(panelURL());

    const moved = await browser.submit(page, '/emulator/clock', { seconds: '600' });

    const timeOf = (html: string): number =>
      Date.parse(/id="time" data-live><time datetime="([^"]*)"/.exec(html)?.[1] ?? '');
    expect(moved.url.href).to.equal(`${panelURL()}#clock`);
    expect(timeOf(moved.html) - timeOf(page.html)).to.be.within(600_000, 660_000);
    expect((await exchange(emulator(), code)).status).to.equal(400);
  });

  for (const seconds of ['', '-1', 'soon']) {
    it(`does not advance the clock by ${JSON.stringify(seconds)} seconds`, async () => {
      const page = await browser.submit(await browser.open(panelURL()), '/emulator/clock', { seconds });

      expect(page.status).to.equal(422);
      expect(page.text).to.include('seconds must be a number from 0 on');
    });
  }

  it('shows the URLs to an HTTP/1.0 client, which sends no Host', async () => {
    const socket = connect(Number(panelURL().port), '127.0.0.1');
    socket.end('GET /emulator HTTP/1.0\r\n\r\n');

    expect(await text(socket)).to.include(`<dd>${emulator().endpoints.tokenURL}</dd>`);
  });

  it('is not recorded', async () => {
    await browser.submit(await browser.open(panelURL()), '/emulator/clock', { seconds: '1' });

    expect(emulator().requests).to.deep.equal([]);
  });
});

describe('emulator: the developer panel with an idle timeout', () => {
  const times = [
    { tokenIdleTimeout: 90_000, shown: '90 seconds later: tokens expire' },
    { tokenIdleTimeout: 86_400_000, shown: '1 day later: tokens expire' },
    { tokenIdleTimeout: 2 * 86_400_000, shown: '2 days later: tokens expire' },
  ];

  for (const { tokenIdleTimeout, shown } of times) {
    describe(`of ${tokenIdleTimeout} ms`, () => {
      const emulator = emulatorForEachTest(() => ({ tokenIdleTimeout }));

      it('has a button for it', async () => {
        const { text } = await new Browser().open(new URL('/emulator', emulator().endpoints.tokenURL));

        expect(text).to.include(shown);
      });
    });
  }

  describe('of Infinity', () => {
    const emulator = emulatorForEachTest(() => ({ tokenIdleTimeout: Infinity }));

    it('has no button for it', async () => {
      const { text } = await new Browser().open(new URL('/emulator', emulator().endpoints.tokenURL));

      expect(text).not.to.include('tokens expire');
    });
  });
});
