import { expect } from 'chai';
import { emulatorForEachTest, openConsentScreen } from './emulator-for-tests.js';

describe('emulator: get business authorization code', () => {
  const emulator = emulatorForEachTest();

  it('shows a consent screen that is not cached or framed, and sends no requests', async () => {
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
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='; form-action http: https:; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });

  it('shows it at every request, with a new transaction', async () => {
    const [first, second] = [await openConsentScreen(emulator()), await openConsentScreen(emulator())];

    expect(first.form.get('transaction')).to.be.a('string').that.has.length(43);
    expect(second.form.get('transaction')).to.be.a('string').that.has.length(43);
    expect(first.form.get('transaction')).not.to.equal(second.form.get('transaction'));
  });

  it('names the app and the item in both languages, and says that it is an emulator', async () => {
    const { html } = await openConsentScreen(emulator());

    for (const text of [
      '<html lang="ko">',
      '샘플 광고 대행사 (Sample Agency)',
      '<span class="ko" lang="ko">이메일</span> <span class="en" lang="en">Email</span>',
      '카카오가 아닙니다',
      'not Kakao',
    ]) {
      expect(html).to.include(text);
    }
  });

  it('shows all known items, and accepts percent-encoded commas', async () => {
    const items = emulator().app.consentItems;
    const { response, html } = await openConsentScreen(emulator(), {
      scope: items.join(','),
      resource_ids: ['moment:*', 'keyword:*'],
    });

    expect(items).to.have.length(8);
    expect(response.url).to.include('biz_account_email%2Cmoment_create');
    for (const item of items) expect(html).to.include(`<code>${item}</code>`);
  });

  it('accepts an unknown item that is configured for the app', async () => {
    emulator().app.consentItems.push('talk_channel_read');

    const { response, html } = await openConsentScreen(emulator(), { scope: 'talk_channel_read' });

    expect(response.status).to.equal(200);
    expect(html).to.include('<code>talk_channel_read</code>');
  });

  it('escapes all values', async () => {
    const hostile = `"><script>alert('&')</script>`;
    Object.assign(emulator().app, { name: hostile, redirectURIs: [`http://localhost/${hostile}`] });
    Object.assign(emulator().users[0] ?? {}, { name: hostile, email: hostile });

    const consent = await openConsentScreen(emulator(), { state: hostile });
    const refusal = await openConsentScreen(emulator(), { redirect_uri: hostile });

    for (const { html } of [consent, refusal]) {
      expect(html).not.to.include('<script>alert');
      expect(html).to.include('&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;');
    }
  });

  it('accepts a redirect URI that was registered after the start', async () => {
    emulator().app.redirectURIs.push('http://localhost:8123/callback');

    const { response } = await openConsentScreen(emulator(), {
      redirect_uri: 'http://localhost:8123/callback',
    });

    expect(response.status).to.equal(200);
  });
});
