import { expect } from 'chai';
import type { EmulatedApp, EmulatedFault } from '../../lib/emulator/index.js';
import { emulatorForEachTest } from '../emulator/emulator-for-tests.js';
import type { Decision } from './case.js';
import { contract } from './contract.js';
import { decideOnPage, toApp } from './rehearsal.js';
import { exitCodeOf, KAKAO, toReport } from './report.js';
import { type Run, runContract, type Surroundings } from './run.js';
import { Secrets } from './secrets.js';

describe('A run of the contract', () => {
  const emulator = emulatorForEachTest();

  const surroundings = (changes: Partial<Surroundings> = {}): Surroundings => ({
    decide: decideOnPage,
    pause: 0,
    secrets: new Secrets(),
    ...changes,
  });
  const run = (changes?: Partial<Surroundings>): Promise<Run> =>
    runContract(toApp(emulator(), ['biz_account_email']), surroundings(changes));

  it('gets three codes and one token, and revokes the token', async () => {
    const decisions: Decision[] = [];

    await run({
      decide: (decision, address) => {
        decisions.push(decision);
        return decideOnPage(decision, address);
      },
    });

    const succeeded = emulator().requests.filter(({ status }) => status === 200);
    expect(decisions).to.deep.equal(['cancel', 'agree', 'agree', 'agree']);
    expect(succeeded.filter(({ endpoint }) => endpoint === 'token')).to.have.length(1);
    expect(succeeded.filter(({ endpoint }) => endpoint === 'revoke')).to.have.length(1);
  });

  it('sends no request twice', async () => {
    const told: string[] = [];

    await run({ onCase: title => told.push(title) });

    expect(new Set(told).size).to.equal(told.length);
    expect(told.length).to.be.within(30, contract.length);
  });

  it('pauses before each request', async () => {
    const told: string[] = [];
    const started = performance.now();

    await run({ pause: 10, onCase: title => told.push(title) });

    expect(performance.now() - started).to.be.at.least(10 * (told.length - 3) /* consents */);
  });

  it('needs one consent less when the user agrees instead of cancelling', async () => {
    const decisions: Decision[] = [];

    const { judgements } = await run({
      decide: (decision, address) => {
        decisions.push(decision);
        return decideOnPage('agree', address);
      },
    });

    expect(decisions).to.deep.equal(['cancel', 'agree', 'agree']);
    expect(exitCodeOf({ judgements })).to.equal(0);
    expect(toReport({ judgements }, KAKAO))
      .to.include('| not settled | access-denied |')
      .and.include('the user agreed');
  });

  const incomplete: { when: string; told: string; decide: Surroundings['decide'] }[] = [
    {
      when: 'the consent screen gets no decision',
      told: 'no decision on the consent screen',
      decide: async () => undefined,
    },
    {
      when: 'the user always cancels',
      told: 'the user cancelled',
      decide: (_, address) => decideOnPage('cancel', address),
    },
  ];

  for (const { when, told, decide } of incomplete) {
    it(`reports what it did not see and exits with 2 when ${when}`, async () => {
      const outcome = await run({ decide });

      expect(exitCodeOf(outcome)).to.equal(2);
      expect(toReport(outcome, KAKAO))
        .to.include(told)
        .and.include('Seen: there is no token')
        .and.include(' 0 violated');
    });
  }

  const mistaken: { what: string; change: (app: EmulatedApp) => void; told: string }[] = [
    {
      what: 'the redirect URI is not registered',
      change: app => app.redirectURIs.pop(),
      told: 'authorize, valid: HTTP 400, KOE028',
    },
    {
      what: 'a consent item is not configured',
      change: app => app.consentItems.splice(0),
      told: 'authorize, valid: HTTP 400, KOE232',
    },
    {
      what: 'the key is wrong',
      change: app => Object.assign(app, { clientID: 'another-key' }),
      told: 'authorize, valid: HTTP 400, KOE101',
    },
    {
      what: 'the secret is wrong',
      change: app => Object.assign(app, { clientSecret: 'another-secret' }),
      told: 'token, with a made-up code: HTTP 401, KOE010, invalid_client',
    },
  ];

  for (const { what, change, told } of mistaken) {
    it(`stops and exits with 2 when ${what}`, async () => {
      const app = toApp(emulator(), ['biz_account_email']);
      change(emulator().app);

      const outcome = await runContract(app, surroundings());

      expect(toReport(outcome, KAKAO)).to.include(`The run ended early. ${told}`);
      expect(exitCodeOf(outcome)).to.equal(2);
    });
  }

  const troubles: { trouble: EmulatedFault; told: string }[] = [
    { trouble: { status: 503 }, told: 'inconclusive response: HTTP 503, no body' },
    {
      trouble: { status: 400, body: { msg: 'busy', code: -1 } },
      told: 'inconclusive response: HTTP 400, -1',
    },
    { trouble: { drop: true }, told: 'no response: UND_ERR_SOCKET' },
  ];

  for (const { trouble, told } of troubles) {
    it(`does not blame Kakao: ${told}`, async () => {
      emulator().failNext('userinfo', trouble);

      const outcome = await run();

      const report = toReport(outcome, KAKAO);
      expect(report)
        .to.include(
          `userinfo, with consent to the email: returns HTTP 200 and JSON (documented). Seen: ${told}`,
        )
        .and.include(`| not settled | email-member | userinfo returns the email as \`email\`. | ${told} |`);
      expect(exitCodeOf(outcome)).to.equal(0);
    });
  }

  it('stops at the first host that cannot be reached, without asking the person', async () => {
    const app = { ...toApp(emulator(), ['biz_account_email']), keywordAd: 'http://127.0.0.1:1' };

    const outcome = await runContract(
      app,
      surroundings({ decide: () => expect.fail('The person was asked.') }),
    );

    expect(exitCodeOf(outcome)).to.equal(2);
    expect(toReport(outcome, KAKAO))
      .to.match(
        /^Asked: Kakao\.\nThe run ended early\. Keyword Ad, with a made-up token: 127\.0\.0\.1:1 cannot be reached \(\w+\)\.\n/,
      )
      .and.match(/\nNo assumption was refuted, and \d+ of \d+ were confirmed\.$/);
  });

  it('says that no assumption was settled when nothing was asked', async () => {
    const app = toApp(emulator(), ['biz_account_email'], 'http://127.0.0.1:1');

    const outcome = await runContract(app, surroundings());

    expect(exitCodeOf(outcome)).to.equal(2);
    expect(toReport(outcome, KAKAO)).to.match(
      /^Asked: Kakao\.\nThe run ended early\. authorize, valid: .*\n\nNo assumption was settled\.$/,
    );
  });

  it('revokes the token when it has to stop', async () => {
    const app = toApp(emulator(), ['moment_management']);
    // The address of the next case.
    const onCase = (title: string): void => {
      if (title === 'Kakao Moment accounts') app.moment = 'http://127.0.0.1:1';
    };

    const outcome = await runContract(app, surroundings({ onCase }));

    expect(outcome.stopped).to.match(/cannot be reached \(\w+\)\. The token was revoked\.$/);
    expect(emulator().requests.at(-1)).to.include({ endpoint: 'revoke', status: 200 });
  });

  it('sends no spent code when nobody agrees again', async () => {
    const decided: Decision[] = [];

    const { judgements } = await run({
      decide: async (decision, address) => {
        decided.push(decision);
        return decided.length > 2 ? undefined : decideOnPage(decision, address);
      },
    });

    const seen = judgements
      .filter(({ case: { title } }) => title === 'token, with a valid code')
      .map(({ finding }) => finding.seen);
    expect(new Set(seen)).to.deep.equal(new Set(['there is no code']));
    expect(judgements.filter(({ finding }) => finding.verdict === 'refuted')).to.deep.equal([]);
  });

  it('does not blame Kakao for a token that it revokes when its code is sent again', async () => {
    const revoked = { body: { msg: 'this access token does not exist', code: -401 }, status: 401 };

    const outcome = await run({
      onCase: title => {
        if (title === 'tokeninfo, after the code was sent again') emulator().failNext('tokeninfo', revoked);
        if (title === 'revoke') emulator().failNext('revoke', revoked);
        if (title === 'tokeninfo, with a revoked token') emulator().failNext('tokeninfo', revoked);
        if (title === 'revoke, again') emulator().failNext('revoke', revoked);
      },
    });

    expect(exitCodeOf(outcome)).to.equal(0);
    expect(toReport(outcome, KAKAO))
      .to.include('| refuted | code-reused |')
      .and.include('revoked when its code was sent again');
  });
});
