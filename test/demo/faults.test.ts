import { expect } from 'chai';
import { type Demo, expectNoSecretShown, startDemo } from './demo.js';

describe('demo: when Kakao fails', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo();
  });

  afterEach(async () => {
    await demo.close();
    expectNoSecretShown(demo);
  });

  it('tells the operator what to do about a wrong secret, and the user that it is not their fault', async () => {
    demo.emulator.app.clientSecret = 'another-secret-than-ours';

    const page = await demo.signInWithKakao();

    expect(page.status).to.equal(502);
    expect(page.text)
      .to.include('It is no fault of yours')
      .and.include('For the operator')
      .and.include('Set clientSecret to the Business Authentication client secret')
      .and.include('Code KAKAO_API_ERROR Endpoint token Kakao’s code KOE010');
    expect(demo.log).to.have.lengthOf(1);
    expect(demo.log[0]).to.include('KOE010');
  });

  it('asks for patience when Kakao is under maintenance', async () => {
    demo.emulator.failNext('token', { status: 503, body: 'Service Unavailable' });

    const page = await demo.signInWithKakao();

    expect(page.status).to.equal(502);
    expect(page.text)
      .to.include('Please try again in a moment.')
      .and.include('Code KAKAO_INVALID_RESPONSE Endpoint token');
  });

  it('hands on how long Kakao asks to wait', async () => {
    demo.emulator.failNext('token', {
      status: 429,
      headers: { 'retry-after': '30' },
      body: { error: 'too_many_requests', error_code: 'KOE237', error_description: 'slow down' },
    });

    const page = await demo.signInWithKakao();

    expect(page.headers.get('retry-after')).to.equal('30');
    expect(page.text).to.include('KOE237');
  });

  it('signs nobody in whom Kakao gives no ID for', async () => {
    demo.emulator.failNext('tokeninfo', { body: { biz_agreements: [] } });

    const page = await demo.signInWithKakao();

    expect(page.status).to.equal(502);
    expect((await demo.browser.open(`${demo.origin}/profile`)).url.pathname).to.equal('/');
  });

  it('can be tried again from the page', async () => {
    demo.emulator.failNext('token', { status: 500 });
    const page = await demo.signInWithKakao();
    expect(page.status).to.equal(502);

    const consentScreen = await demo.browser.click(page, '/auth/kakao-business');

    expect(consentScreen.url.pathname).to.equal('/oauth/business/authorize');
  });
});
