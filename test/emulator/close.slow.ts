import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

describe('emulator: close, in a separate process', () => {
  it('leaves nothing that keeps the process alive', async () => {
    const program = join(__dirname, 'close-then-end.ts');

    const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
      timeout: 8000,
    });

    expect(stderr).to.equal('');
  });
});
