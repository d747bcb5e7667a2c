import { expect } from 'chai';
import type { EmulatedAdAccount } from 'passport-kakao-business/emulator';
import { Browser, type Page } from '../support/browser.js';
import { agree, type Demo, expectNoSecretShown, startDemo } from './demo.js';

describe('demo: the ad accounts', () => {
  let demo: Demo;

  const start = async (...options: Parameters<typeof startDemo>) => {
    demo = await startDemo(...options);
  };

  afterEach(async () => {
    await demo.close();
    expectNoSecretShown(demo);
  });

  const openList = (browser = demo.browser) => browser.open(`${demo.origin}/ad-accounts`);

  const openAccount = (path: string) => demo.browser.open(`${demo.origin}/ad-accounts/${path}`);

  /** The rows of all tables: name and ID, role, state. */
  const rowsOf = ({ html }: Page) =>
    [...html.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .map(([, row = '']) =>
        [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
          cell
            .replace(/<[^>]*>/g, ' ')
            .replace(/\s+/g, ' ')
            .trim(),
        ),
      )
      .filter(([name]) => name !== 'Name' && name !== '이름');

  const titlesOf = ({ html }: Page) =>
    [...html.matchAll(/<div class="alert" role="alert">\s*<p><strong>([^<]*)/g)].map(([, title]) => title);

  const adRequests = () =>
    demo.emulator.requests.filter(({ endpoint }) => endpoint === 'moment' || endpoint === 'keywordAd');

  const userWith = (moment: EmulatedAdAccount[], keyword: EmulatedAdAccount[] = []) => ({
    users: [{ id: '1', name: 'A user', adAccounts: { moment, keyword } }],
  });

  describe('in the list', () => {
    it('are shown by name, role and state', async () => {
      await start();
      const profile = await demo.signInWithKakao();

      const page = await demo.browser.click(profile, '/ad-accounts');

      expect(page.status).to.equal(200);
      expect(rowsOf(page)).to.deep.equal([
        ['하늘커피 브랜드 캠페인 (Haneul Coffee, brand) 482913', 'Master', 'On'],
        ['하늘커피 신메뉴 (Haneul Coffee, new menu) 482914', 'Member', 'Off'],
        ['하늘커피 검색광고 (Haneul Coffee, search) 731205', 'Master', 'On'],
      ]);
      expect(page.text).to.include('Ad accounts: 2').and.include('Ad accounts: 1');
    });

    it('are shown in Korean', async () => {
      await start({ languages: 'ko' });
      await demo.signInWithKakao();

      const page = await openList();

      expect(rowsOf(page).map(([, ...roleAndState]) => roleAndState)).to.deep.equal([
        ['마스터', '켜짐'],
        ['멤버', '꺼짐'],
        ['마스터', '켜짐'],
      ]);
      expect(page.text).to.include('광고계정 2개').and.include('새로고침');
    });

    it('are not requested during a login', async () => {
      await start();

      await demo.signInWithKakao();

      expect(adRequests()).to.deep.equal([]);
    });

    it('are requested anew at each refresh', async () => {
      await start();
      await demo.signInWithKakao();
      const before = await openList();
      demo.emulator.users[0]?.adAccounts.keyword.push({
        id: '731206',
        name: '<b>새 계정</b>',
        config: 'OFF',
      });

      const after = await openList();

      expect(before.html).to.match(/<a class="button" href="\/ad-accounts">Refresh</);
      expect(rowsOf(before)).to.have.lengthOf(3);
      expect(rowsOf(after).at(-1)).to.deep.equal(['&lt;b&gt;새 계정&lt;/b&gt; 731206', 'Master', 'Off']);
    });

    it('may be none', async () => {
      await start(userWith([{ id: '5', name: 'The only one' }]));
      await demo.signInWithKakao();

      const page = await openList();

      expect(rowsOf(page)).to.deep.equal([['The only one 5', 'Master', 'On']]);
      expect(page.text).to.include('There is no ad account.').and.not.include('Ad accounts: 0');
    });

    it('have exact IDs, and show their ID where there is no name', async () => {
      await start();
      await demo.signInWithKakao();
      const content = [{ id: 9223372036854775807n, name: '', memberType: 'MASTER', config: 'ON' }];
      demo.emulator.stub('GET', '/openapi/v4/adAccounts/pages', {
        content,
        page: 0,
        size: 10,
        totalPages: 1,
      });

      const page = await openList();

      expect(rowsOf(page)[0]).to.deep.equal(['9223372036854775807', 'Master', 'On']);
    });

    it('show roles and states that Kakao adds', async () => {
      await start();
      await demo.signInWithKakao();
      const content = [
        { id: 5, name: 'A', memberType: 'constructor', config: 'PAUSED' },
        { id: 6, name: 'B' },
      ];
      demo.emulator.stub('GET', '/openapi/v4/adAccounts/pages', {
        content,
        page: 0,
        size: 10,
        totalPages: 1,
      });

      const page = await openList();

      expect(rowsOf(page).slice(0, 2)).to.deep.equal([
        ['A 5', 'constructor', 'PAUSED'],
        ['B 6', 'unknown', 'unknown'],
      ]);
    });

    it('are at most a hundred', async () => {
      const accounts = Array.from({ length: 130 }, (_, index) => ({
        id: `${index + 1}`,
        name: `No. ${index}`,
      }));
      await start(userWith(accounts));
      await demo.signInWithKakao();

      const page = await openList();

      expect(rowsOf(page)).to.have.lengthOf(100);
      expect(page.text).to.include('The first 100 are shown.');
      expect(adRequests().filter(({ endpoint }) => endpoint === 'moment')).to.have.lengthOf(11);
    });

    it('require a sign-in, and a connection', async () => {
      await start();

      const signedOut = await openList();
      await demo.signInWithPassword();
      const notConnected = await openList();

      expect(signedOut.url.href).to.equal(`${demo.origin}/?returnTo=%2Fad-accounts`);
      expect(notConnected.url.pathname).to.equal('/profile');
      expect(notConnected.text)
        .to.include('Kakao Business is not connected')
        .and.not.include('It was disconnected already');
      expect(adRequests()).to.deep.equal([]);
    });
  });

  describe('one by one', () => {
    it('are read with the ad account in the header', async () => {
      await start();
      await demo.signInWithKakao();

      for (const [api, id, name] of [
        ['moment', '482914', '하늘커피 신메뉴 (Haneul Coffee, new menu)'],
        ['keyword', '731205', '하늘커피 검색광고 (Haneul Coffee, search)'],
      ]) {
        const page = await openAccount(`${api}/${id}`);

        expect(page.status).to.equal(200);
        expect(page.html).to.include(`<h1><bdi>${name}</bdi></h1>`).and.include(`<code>${id}</code>`);
        expect(adRequests().at(-1)?.headers['adaccountid']).to.equal(id);
      }
    });

    it('are refused when they are listed but were not chosen', async () => {
      await start();
      await demo.signInWithKakao({ 'moment-9007199254740993': '482913' });
      const list = await openList();

      const page = await demo.browser.click(list, '/ad-accounts/moment/482914');

      expect(page.status).to.equal(403);
      expect(page.text)
        .to.include('You may not use this ad account')
        .and.include('the user has no right to this ad account, though it may be listed')
        .and.include('Kakao’s detail code 9004 Kakao’s reason 권한이 없습니다.');
      expect(demo.log).to.deep.equal([]);
      expect((await demo.browser.click(page, '/ad-accounts')).status).to.equal(200);
    });

    for (const body of [[], 'text', null, {}]) {
      it(`may have no members: ${JSON.stringify(body)}`, async () => {
        await start();
        await demo.signInWithKakao();
        demo.emulator.stub('GET', '/openapi/v4/adAccounts/482913', () => ({
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? JSON.stringify(body) : body,
        }));

        const page = await openAccount('moment/482913');

        expect(page.html).to.include('<h1><bdi>482913</bdi></h1>');
      });
    }

    for (const path of ['moment/abc', 'moment/12345678901234567890', 'toString/5', 'moment/..%2F5']) {
      it(`responds with 404 to ${path}, without a request`, async () => {
        await start();
        await demo.signInWithKakao();

        expect((await openAccount(path)).status).to.equal(404);
        expect(adRequests()).to.deep.equal([]);
      });
    }
  });

  /** Every refusal, as the tour shows it. */
  const refusals = [
    {
      stop: 'ads-lapsed-token',
      status: 502,
      ko: ['다시 동의해 주세요', '다시 동의해 주세요'],
      en: ['Your consent is needed again', 'Your consent is needed again'],
      text: 'The connection has expired, or was disconnected at Kakao.',
      hint: 'The business token is invalid, expired or revoked',
      hintInKorean: '비즈니스 토큰이 유효하지 않거나, 만료되었거나, 폐기되었습니다.',
      next: ['Agree again: Kakao Moment', '/connect/kakao-business'],
    },
    {
      stop: 'ads-missing-consent',
      status: 502,
      ko: ['추가 동의가 필요합니다'],
      en: ['One more consent is needed'],
      text: 'You have not agreed to this: Run Kakao Moment ad accounts. Agree to it to continue.',
      hint: 'The user has not agreed to moment_management',
      hintInKorean: '사용자가 moment_management에 동의하지 않았습니다.',
      next: ['Agree to it: Kakao Moment', '/connect/kakao-business'],
    },
    {
      stop: 'ads-no-permission',
      status: 502,
      ko: ['아직 이 앱에서 쓸 수 없는 광고 서비스입니다'],
      en: ['This app cannot use this ad service yet'],
      text: 'the operator needs a permission from Kakao first.',
      hint: 'The app has no permission for Kakao Moment: apply for it',
      hintInKorean: '앱에 카카오모먼트 권한이 없습니다.',
    },
    {
      stop: 'ads-quota',
      status: 502,
      ko: ['요청이 너무 많습니다'],
      en: ['There are too many requests just now'],
      text: 'Kakao asks to wait.',
      hint: 'The quota is used up: try again later, with fewer requests.',
      hintInKorean: '쿼터를 초과했습니다. 요청을 줄이고 나중에 다시 시도하세요.',
      next: ['Try again: Kakao Moment', '/ad-accounts'],
    },
  ];

  describe('refused', () => {
    const visit = async (browser: Browser, stop: string) =>
      browser.submit(await browser.open(`${demo.origin}/problems`), `/problems/${stop}`);

    const connect = async (browser: Browser) =>
      agree(browser, await browser.open(`${demo.origin}/auth/kakao-business`));

    const nextOf = ({ html }: Page) =>
      [...html.matchAll(/<a class="button plain" href="([^"]*)" aria-label="([^"]*)"/g)].map(
        ([, href, label]) => [label, href],
      )[0];

    for (const { stop, status, ko, en, text, hint, hintInKorean, next } of refusals) {
      it(`by ${stop} are explained to user and operator`, async () => {
        await start();
        await demo.signInWithKakao();

        const page = await visit(demo.browser, stop);

        expect(page.url.pathname).to.equal('/ad-accounts');
        expect(page.status).to.equal(status);
        expect(titlesOf(page)).to.deep.equal(en);
        expect(page.text).to.include(text).and.include(hint);
        expect(nextOf(page)).to.deep.equal(next);
        // Keyword Ad is listed all the same, unless it refuses too.
        expect(rowsOf(page)).to.have.lengthOf(en.length === 1 ? 1 : 0);
        expect(demo.log).to.have.lengthOf(en.length);
        for (const line of demo.log) expect(page.text).to.include(`Reference ${line.split(' ')[0]}`);
      });

      it(`by ${stop} are explained in Korean, to this visitor only and once`, async () => {
        await start();
        const visitor = new Browser('ko');
        await connect(visitor);
        await demo.signInWithKakao();

        const page = await visit(visitor, stop);

        expect(titlesOf(page)).to.deep.equal(ko);
        expect(page.text).to.include(hintInKorean).and.not.include(hint);
        for (const browser of [demo.browser, visitor])
          expect(rowsOf(await openList(browser))).to.have.lengthOf(3);
      });
    }

    it('by ads-no-right are explained in both languages', async () => {
      await start();
      const korean = new Browser('ko');
      await connect(korean);
      await demo.signInWithKakao();

      const page = await visit(demo.browser, 'ads-no-right');

      expect(page.status).to.equal(403);
      expect(page.text).to.include('You may not use this ad account').and.include('For the operator');
      expect((await visit(korean, 'ads-no-right')).text).to.include('이 광고계정을 쓸 권한이 없습니다');
    });

    it('for a missing consent item can be agreed to', async () => {
      await start();
      await demo.signInWithKakao();
      const page = await visit(demo.browser, 'ads-missing-consent');

      const consentScreen = await demo.browser.click(page, '/connect/kakao-business');

      expect(consentScreen.url.searchParams.get('scope')).to.include('moment_management');
      expect((await agree(demo.browser, consentScreen)).url.pathname).to.equal('/profile');
    });

    it('with an unknown or no missing consent item still have a text', async () => {
      await start();
      await demo.signInWithKakao();
      demo.emulator.failNext('moment', {
        status: 403,
        body: { code: -402, msg: 'insufficient scopes', required_scopes: ['moment_new'] },
      });
      demo.emulator.failNext('keywordAd', {
        status: 403,
        body: { code: -402, msg: 'insufficient scopes' },
      });

      const page = await openList();

      expect(page.text)
        .to.include('You have not agreed to this: moment_new.')
        .and.include('You have not agreed to a consent item that is needed here.');
    });

    it('by the older quota (-10) and by a quota with Retry-After ask for a pause', async () => {
      await start();
      await demo.signInWithKakao();
      demo.emulator.failNext('moment', { code: -10 });
      demo.emulator.failNext('keywordAd', { code: -813, retryAfter: 5 });

      const page = await openList();

      expect(titlesOf(page)).to.deep.equal([
        'There are too many requests just now',
        'There are too many requests just now',
      ]);
      expect(page.headers.get('retry-after')).to.equal('5');
    });

    it('because the user is no longer connected to the app (-101) offer to agree again', async () => {
      await start();
      await demo.signInWithKakao();
      demo.emulator.failNext('moment', { code: -101 });

      const page = await openList();

      expect(titlesOf(page)).to.deep.equal(['Your consent is needed again']);
      expect(nextOf(page)).to.deep.equal(['Agree again: Kakao Moment', '/connect/kakao-business']);
    });

    it('on a later page keep the pages before', async () => {
      const accounts = Array.from({ length: 15 }, (_, index) => ({
        id: `${index + 1}`,
        name: `No. ${index}`,
      }));
      await start(userWith(accounts));
      await demo.signInWithKakao();
      demo.emulator.failNext('moment', { headers: {} });
      demo.emulator.failNext('moment', { code: -5 });

      const page = await openList();

      expect(rowsOf(page)).to.have.lengthOf(10);
      expect(titlesOf(page)).to.deep.equal(['This app cannot use this ad service yet']);
    });

    it('by a token that the user revoked offer to agree again', async () => {
      await start();
      await demo.signInWithKakao();
      await fetch(demo.emulator.endpoints.revokeURL, {
        method: 'POST',
        headers: { authorization: `Bearer ${demo.tokens[0]}` },
      });

      const page = await openAccount('moment/482913');

      expect(page.status).to.equal(502);
      expect(page.text).to.include('Your consent is needed again').and.include('Kakao’s code -401');
      expect((await demo.browser.click(page, '/connect/kakao-business')).status).to.equal(200);
    });

    it('with a failure that may pass lead back to the page', async () => {
      await start();
      await demo.signInWithKakao();
      for (const _ of [1, 2]) demo.emulator.failNext('keywordAd', { status: 503 });
      const page = await openAccount('keyword/731205');

      const again = await demo.browser.click(page, '/ad-accounts/keyword/731205');

      expect(page.status).to.equal(502);
      expect(again.status).to.equal(200);
    });
  });
});
