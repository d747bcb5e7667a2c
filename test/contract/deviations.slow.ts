import { expect } from 'chai';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { allAssumptions } from './assumptions.js';
import type { Expectation } from './case.js';
import { contract } from './contract.js';
import { refutations } from './refutations.js';
import { rehearsals } from './rehearsal.js';
import { exitCodeOf, KAKAO, settle, toReport } from './report.js';
import type { Run } from './run.js';
import { Secrets } from './secrets.js';
import { type Deviation, type StandIn, startStandIn } from './stand-in.js';
import { violations } from './violations.js';

describe('A run with a deviating Kakao', () => {
  let emulator: KakaoBusinessEmulator;
  let standIn: StandIn;

  before(async () => {
    emulator = await startKakaoBusinessEmulator();
    standIn = await startStandIn(new URL(emulator.endpoints.authorizationURL).origin);
  });
  after(async () => {
    await standIn.close();
    await emulator.close();
  });

  /** Runs the contract with the first app to which the case applies. */
  const askWith = async (title: string, deviation: Deviation): Promise<Run> => {
    let isAsked = false;
    const onCase = (asked: string): void => {
      isAsked ||= asked === title;
      standIn.deviate(asked === title ? deviation : {});
    };
    for (const rehearsal of rehearsals) {
      const run = await rehearsal(emulator, { secrets: new Secrets(), onCase }, standIn.origin);
      if (isAsked) return run;
    }
    throw new Error(`No app allows the case: ${title}`);
  };

  const settleable = allAssumptions.filter(({ unsettled }) => unsettled === undefined);

  for (const { id, files } of settleable) {
    it(`refutes ${id}, names its files and exits with 0`, async () => {
      const { in: title = '', also = id, ...deviation } = refutations[id] ?? {};

      const run = await askWith(title, deviation);

      const refuted = settle(run.judgements).filter(({ verdict }) => verdict === 'refuted');
      expect(refuted.map(each => each.id)).to.have.members([...new Set([id, also])]);
      expect(refutedFacts(run)).to.deep.equal([]);
      expect(rowsOf(run)[0]).to.match(/^\| refuted \| /);
      expect(rowsOf(run).find(row => row.includes(`| ${id} |`))).to.include(`| ${files.join(', ')} |`);
      expect(toReport(run, KAKAO)).to.match(/\nRefuted: [a-z, -]+\. Change lib\/\S.*\.ts\.$/);
      expect(exitCodeOf(run)).to.equal(0);
      expectNothingSecret(run);
    });
  }

  const facts = contract.flatMap(({ title, expectations }) =>
    expectations.filter(isFact).map(({ that, restsOn }) => ({
      title,
      fact: `${title}: ${that}`,
      isDocumented: restsOn === 'documented',
    })),
  );

  for (const { title, fact, isDocumented } of facts) {
    it(`exits with ${isDocumented ? 1 : 0} if violated: ${fact}`, async () => {
      const run = await askWith(title, violations[fact] ?? {});

      expect(refutedFacts(run)).to.deep.equal([fact]);
      expect(toReport(run, KAKAO)).to.include(' 1 violated').and.include(`\n  ✗ ${fact} (`);
      expect(toReport(run, KAKAO).endsWith('\nKakao violates its documentation: see above.')).to.equal(
        isDocumented,
      );
      expect(exitCodeOf(run)).to.equal(isDocumented ? 1 : 0);
      expectNothingSecret(run);
    });
  }

  it('covers every fact and every assumption that can be settled', () => {
    expect(Object.keys(violations)).to.have.members(facts.map(({ fact }) => fact));
    expect(Object.keys(refutations)).to.have.members(settleable.map(({ id }) => id));
  });

  function expectNothingSecret(run: Run): void {
    const [user] = emulator.users;
    const accounts = Object.values(user?.adAccounts ?? {}).flat();
    const secrets = [
      emulator.app.clientSecret,
      user?.id,
      user?.email,
      ...accounts.map(({ id }) => id),
      ...standIn.secrets,
    ];
    for (const secret of secrets) expect(toReport(run, KAKAO)).not.to.include(secret);
  }
});

/** The lines of the report about assumptions. */
const rowsOf = (run: Run): string[] => toReport(run, KAKAO).split('| --- |\n')[1]?.split('\n') ?? [];

function refutedFacts({ judgements }: Run): string[] {
  const facts = judgements
    .filter(({ expectation, finding }) => isFact(expectation) && finding.verdict === 'refuted')
    .map(each => `${each.case.title}: ${each.expectation.that}`);
  return [...new Set(facts)];
}

function isFact(expectation: Expectation): boolean {
  return !('assumption' in expectation);
}
