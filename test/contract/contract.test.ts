import { expect } from 'chai';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { allAssumptions } from './assumptions.js';
import { contract } from './contract.js';
import { type Finding, weightiest } from './finding.js';
import { rehearse } from './rehearsal.js';
import { EMULATOR, exitCodeOf, settle, toReport } from './report.js';
import type { Run } from './run.js';
import { Secrets } from './secrets.js';

describe('The emulator under the contract', () => {
  let run: Run;
  before(async () => {
    const emulator = await startKakaoBusinessEmulator();
    run = await rehearse(emulator, { secrets: new Secrets() });
    await emulator.close();
  });

  for (const each of contract) {
    for (const expectation of each.expectations) {
      it(`${each.title}: ${expectation.that}`, () => {
        const findings = run.judgements
          .filter(judgement => judgement.case === each && judgement.expectation === expectation)
          .map(({ finding }) => finding);

        expect(weightiest(findings)).to.include({ verdict: 'confirmed' } satisfies Partial<Finding>);
      });
    }
  }

  it('confirms every assumption that a run can settle', () => {
    const verdicts = settle(run.judgements).map(({ id, verdict }) => [id, verdict]);

    const expected = allAssumptions.map(({ id, unsettled }) => [id, unsettled ? 'not settled' : 'confirmed']);
    expect(verdicts).to.have.deep.members(expected);
  });

  it('completes without a violation', () => {
    expect(run.stopped).to.equal(undefined);
    expect(exitCodeOf(run)).to.equal(0);
  });

  it('proves nothing about Kakao, and the report says so', () => {
    const report = toReport(run, EMULATOR);

    expect(report)
      .to.match(/^Asked: the emulator\. This proves nothing about Kakao\.\n/)
      .and.match(/\nAll that could be asked is as the code assumes\. Whether it is so at Kakao, .*\.$/)
      .and.not.match(/confirm|consistent|refute/i);
  });
});
