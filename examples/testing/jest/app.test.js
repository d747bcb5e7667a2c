const { once } = require('node:events');
const { startKakaoBusinessEmulator } = require('passport-kakao-business/emulator');
const { createApp } = require('./app.js');

describe('signing in with Kakao Business', () => {
  let kakao;
  let server;
  beforeAll(async () => {
    kakao = await startKakaoBusinessEmulator();
    const { clientID, clientSecret, redirectURIs } = kakao.app;
    const app = createApp({ clientID, clientSecret, callbackURL: redirectURIs[0], ...kakao.endpoints });
    server = app.listen(0);
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.close();
    await kakao.close();
  });

  /** Signs in like a browser that keeps the session cookie. */
  async function signIn(atKakao) {
    const origin = `http://localhost:${server.address().port}`;
    const start = await fetch(`${origin}/auth/kakao-business`, { redirect: 'manual' });
    const [cookie] = start.headers.getSetCookie()[0].split(';');
    const { pathname, search } = await atKakao(start.headers.get('location'));
    return fetch(origin + pathname + search, { headers: { cookie } });
  }

  it('returns the email and the ad accounts of a user who agrees', async () => {
    const response = await signIn(url => kakao.approve(url, { adAccounts: { moment: ['482914'] } }));

    expect(await response.json()).toEqual({ email: 'haneul.kim@example.com', adAccounts: ['482914'] });
  });

  it('responds with 401 when the user cancels', async () => {
    const response = await signIn(url => kakao.cancel(url));

    expect(response.status).toBe(401);
  });

  it('responds with 502 when Kakao rejects the client secret', async () => {
    kakao.failNext('token', { code: 'KOE010' });

    const response = await signIn(url => kakao.approve(url));

    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ code: 'KAKAO_API_ERROR' });
  });
});
