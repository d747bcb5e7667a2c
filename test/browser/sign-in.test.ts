import { expect } from 'chai';
import { newBrowser } from './chromium.js';
import {
  adAccountsOn,
  agree,
  button,
  consentScreen,
  demoForEachTest,
  expectHeading,
  goBack,
  link,
  signInWithKakao,
  startSignIn,
  tabTo,
} from './story.js';

describe('In Chromium: signing in', () => {
  const demo = demoForEachTest();

  const newPage = async (options = {}) => (await newBrowser(options)).newPage();

  it('shows the consent screen, then user, consent and ad accounts', async () => {
    const page = await newPage();
    await page.goto(demo().origin);

    await link(page, 'Sign in with Kakao Business').click();
    await expectHeading(page, consentScreen);
    await button(page, 'Agree and continue').click();

    await expectHeading(page, 'haneul.kim@example.com');
    expect(page.url()).to.equal(`${demo().origin}/profile`);
    const allowed = page.getByRole('region', { name: 'What I allowed' });
    expect(await allowed.getByRole('heading', { level: 3 }).allInnerTexts()).to.deep.equal([
      'Personal information',
      'Kakao Moment',
      'Keyword Ad',
    ]);
    expect(await adAccountsOn(page)).to.deep.equal(['482913', '482914', '731205']);
  });

  it('works with the keyboard alone, including all choices', async () => {
    const page = await newPage();
    await page.goto(demo().origin);

    await tabTo(page, link(page, 'Sign in with Kakao Business'));
    await page.keyboard.press('Enter');
    await expectHeading(page, consentScreen);
    await tabTo(page, page.getByRole('radio', { name: 'Kim Haneul' }));
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('checkbox').count()).to.equal(1);
    await page.keyboard.press('ArrowUp');
    await tabTo(page, page.getByRole('checkbox', { name: 'Haneul Coffee, brand' }));
    await page.keyboard.press('Space');
    await tabTo(page, button(page, 'Agree and continue'));
    await page.keyboard.press('Enter');

    await expectHeading(page, 'haneul.kim@example.com');
    expect(await adAccountsOn(page)).to.deep.equal(['482914', '731205']);
  });

  it('works without JavaScript', async () => {
    const page = await newPage({ javaScriptEnabled: false });

    await startSignIn(page, demo());
    await page.getByRole('radio', { name: 'Lee Doyun' }).check();
    await agree(page);

    await expectHeading(page, 'Kakao Business user');
    expect(await adAccountsOn(page)).to.deep.equal(['9223372036854775807']);
  });

  it('works with a password after a wrong one', async () => {
    const page = await newPage();
    await page.goto(demo().origin);

    await page.getByRole('textbox', { name: 'Username' }).fill('demo');
    await page.getByRole('textbox', { name: 'Password' }).fill('guessed');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'The username or password is wrong.' }).waitFor();
    await page.getByRole('textbox', { name: 'Username' }).fill('demo');
    await page.getByRole('textbox', { name: 'Password' }).fill('open-sesame');
    await button(page, 'Sign in with a password').click();

    await expectHeading(page, 'demo');
  });

  it('in two tabs succeeds in the first to finish', async () => {
    const browser = await newBrowser();
    const [first, second] = [await browser.newPage(), await browser.newPage()];
    await startSignIn(first, demo());
    await startSignIn(second, demo());

    await agree(first);
    await second.getByRole('radio', { name: 'Lee Doyun' }).check();
    await agree(second);

    expect(await second.getByRole('status').textContent()).to.equal('You are already signed in.');
    await expectHeading(second, 'haneul.kim@example.com');
    await first.reload();
    await expectHeading(first, 'haneul.kim@example.com');
  });

  it('returns to the page that required it', async () => {
    const page = await newPage();
    await page.goto(`${demo().origin}/problems`);

    await link(page, 'Sign in first: verify rejects the user').click();
    await link(page, 'Sign in with Kakao Business').click();
    await button(page, 'Agree and continue').click();

    await expectHeading(page, 'A tour of problems');
    expect(await link(page, 'Sign in first').count()).to.equal(0);
  });

  it('ends with sign-out, and the back button shows no user data', async () => {
    const page = await newPage();
    await signInWithKakao(page, demo());

    await button(page, 'Sign out').click();
    await expectHeading(page, 'All your ad accounts on one desk');
    await goBack(page);

    await expectHeading(page, 'All your ad accounts on one desk');
    expect(await page.getByText('haneul.kim@example.com').count()).to.equal(0);
  });
});
