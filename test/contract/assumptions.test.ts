import { expect } from 'chai';
import { assumptionMarks, filesWithoutID } from './assumption-marks.js';
import { allAssumptions } from './assumptions.js';

describe('The assumptions marked in lib/', () => {
  it('all have an ID', () => {
    expect(filesWithoutID).to.deep.equal([]);
  });

  it('are exactly those of the catalogue', () => {
    const marked = assumptionMarks.map(({ id }) => id);

    expect([...new Set(marked)]).to.have.members(allAssumptions.map(({ id }) => id));
  });
});
