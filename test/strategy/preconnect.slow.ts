import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type KakaoOverTLS, startKakaoOverTLS } from '../support/kakao-over-tls.js';

describe('The connections of a login in a child process', () => {
  let kakao: KakaoOverTLS;
  beforeEach(async () => {
    kakao = await startKakaoOverTLS();
  });
  afterEach(() => kakao.close());

  it('do not keep the process alive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'preconnect-'));
    try {
      const certificates = join(folder, 'ca.pem');
      await writeFile(certificates, kakao.kauth.ca);
      const program = join(__dirname, 'start-then-end.ts');

      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
        env: {
          ...process.env,
          NODE_EXTRA_CA_CERTS: certificates,
          ENDPOINTS: JSON.stringify(kakao.endpoints),
        },
        timeout: 8000,
      });

      expect(stdout).to.equal('redirect');
      expect(kakao.opened()).to.deep.equal([1, 2]);
      expect(kakao.asked()).to.deep.equal([0, 0]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
