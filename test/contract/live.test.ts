import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { emulatorForEachTest } from '../emulator/emulator-for-tests.js';
import { Browser } from '../support/browser.js';
import { type Program, runHere } from '../support/program.js';
import { freePort, startHttpServer } from '../support/server.js';
import { text } from './changes.js';
import { main } from './cli.js';
import { invitationsOf } from './invitations.js';
import { decideOnPage } from './rehearsal.js';
import { type StandIn, startStandIn } from './stand-in.js';

describe('npm run contract', () => {
  const emulator = emulatorForEachTest();
  const started: Program[] = [];
  // Milliseconds. Short, so that a run ends soon after a failed test.
  const timeout = 5000;
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await startStandIn(new URL(emulator().endpoints.authorizationURL).origin);
  });
  afterEach(async () => {
    await standIn.close();
    for (const run of started.splice(0)) {
      run.type(undefined);
      await run.ended();
    }
  });

  const start = (args: string[], env: NodeJS.ProcessEnv = {}): Program => {
    const run = runHere(io => main(args, env, io, timeout));
    started.push(run);
    return run;
  };

  const startLive = (redirectURI: string, env: NodeJS.ProcessEnv = {}): Program => {
    const { clientID, clientSecret, redirectURIs } = emulator().app;
    redirectURIs.push(redirectURI);
    return start(['--live', '--origin', standIn.origin], {
      KAKAO_REST_API_KEY: clientID,
      KAKAO_CLIENT_SECRET: clientSecret,
      KAKAO_CALLBACK_URL: redirectURI,
      ...env,
    });
  };

  const loopbackURI = async (): Promise<string> => `http://localhost:${await freePort()}/callback`;

  /** Answers each consent screen of a run in a browser, until the run ends. */
  const follow = async (run: Program): Promise<void> => {
    const browser = new Browser();
    for await (const { decision, address } of invitationsOf(run)) {
      await browser.submit(await browser.open(address), '/emulator/consent', { decision });
    }
  };

  it('checks the emulator and prints the result', async () => {
    const run = start([]);

    expect((await run.ended()).code).to.equal(0);
    expect(run.stdout).to.match(
      /^\nAsked: the emulator\. This proves nothing about Kakao\.\n\nDocumented and observed facts: 0 violated, \d+ as expected, 0 not seen\.\n\nAssumptions: 0 not as assumed, \d+ as assumed, \d+ not settled\.\n/,
    );
    expect(run.stdout).not.to.match(/confirm|consistent/i);
    expect(run.stderr).to.equal('');
  });

  it('checks Kakao with --live and a local browser, and prints no secret', async () => {
    const run = startLive(await loopbackURI(), { KAKAO_SCOPE: 'biz_account_email,moment_management' });

    await follow(run);

    expect((await run.ended()).code).to.equal(0);
    expect(run.stdout)
      .to.include('It gets one business token and revokes it at the end.')
      .and.match(/\nDocumented and observed facts: 0 violated, \d+ as expected, \d+ not seen\.\n/)
      .and.match(/\nAsked: a stand-in at http:\S+\. This proves nothing about Kakao\.\n/)
      .and.match(/\nAssumptions: 0 not as assumed, \d+ as assumed, \d+ not settled\.\n/)
      .and.include('\n| as assumed | email-member |')
      .and.not.match(/confirm|consistent/i);
    expect(run.stderr).to.equal('');
    const [user] = emulator().users;
    const accounts = user?.adAccounts.moment.map(({ id }) => id) ?? [];
    const secrets = [emulator().app.clientSecret, user?.id, user?.email, ...accounts, ...standIn.secrets];
    expect(secrets).to.have.length(9);
    for (const secret of secrets) expect(run.stdout).not.to.include(secret);
  });

  it('checks Kakao with --live and a pasted redirect URL', async () => {
    const run = startLive('https://app.example.com/callback');

    for await (const { decision, address } of invitationsOf(run)) {
      run.type('not a URL');
      run.type(`${await decideOnPage(decision, address)}`);
    }

    expect((await run.ended()).code).to.equal(0);
    expect(run.stdout)
      .to.include('Then paste the URL at which the browser ended:')
      .and.include('That is not a URL below KAKAO_CALLBACK_URL. Paste the whole URL:')
      .and.include('\n| as assumed | access-denied |');
    for (const secret of standIn.secrets) expect(run.stdout).not.to.include(secret);
  });

  it('exits with 1 when Kakao violates a documented fact', async () => {
    standIn.deviate({ change: text('KOE303', 'KOE320') });
    const run = startLive(await loopbackURI());

    await follow(run);

    expect((await run.ended()).code).to.equal(1);
    expect(run.stdout).to.include(
      '  ✗ token, with another redirect URI than the code: fails with KOE303 (documented). Seen: HTTP 400, KOE320, invalid_grant\n',
    );
  });

  it('shows each result as it comes', async () => {
    const run = startLive('https://app.example.com/callback');

    const shown = await run.prints(/CANCEL:/);

    expect(shown).to.include(
      '\n- authorize, with a wrong key\n  ✓ shows KOE101 (documented). Seen: HTTP 400, KOE101\n',
    );
  });

  it('exits with 2 when stdin ends', async () => {
    const run = startLive('https://app.example.com/callback');
    run.type(undefined);

    expect((await run.ended()).code).to.equal(2);
    expect(run.stdout).to.include('no decision on the consent screen');
  });

  it('masks a secret even where it is a word of the report', async () => {
    emulator().app.clientSecret = 'documented';
    const run = startLive('https://app.example.com/callback');
    run.type(undefined);

    await run.ended();

    expect(run.stdout).to.include('(***). Seen: ').and.not.include('documented');
  });

  it('stops at the first request when Kakao cannot be reached', async () => {
    const run = start(['--live', '--origin', 'http://127.0.0.1:1'], {
      KAKAO_REST_API_KEY: 'a-key',
      KAKAO_CALLBACK_URL: await loopbackURI(),
    });

    const { code, stdout } = await run.ended();

    expect(code).to.equal(2);
    expect(stdout.match(/^- .*$/gm)).to.deep.equal(['- authorize, valid']);
    expect(stdout).to.match(/127\.0\.0\.1:1 cannot be reached \(\w+\)\.\n\nNo assumption was settled\.\n$/);
  });

  it('lists its options and variables with --help, and asks nobody', async () => {
    const { code, stdout, stderr } = await start(['--help']).ended();

    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const settings = await readFile(path.join(__dirname, 'settings.ts'), 'utf8');
    const variables = new Set(settings.match(/\bKAKAO_[A-Z_]+/g));
    expect(variables).to.have.property('size', 5);
    for (const each of ['--live', '--origin', ...variables]) expect(stdout).to.include(`\n  ${each} `);
  });

  it('exits with 2 and a message when a variable is missing', async () => {
    const run = start(['--live'], { KAKAO_CALLBACK_URL: 'http://localhost:3000/callback' });

    expect((await run.ended()).code).to.equal(2);
    expect(run.stderr).to.match(/^KAKAO_REST_API_KEY is not set: .*\n$/);
    expect(run.stdout).to.equal('');
  });

  it('exits with 2 and a message when the port of the redirect URI is taken', async () => {
    const other = await startHttpServer((_, response) => response.end());
    const run = startLive(`${other.url}/callback`);

    expect((await run.ended()).code).to.equal(2);
    expect(run.stderr).to.match(/^Cannot listen at KAKAO_CALLBACK_URL: listen EADDRINUSE: .*\n$/);
    expect(emulator().requests).to.deep.equal([]);
    await other.close();
  });
});
