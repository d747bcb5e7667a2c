import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { AppModule } from './app.module';
import { callbackURL, KAKAO_OPTIONS } from './kakao';

describe('signing in with Kakao Business', () => {
  let kakao: KakaoBusinessEmulator;
  let app: INestApplication;
  let origin: string;
  let cookie: string;

  beforeAll(async () => {
    kakao = await startKakaoBusinessEmulator({ app: { redirectURIs: [callbackURL] } });
    const { clientID, clientSecret } = kakao.app;
    const options = { clientID, clientSecret, callbackURL, ...kakao.endpoints };
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(KAKAO_OPTIONS)
      .useValue(options)
      .compile();
    app = module.createNestApplication({ logger: false });
    await app.listen(0);
    origin = `http://localhost:${(app.getHttpServer().address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    cookie = '';
  });

  afterAll(async () => {
    await app.close();
    await kakao.close();
  });

  it('returns the user with the selected ad accounts', async () => {
    const callback = await decide('agree', await get('/auth/kakao-business?returnTo=/ads'));

    const signedIn = await get(callback);

    expect(signedIn.headers.get('location')).toBe('/ads');
    expect(await (await get('/')).json()).toEqual({
      id: '9007199254740993',
      email: 'haneul.kim@example.com',
      agreements: [{ group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['482913', '482914'] }],
    });
  });

  it('responds with 401 when the user cancels', async () => {
    const callback = await decide('cancel', await get('/auth/kakao-business'));

    const refused = await get(callback);

    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({ code: 'access_denied', message: 'The user did not agree.' });
  });

  it('responds with a hint for the operator when Kakao rejects the secret', async () => {
    const callback = await decide('agree', await get('/auth/kakao-business'));
    kakao.failNext('token', { status: 401, body: { error: 'invalid_client', error_code: 'KOE010' } });

    const failed = await get(callback);

    expect(failed.status).toBe(502);
    expect(await failed.json()).toEqual({
      code: 'KAKAO_API_ERROR',
      errorCode: 'KOE010',
      hint: expect.stringContaining('client secret'),
    });
  });

  /** Sends a request with the session cookie, and does not follow redirects. */
  async function get(path: string): Promise<Response> {
    const response = await fetch(origin + path, { headers: { cookie }, redirect: 'manual' });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  }

  /** Agrees to everything on the consent screen, or cancels. @returns the path that Kakao redirects to. */
  async function decide(decision: 'agree' | 'cancel', toKakao: Response): Promise<string> {
    const screen = await fetch(toKakao.headers.get('location') ?? '');
    const html = await screen.text();
    const [, transaction = ''] = /name="transaction" value="([^"]*)"/.exec(html) ?? [];
    const [user] = kakao.users;
    const form = new URLSearchParams({ transaction, decision, user: user.id });
    for (const account of user.adAccounts.moment) form.append(`moment-${user.id}`, account.id);
    const url = new URL('/emulator/consent', screen.url);
    const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
    const { pathname, search } = new URL(response.headers.get('location') ?? '');
    return pathname + search;
  }
});
