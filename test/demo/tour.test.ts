import { expect } from 'chai';
import { demoUser } from '../../examples/demo/users.js';
import { errorCodesOf } from '../../lib/emulator/errors/codes.js';
import { Browser, type Page } from '../support/browser.js';
import { agree, type Demo, expectNoSecretShown, startDemo } from './demo.js';

/** Every row of the table of outcomes, with the texts for visitor and operator. */
const stops = [
  {
    stop: 'access_denied',
    status: 401,
    ko: '동의하지 않으셨습니다',
    en: 'You did not agree',
    next: 'Open the consent screen again',
    operator: 'The user did not agree. Code access_denied',
  },
  {
    stop: 'missing',
    status: 403,
    ko: '카카오에서 온 응답이 완전하지 않습니다',
    en: 'The response is incomplete',
    next: 'Start again',
    operator: 'The response has no state. Code invalid_state Reason missing',
  },
  {
    stop: 'no_pending_login',
    status: 403,
    ko: '진행 중인 로그인이 없습니다',
    en: 'No sign-in is in progress',
    next: 'Start again',
    operator:
      'No sign-in is pending in this session: it was finished before, or the session cookie did not come back (SameSite=Strict, or another host name). Code invalid_state Reason no_pending_login',
  },
  {
    stop: 'unknown',
    status: 403,
    ko: '이 브라우저에서 시작한 로그인이 아닙니다',
    en: 'This sign-in was not started in this browser',
    next: 'Start again',
    operator:
      'This sign-in was not started in this session, or was finished before. Code invalid_state Reason unknown',
  },
  {
    stop: 'expired',
    status: 403,
    ko: '로그인 시간이 지났습니다',
    en: 'The sign-in has expired',
    next: 'Start again',
    operator: 'The sign-in took longer than 10 minutes. Start again. Code invalid_state Reason expired',
  },
  {
    stop: 'invalid_grant',
    status: 401,
    ko: '로그인 시간이 지났습니다',
    en: 'The sign-in has expired',
    next: 'Start again',
    operator: 'The sign-in expired. Start again. Code invalid_grant',
  },
  {
    stop: 'invalid_request',
    status: 400,
    ko: '카카오에서 온 응답을 읽을 수 없습니다',
    en: 'The response could not be read',
    next: 'Start again',
    operator: 'The code is not one plain string. Code invalid_request',
  },
  {
    stop: 'account_in_use',
    status: 409,
    ko: '다른 사용자가 이미 연결한 카카오 비즈니스입니다',
    en: 'This Kakao Business account belongs to another user',
    next: 'Connect another account',
    operator: 'This account is connected to another user. Code account_in_use',
  },
  {
    stop: 'error-redirect',
    status: 502,
    ko: '지금은 카카오를 이용할 수 없습니다',
    en: 'Kakao is not available right now',
    next: 'Try again',
    operator:
      'Kakao has a temporary fault: try again in a moment. Code KAKAO_API_ERROR Endpoint authorize Kakao’s code server_error',
  },
  {
    stop: 'wrong-secret',
    status: 502,
    ko: '카카오 비즈니스 연동에 문제가 있습니다',
    en: 'The Kakao Business integration has a problem',
    operator:
      'Set clientSecret to the Business Authentication client secret of the REST API key (App > Platform key > REST API key); it is another value than the Kakao Login client secret. Code KAKAO_API_ERROR Endpoint token Kakao’s code KOE010 Kakao’s HTTP status 401',
  },
  {
    stop: 'no-permission',
    status: 502,
    ko: '카카오 비즈니스 연동에 문제가 있습니다',
    en: 'The Kakao Business integration has a problem',
    operator:
      'The app has no permission for this: apply for it with Request additional feature (for ad accounts: Kakao Moment) in Kakao Developers, and wait for the approval. Code KAKAO_API_ERROR Endpoint tokeninfo Kakao’s code -5 Kakao’s HTTP status 403',
  },
  {
    stop: 'lapsed-token',
    status: 502,
    ko: '다시 동의해 주세요',
    en: 'Your consent is needed again',
    next: 'Agree again',
    operator:
      'The business token is invalid, expired or revoked: ask the user to agree again. If every token fails, check the list of allowed IP addresses of the app. Code KAKAO_API_ERROR Endpoint tokeninfo Kakao’s code -401 Kakao’s HTTP status 401',
  },
  {
    stop: 'quota',
    status: 502,
    ko: '요청이 너무 많습니다',
    en: 'There are too many requests just now',
    next: 'Try again',
    operator:
      'The quota is used up: try again later, and reuse business tokens instead of issuing new ones. Code KAKAO_API_ERROR Endpoint token Kakao’s code KOE237 Kakao’s HTTP status 429 Seconds to wait 30',
  },
  {
    stop: 'maintenance',
    status: 502,
    ko: '지금은 카카오를 이용할 수 없습니다',
    en: 'Kakao is not available right now',
    next: 'Try again',
    operator:
      'Kakao has a temporary fault: try again in a moment. Code KAKAO_API_ERROR Endpoint tokeninfo Kakao’s code -9798 Kakao’s HTTP status 503',
  },
  {
    stop: 'unreadable',
    status: 502,
    ko: '카카오의 응답을 읽지 못했습니다',
    en: 'Kakao’s response could not be read',
    next: 'Try again',
    operator:
      'If it lasts, look for a proxy in between, and check that the URLs in the options are those of Kakao. Code KAKAO_INVALID_RESPONSE Endpoint token',
  },
  {
    stop: 'no-id',
    status: 502,
    ko: '카카오의 응답을 읽지 못했습니다',
    en: 'Kakao’s response could not be read',
    next: 'Try again',
    operator:
      'The ID has to be an integer in token_user_id: update this package, or report the members that the message names. Code KAKAO_INVALID_RESPONSE Endpoint tokeninfo',
  },
  {
    stop: 'timeout',
    status: 504,
    ko: '카카오가 제때 응답하지 않았습니다',
    en: 'Kakao did not answer in time',
    next: 'Try again',
    operator:
      'If it lasts, check that this server reaches kauth.kakao.com and kapi.kakao.com, or raise the timeout option. Code KAKAO_TIMEOUT Endpoint token',
  },
  {
    stop: 'unreachable',
    status: 502,
    ko: '카카오에 연결할 수 없습니다',
    en: 'Kakao cannot be reached right now',
    next: 'Try again',
    operator:
      'If it lasts, check that this server reaches kauth.kakao.com and kapi.kakao.com, through a proxy if needed (agent option). Code KAKAO_UNREACHABLE Endpoint tokeninfo',
  },
  {
    stop: 'verify-threw',
    status: 500,
    ko: '문제가 생겼습니다',
    en: 'Something went wrong',
    next: 'Try again',
    operator: 'The app’s code threw an error. Only the server log has its message.',
  },
  {
    stop: 'no-session',
    status: 500,
    ko: '지금은 로그인할 수 없습니다',
    en: 'Sign-in is not available right now',
    home: 'Start page',
    operator:
      'There is no session: mount express-session before Passport, and check that its store can be reached.',
  },
];

/** Those after the login; ad-accounts.test.ts shows each. */
const adStops = ['ads-lapsed-token', 'ads-missing-consent', 'ads-no-permission', 'ads-no-right', 'ads-quota'];

describe('demo: the tour of problems', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo({ timeout: 1000 });
  });

  afterEach(async () => {
    await demo.close();
    expectNoSecretShown(demo);
  });

  const openTour = (browser = demo.browser) => browser.open(`${demo.origin}/problems`);

  const signIn = async (browser: Browser) =>
    browser.submit(await browser.open(demo.origin), '/login', demoUser);

  const visit = async (browser: Browser, stop: string) =>
    browser.submit(await openTour(browser), `/problems/${stop}`);

  /** Returns a function that presses the button of a stop and returns the redirect target, without following it. */
  const pressing = async (browser: Browser, stop: string) => {
    await signIn(browser);
    const { html } = await openTour(browser);
    const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
    return async () => {
      const { headers } = await browser.send(`${demo.origin}/problems/${stop}`, { formToken });
      return new URL(headers.get('location') ?? '');
    };
  };

  const signInWithKakao = async (browser: Browser) =>
    agree(browser, await browser.open(`${demo.origin}/auth/kakao-business`));

  const titleOf = ({ html }: Page) => /<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1];

  const buttonsOf = ({ html }: Page) =>
    [...html.matchAll(/<a class="button[^"]*" href="([^"]*)">([^<]*)</g)].map(([, href, name]) => [
      name,
      href,
    ]);

  const referenceOf = ({ text }: Page) => /Reference (\w+)/.exec(text)?.[1];

  const operatorNoteOf = ({ text }: Page) =>
    /For the operator Shown because this is a demo\. .*? log\. (.*) A demo of/.exec(text)?.[1];

  it('lists all stops', async () => {
    const page = await demo.signInWithPassword();

    const connected = await agree(demo.browser, await demo.browser.click(page, '/connect/kakao-business'));

    const { html } = await demo.browser.click(connected, '/problems');

    const listed = [...html.matchAll(/action="\/problems\/([^"]*)"/g)].map(([, stop]) => stop);
    expect(listed.filter(stop => !stop?.startsWith('ads-'))).to.deep.equal(stops.map(({ stop }) => stop));
    expect(listed.filter(stop => stop?.startsWith('ads-'))).to.deep.equal(adStops);
  });

  for (const { stop, status, ko, en, next, home = 'My profile', operator } of stops) {
    it(`explains ${stop} to user and operator while connecting`, async () => {
      await demo.signInWithPassword();

      const page = await visit(demo.browser, stop);

      expect(page.status).to.equal(status);
      expect(page.html).to.include('<html lang="en">');
      expect(titleOf(page)).to.equal(en);
      expect(buttonsOf(page)).to.deep.equal([
        ...(next ? [[next, '/connect/kakao-business']] : []),
        [home, '/'],
      ]);
      expect(operatorNoteOf(page)).to.equal(operator);
      // The reference on the page leads to its line in the log; mistakes of users are not logged.
      expect(demo.log.map(line => line.split(' ')[0])).to.deep.equal(
        status >= 500 ? [referenceOf(page)] : [],
      );
    });

    it(`shows ${stop} in Korean, and other sign-ins still work`, async () => {
      const browser = new Browser('ko');
      if (stop === 'account_in_use') await signIn(browser);

      const page = await visit(browser, stop);

      expect(page.status).to.equal(status);
      expect(page.html).to.include('<html lang="ko">');
      expect(titleOf(page)).to.equal(ko);
      expect((await demo.signInWithKakao()).text).to.include('What I allowed');
    });
  }

  it('asks for a sign-in where a stop requires one, and returns', async () => {
    const tour = await openTour();
    const formToken = /name="formToken" value="([^"]+)"/.exec(tour.html)?.[1] ?? '';

    const pressed = await demo.browser.post(`${demo.origin}/problems/account_in_use`, { formToken });
    const back = await demo.browser.submit(pressed, '/login', demoUser);

    expect(tour.html).not.to.include('action="/problems/account_in_use"');
    expect(tour.text).to.include('Sign in first');
    expect(back.url.pathname).to.equal('/problems');
  });

  it('asks for a connection where a stop requires one', async () => {
    await demo.signInWithPassword();
    const tour = await openTour();
    const formToken = /name="formToken" value="([^"]+)"/.exec(tour.html)?.[1] ?? '';

    const pressed = await demo.browser.post(`${demo.origin}/problems/ads-quota`, { formToken });

    expect(tour.html).not.to.include('action="/problems/ads-');
    expect(tour.text).to.include('Connect first');
    expect(pressed.url.pathname).to.equal('/profile');
    expect(pressed.text).to.include('Kakao Business is not connected');
  });

  it('leaves an existing connection unchanged', async () => {
    await demo.signInWithKakao();

    for (const stop of ['account_in_use', 'expired', 'wrong-secret', 'verify-threw', ...adStops]) {
      expect((await visit(demo.browser, stop)).status, stop).to.be.at.least(400);
    }

    expect((await demo.browser.open(`${demo.origin}/profile`)).text).to.include('9007199254740993');
  });

  it('allows to connect the same account afterwards', async () => {
    const profile = await demo.signInWithPassword();
    await visit(demo.browser, 'account_in_use');

    const connected = await agree(demo.browser, await demo.browser.click(profile, '/connect/kakao-business'));

    expect(connected.url.pathname).to.equal('/profile');
    expect(connected.text).to.include('9007199254740993');
  });

  for (const [stop, status] of [
    ['account_in_use', 409],
    ['wrong-secret', 502],
    ['maintenance', 502],
    ['verify-threw', 500],
  ] as const) {
    it(`shows ${stop} to nobody else, even if the button is pressed twice`, async () => {
      const bystander = new Browser('en');
      const press = await pressing(demo.browser, stop);
      const first = await press();
      const second = await press();

      const before = await signInWithKakao(bystander);
      const shown = await demo.browser.open(second);
      const after = await signInWithKakao(new Browser('en'));

      expect(first.href).not.to.equal(second.href);
      expect(before.text).to.include('What I allowed');
      expect(shown.status).to.equal(status);
      expect(after.text).to.include('What I allowed');
    });
  }

  it('responds with 404 for an unknown stop', async () => {
    const { html } = await openTour();
    const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';

    expect((await demo.browser.post(`${demo.origin}/problems/nowhere`, { formToken })).status).to.equal(404);
  });

  describe("Kakao's own error pages", () => {
    const kakaosOwn = ({ html }: Page) =>
      [...html.matchAll(/<a href="(http[^"]*)">[^<]*<\/a> <code>(KOE\d+)</g)].map(
        ([, href = '', code = '']) => ({
          href: href.replaceAll('&amp;', '&'),
          code,
        }),
      );

    /** Those that come after the consent screen, with the user to choose. */
    const afterConsent: Record<string, { user?: string }> = {
      KOE005: {},
      KOE025: { user: '1934820571' },
      KOE026: { user: '1607735248' },
      KOE027: { user: '2874410093' },
    };

    it('are all linked, except those that no setting leads to', async () => {
      const codes = kakaosOwn(await openTour()).map(({ code }) => code);

      const others = errorCodesOf('authorize').filter(code => !codes.includes(String(code)));
      expect(others).to.deep.equal(['KOE003', 'KOE126', 'KOE127']);
      expect(new Set(codes).size).to.equal(codes.length);
    });

    it('are where the links lead, also after a reset of the emulator', async () => {
      await openTour();
      demo.emulator.reset();

      for (const { href, code } of kakaosOwn(await openTour())) {
        const opened = await demo.browser.open(href);
        const choice = afterConsent[code];
        const page = choice ? await agree(demo.browser, opened, choice) : opened;

        expect(page.url.origin, code).to.equal(new URL(demo.emulator.endpoints.authorizationURL).origin);
        expect(page.status, code).to.equal(400);
        expect(page.text).to.include(code);
      }
    });

    it('leave the app and its users as they were', async () => {
      await openTour();
      await openTour();

      const page = await signInWithKakao(demo.browser);

      expect(page.text).to.include('haneul.kim@example.com');
      for (const ids of [
        demo.emulator.apps.map(({ clientID }) => clientID),
        demo.emulator.users.map(({ id }) => id),
      ]) {
        expect(new Set(ids).size).to.equal(ids.length);
      }
      expect(demo.emulator.app).to.include({ bizApp: true, testApp: false, sanctioned: false });
    });
  });
});
