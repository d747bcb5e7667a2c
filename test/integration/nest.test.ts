import { expect } from 'chai';
import { Browser, type Page } from '../support/browser.js';
import { NestExample } from './nest-example.js';

const signIn = '/auth/kakao-business';
const callback = '/auth/kakao-business/callback';

for (const name of ['nest-11', 'nest-12']) {
  describe(`example ${name}`, function () {
    this.timeout(120_000);

    let example: NestExample;
    let origin: string;
    let browser: Browser;

    before(async () => {
      example = await NestExample.install(name);
      origin = await example.start();
    });
    beforeEach(() => {
      browser = new Browser();
    });
    after(() => example.remove());

    const agree = (consent: Page) => browser.submit(consent, '/emulator/consent', { decision: 'agree' });

    /** Starts a login and returns its state. */
    async function pendingState(): Promise<string> {
      const { headers } = await browser.visit(origin + signIn);
      return new URL(headers.get('location') ?? '').searchParams.get('state') ?? '';
    }

    it('signs in and shows user and ad accounts', async () => {
      const home = await browser.open(origin);
      const page = await agree(await browser.click(home, signIn));

      expect(page.url.href).to.equal(`${origin}/`);
      expect(JSON.parse(page.html)).to.deep.equal({
        id: '9007199254740993',
        email: 'haneul.kim@example.com',
        agreements: [{ group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['482913', '482914'] }],
      });
    });

    it('renews the session at login', async () => {
      const consent = await browser.open(origin + signIn);
      const sessions = () => browser.history.flatMap(page => page.headers.getSetCookie());
      const before = sessions();

      await agree(consent);

      expect(sessions().length).to.equal(before.length + 1);
    });

    for (const [returnTo, path] of Object.entries({
      '/x?y=1': '/x?y=1',
      '//example.com': '/',
      '/\\example.com': '/',
      '/\t/example.com': '/',
      'https://example.com': '/',
    })) {
      it(`redirects to ${path} for a returnTo of ${JSON.stringify(returnTo)}`, async () => {
        const start = `${origin}${signIn}?returnTo=${encodeURIComponent(returnTo)}`;

        const page = await agree(await browser.open(start));

        expect(page.url.href).to.equal(origin + path);
      });
    }

    it('responds with 401 when the user cancels', async () => {
      const consent = await browser.open(origin + signIn);

      const page = await browser.submit(consent, '/emulator/consent', { decision: 'cancel' });

      expect(page.status).to.equal(401);
      expect(JSON.parse(page.html)).to.deep.equal({
        code: 'access_denied',
        message: 'The user did not agree.',
      });
    });

    it('rejects a forged state, and keeps the pending login', async () => {
      const consent = await browser.open(origin + signIn);

      const page = await browser.open(`${origin}${callback}?code=c0de-of-mine&state=forged`);

      expect(page.status).to.equal(403);
      expect(JSON.parse(page.html)).to.deep.include({ code: 'invalid_state', reason: 'unknown' });
      expect((await agree(consent)).html).to.include('9007199254740993');
    });

    it('responds with 401 when Kakao rejects the code', async () => {
      const page = await browser.open(`${origin}${callback}?code=made-up&state=${await pendingState()}`);

      expect(page.status).to.equal(401);
      expect(JSON.parse(page.html)).to.deep.include({ code: 'invalid_grant' });
    });

    it('responds to an error of Kakao with a status and a hint', async () => {
      const page = await browser.open(
        `${origin}${callback}?error=server_error&state=${await pendingState()}`,
      );

      expect(page.status).to.equal(502);
      expect(JSON.parse(page.html)).to.deep.equal({
        code: 'KAKAO_API_ERROR',
        hint: 'Kakao has a temporary fault: try again in a moment.',
      });
    });

    it('checks the types of validate() and the options', async () => {
      expect(await example.compile(sources)).to.have.members([
        'no-callback-url.ts TS2345',
        'no-options.ts TS2345',
        'a-verify.ts TS2345',
        'a-misspelling.ts TS2345',
        'a-wrong-id.ts TS2345',
        'a-wrong-flag.ts TS2345',
        'a-number-as-token.ts TS2416',
        'a-foreign-profile.ts TS2416',
        'a-profile-first.ts TS2416',
        'params-not-asked-for.ts TS2416',
      ]);
    });

    if (name === 'nest-11') {
      it('passes its own Jest test', async () => {
        const { code, output } = await example.test();

        expect(output).to.match(/Tests: +3 passed, 3 total/);
        expect(code).to.equal(0);
      });
    }
  });
}

/** The source of a strategy with these options and this validate(). */
const strategy = (options: string, verify: string, validate: string) => `
import { PassportStrategy } from '@nestjs/passport';
import * as kakao from 'passport-kakao-business';

const keys = { clientID: 'key', callbackURL: 'https://example.com/callback' };

export class Strategy extends PassportStrategy(kakao.Strategy, 'kakao-business') implements Record<'validate', kakao.${verify}> {
  constructor() { super(${options}); }
  async validate(${validate}) { return { id: 'of the user' }; }
}
`;

const withOptions = (options: string) => strategy(options, 'KakaoBusinessVerify', '');
const withValidate = (validate: string) => strategy('keys', 'KakaoBusinessVerify', validate);

/** Valid and invalid strategies, each in a file named after the mistake. */
const sources = {
  'plain.ts': withValidate('token: string, refresh: undefined, profile: kakao.KakaoBusinessProfile'),
  'with-request.ts': strategy(
    '{ ...keys, passReqToCallback: true }',
    'KakaoBusinessVerifyWithRequest',
    'req: kakao.KakaoBusinessRequest, token: string, refresh: undefined, profile: kakao.KakaoBusinessProfile',
  ),
  'with-params.ts': strategy(
    '{ ...keys, passParamsToCallback: true }',
    'KakaoBusinessVerifyWithParams',
    'token: string, refresh: undefined, params: kakao.TokenResponse, profile: kakao.KakaoBusinessProfile',
  ),
  'with-both.ts': strategy(
    '{ ...keys, passReqToCallback: true, passParamsToCallback: true }',
    'KakaoBusinessVerifyWithRequestAndParams',
    'req: kakao.KakaoBusinessRequest, token: string, refresh: undefined, params: kakao.TokenResponse, profile: kakao.KakaoBusinessProfile',
  ),
  'no-callback-url.ts': withOptions("{ clientID: 'key' }"),
  'no-options.ts': withOptions(''),
  'a-verify.ts': withOptions('keys, async () => false'),
  'a-misspelling.ts': withOptions("{ ...keys, sessionkey: 'mine' }"),
  'a-wrong-id.ts': withOptions('{ ...keys, clientID: 1 }'),
  'a-wrong-flag.ts': withOptions("{ ...keys, passReqToCallback: 'yes' }"),
  'a-number-as-token.ts': withValidate('token: number'),
  'a-foreign-profile.ts': withValidate('token: string, refresh: undefined, profile: { nickname: string }'),
  'a-profile-first.ts': withValidate('profile: kakao.KakaoBusinessProfile'),
  'params-not-asked-for.ts': withValidate('token: string, refresh: undefined, params: kakao.TokenResponse'),
};
