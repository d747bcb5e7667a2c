import { expect } from 'chai';
import { type Changes, emulatorForEachTest, openConsentScreen } from './kakao-for-tests.js';

describe('emulator, get business authorization code', () => {
  const emulator = emulatorForEachTest();

  it('shows a consent screen that nobody stores, frames or runs scripts in', async () => {
    const { response } = await openConsentScreen(emulator());

    expect(response.status).to.equal(200);
    expect(Object.fromEntries(response.headers)).to.include({
      'content-type': 'text/html;charset=UTF-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(response.headers.get('content-security-policy')).to.match(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action http: https:; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });

  it('shows it on every request, each time with another transaction', async () => {
    const [first, second] = [await openConsentScreen(emulator()), await openConsentScreen(emulator())];

    expect(first.form.get('transaction')).to.be.a('string').that.has.length(43);
    expect(second.form.get('transaction')).to.be.a('string').that.has.length(43);
    expect(first.form.get('transaction')).not.to.equal(second.form.get('transaction'));
  });

  it('names the app, the item in both languages, and says that it is an emulator', async () => {
    const { html } = await openConsentScreen(emulator());

    for (const text of [
      '<html lang="ko">',
      '샘플 광고 대행사 (Sample Agency)',
      '<span class="ko">이메일</span> <span class="en" lang="en">Email</span>',
      '카카오가 아닙니다',
      'not Kakao',
    ]) {
      expect(html).to.include(text);
    }
  });

  it('shows every item of the catalog, and takes commas that are percent-encoded', async () => {
    const items = emulator().app.consentItems;
    const { response, html } = await openConsentScreen(emulator(), {
      scope: items.join(','),
      resource_ids: ['moment:*', 'keyword:*'],
    });

    expect(items).to.have.length(8);
    expect(response.url).to.include('biz_account_email%2Cmoment_create');
    for (const item of items) expect(html).to.include(`<code>${item}</code>`);
  });

  it('takes an item it does not know once the app is configured for it', async () => {
    emulator().app.consentItems.push('talk_channel_read');

    const { response, html } = await openConsentScreen(emulator(), { scope: 'talk_channel_read' });

    expect(response.status).to.equal(200);
    expect(html).to.include('<code>talk_channel_read</code>');
  });

  it('labels every field for a screen reader', async () => {
    const { html } = await openConsentScreen(emulator(), { scope: 'moment_management,keyword_management' });

    const fields = [...html.matchAll(/<input type="(?:radio|checkbox)"[^>]* id="([^"]+)"/g)].map(
      ([, id]) => id,
    );
    expect(fields).to.have.length(7);
    for (const id of fields) expect(html).to.include(`<label for="${id}">`);
    expect(html.match(/<fieldset/g)).to.have.length(html.match(/<legend>/g)?.length ?? 0);
  });

  it('escapes everything it shows', async () => {
    const hostile = `"><script>alert('&')</script>`;
    Object.assign(emulator().app, { name: hostile, redirectURIs: [`http://localhost/${hostile}`] });
    Object.assign(emulator().users[0] ?? {}, { name: hostile, email: hostile });

    const consent = await openConsentScreen(emulator(), { state: hostile });
    const refusal = await openConsentScreen(emulator(), { client_id: hostile });

    for (const { html } of [consent, refusal]) {
      expect(html).not.to.include('<script');
      expect(html).to.include('&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;');
    }
  });

  describe('keeps to its own error page', () => {
    const refusals: { when: string; changes: Changes; code: string; says: string }[] = [
      {
        when: 'the client ID is wrong',
        changes: { client_id: 'wrong' },
        code: 'KOE101',
        says: 'client_id: wrong',
      },
      {
        when: 'the client ID is missing',
        changes: { client_id: undefined },
        code: 'KOE101',
        says: 'client_id is missing',
      },
      {
        when: 'the redirect URI is not registered',
        changes: { redirect_uri: 'http://localhost:3000/' },
        code: 'KOE028',
        says: 'not registered: http://localhost:3000/',
      },
      {
        when: 'the redirect URI is missing',
        changes: { redirect_uri: undefined },
        code: 'KOE028',
        says: 'redirect_uri is missing',
      },
      {
        when: 'the response type is another',
        changes: { response_type: 'token' },
        code: 'KOE201',
        says: 'response_type: token',
      },
      {
        when: 'the response type is missing',
        changes: { response_type: undefined },
        code: 'KOE201',
        says: 'response_type is missing',
      },
      {
        when: 'a parameter is unknown',
        changes: { prompt: 'login' },
        code: 'KOE233',
        says: 'Unsupported parameter: prompt',
      },
      {
        when: 'PKCE is tried',
        changes: { code_challenge: 'x' },
        code: 'KOE233',
        says: 'Unsupported parameter: code_challenge',
      },
      {
        when: 'resource_ids carries brackets',
        changes: { 'resource_ids[]': 'moment:*' },
        code: 'KOE233',
        says: 'Unsupported parameter: resource_ids[]',
      },
      {
        when: 'the client ID is repeated',
        changes: { client_id: ['0123456789abcdef0123456789abcdef', 'x'] },
        code: 'KOE233',
        says: 'Sent more than once: client_id',
      },
      {
        when: 'the state is repeated',
        changes: { state: ['a', 'b'] },
        code: 'KOE233',
        says: 'Sent more than once: state',
      },
      {
        when: 'the scope is repeated',
        changes: { scope: ['biz_account_email', 'moment_delete'] },
        code: 'KOE233',
        says: 'Sent more than once: scope',
      },
      {
        when: 'the scope is missing',
        changes: { scope: undefined },
        code: 'KOE233',
        says: 'scope is missing',
      },
      { when: 'the scope is empty', changes: { scope: '' }, code: 'KOE233', says: 'scope is missing' },
      {
        when: 'an item is unknown',
        changes: { scope: 'biz_account_email,profile' },
        code: 'KOE232',
        says: '&quot;profile&quot;',
      },
      {
        when: 'items are joined by a space',
        changes: { scope: 'biz_account_email moment_delete' },
        code: 'KOE232',
        says: '&quot;biz_account_email moment_delete&quot;',
      },
      {
        when: 'moment_create comes alone',
        changes: { scope: 'moment_create' },
        code: 'KOE233',
        says: 'moment_create needs resource_ids=moment:*',
      },
      {
        when: 'keyword_create comes alone',
        changes: { scope: 'keyword_create' },
        code: 'KOE233',
        says: 'keyword_create needs resource_ids=keyword:*',
      },
      {
        when: 'moment_create comes with one account',
        changes: { scope: 'moment_create', resource_ids: 'moment:482913' },
        code: 'KOE233',
        says: 'moment_create needs resource_ids=moment:*',
      },
      {
        when: 'moment_create comes with all accounts and one',
        changes: { scope: 'moment_create', resource_ids: ['moment:*', 'moment:482913'] },
        code: 'KOE233',
        says: 'moment_create needs resource_ids=moment:*',
      },
      {
        when: 'resource IDs are joined by a comma',
        changes: { scope: 'moment_management', resource_ids: 'moment:1,moment:2' },
        code: 'KOE233',
        says: '&quot;moment:1,moment:2&quot;',
      },
      {
        when: 'a resource ID has no group',
        changes: { scope: 'moment_management', resource_ids: '482913' },
        code: 'KOE233',
        says: '&quot;482913&quot;',
      },
      {
        when: 'a resource ID is of a group that no item opens',
        changes: { scope: 'moment_management', resource_ids: 'keyword:*' },
        code: 'KOE233',
        says: '&quot;keyword:*&quot;',
      },
      {
        when: 'resource_ids is empty',
        changes: { scope: 'moment_management', resource_ids: '' },
        code: 'KOE233',
        says: '&quot;&quot;',
      },
    ];

    for (const { when, changes, code, says } of refusals) {
      it(`when ${when}: ${code}`, async () => {
        const { response, html } = await openConsentScreen(emulator(), changes);

        expect(response.status).to.equal(400);
        expect(response.headers.get('location')).to.equal(null);
        expect(response.headers.get('cache-control')).to.equal('no-store');
        expect(html).to.include(`<p class="code">${code}</p>`).and.to.include(says);
        expect(html).not.to.include('<form');
      });
    }

    it('when the item is not configured for the app: KOE232', async () => {
      emulator().app.consentItems.splice(0, Infinity, 'moment_management');

      const { html } = await openConsentScreen(emulator(), { scope: 'biz_account_email' });

      expect(html).to.include('KOE232').and.to.include('consentItems.push(&quot;biz_account_email&quot;)');
    });

    it('when the app lacks the permission for an item: KOE124', async () => {
      emulator().app.permissions.length = 0;

      const { html } = await openConsentScreen(emulator(), { scope: 'moment_management' });

      expect(html).to.include('KOE124').and.to.include('permissions.push(&quot;kakao_moment&quot;)');
    });

    it('but not for Keyword Ad, which needs no permission', async () => {
      emulator().app.permissions.length = 0;

      const { response } = await openConsentScreen(emulator(), { scope: 'keyword_management' });

      expect(response.status).to.equal(200);
    });
  });

  it('takes a redirect URI that was registered after the start', async () => {
    emulator().app.redirectURIs.push('http://localhost:8123/callback');

    const { response } = await openConsentScreen(emulator(), {
      redirect_uri: 'http://localhost:8123/callback',
    });

    expect(response.status).to.equal(200);
  });

  it('compares redirect URIs letter by letter', async () => {
    const uri = `${emulator().app.redirectURIs[0]}/`;

    const { html } = await openConsentScreen(emulator(), { redirect_uri: uri });

    expect(html).to.include('KOE028');
  });
});
