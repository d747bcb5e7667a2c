import { expect } from 'chai';
import { emulatorForEachTest } from '../emulator/emulator-for-tests.js';
import { type Program, runProcess } from '../support/program.js';
import { invitationsOf } from './invitations.js';
import { decideOnPage } from './rehearsal.js';
import { type StandIn, startStandIn } from './stand-in.js';

describe('The process of npm run contract', function () {
  this.timeout(60_000);

  const emulator = emulatorForEachTest();
  const running: Program[] = [];
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await startStandIn(new URL(emulator().endpoints.authorizationURL).origin);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(run => run.end('SIGKILL')));
    await standIn.close();
  });

  const start = (args: string[], env: NodeJS.ProcessEnv = {}): Program => {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KAKAO_'));
    const run = runProcess('test/contract/cli.ts', {
      args,
      env: { ...Object.fromEntries(inherited), ...env },
    });
    running.push(run);
    return run;
  };

  const startLive = (): Program => {
    const { clientID, clientSecret, redirectURIs } = emulator().app;
    const redirectURI = 'https://app.example.com/callback';
    redirectURIs.push(redirectURI);
    return start(['--live', '--origin', standIn.origin], {
      KAKAO_REST_API_KEY: clientID,
      KAKAO_CLIENT_SECRET: clientSecret,
      KAKAO_CALLBACK_URL: redirectURI,
    });
  };

  it('checks the emulator and exits with 0', async () => {
    const { code, stdout, stderr } = await start([]).ended();

    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.match(/\nAssumptions: 0 not as assumed, \d+ as assumed, \d+ not settled\.\n/);
  });

  it('checks Kakao with --live and a pasted redirect URL', async () => {
    const run = startLive();

    for await (const { decision, address } of invitationsOf(run)) {
      run.type(`${await decideOnPage(decision, address)}`);
    }

    expect((await run.ended()).code).to.equal(0);
    expect(run.stdout).to.include('\n| as assumed | access-denied |');
    for (const secret of standIn.secrets) expect(run.stdout).not.to.include(secret);
  });

  it('exits with 2 when stdin ends', async () => {
    const run = startLive();
    run.type(undefined);

    expect((await run.ended()).code).to.equal(2);
    expect(run.stdout).to.include('no decision on the consent screen');
  });

  it('exits with 2 and a message when a variable is missing', async () => {
    const run = start(['--live'], { KAKAO_CALLBACK_URL: 'http://localhost:3000/callback' });

    const { code, stdout, stderr } = await run.ended();

    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.match(/^KAKAO_REST_API_KEY is not set: .*\n$/);
  });
});
