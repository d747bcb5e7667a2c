import { expect } from 'chai';
import { type Demo, expectNoSecretShown, startDemo } from './demo.js';

describe('demo: a failure of Kakao', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo();
  });

  afterEach(async () => {
    await demo.close();
    expectNoSecretShown(demo);
  });

  it('caused by a wrong secret is explained to operator and user', async () => {
    demo.emulator.app.clientSecret = 'another-secret-than-ours';

    const page = await demo.signInWithKakao();

    expect(page.status).to.equal(502);
    expect(page.text)
      .to.include('This is not your fault')
      .and.include('For the operator')
      .and.include('Set clientSecret to the Business Authentication client secret')
      .and.include('Code KAKAO_API_ERROR Endpoint token Kakao’s code KOE010');
    expect(demo.log).to.have.lengthOf(1);
    expect(demo.log[0]).to.include('KOE010');
  });

  it('during maintenance asks the user to try again later', async () => {
    demo.emulator.failNext('token', { status: 503, body: 'Service Unavailable' });

    const page = await demo.signInWithKakao();

    expect(page.status).to.equal(502);
    expect(page.text)
      .to.include('Please try again in a moment.')
      .and.include('Code KAKAO_INVALID_RESPONSE Endpoint token');
  });

  it('passes on the Retry-After header', async () => {
    demo.emulator.failNext('token', {
      status: 429,
      headers: { 'retry-after': '30' },
      body: { error: 'too_many_requests', error_code: 'KOE237', error_description: 'slow down' },
    });

    const page = await demo.signInWithKakao();

    expect(page.headers.get('retry-after')).to.equal('30');
    expect(page.text).to.include('KOE237');
  });

  it('that omits the user ID signs nobody in', async () => {
    demo.emulator.failNext('tokeninfo', { body: { biz_agreements: [] } });

    const page = await demo.signInWithKakao();

    expect(page.status).to.equal(502);
    expect((await demo.browser.open(`${demo.origin}/profile`)).url.pathname).to.equal('/');
  });

  it('shows a page with a link to try again', async () => {
    demo.emulator.failNext('token', { status: 500 });
    const page = await demo.signInWithKakao();
    expect(page.status).to.equal(502);

    const consentScreen = await demo.browser.click(page, '/auth/kakao-business');

    expect(consentScreen.url.pathname).to.equal('/oauth/business/authorize');
  });
});
