import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { startTLSServer, type TLSServer } from '../support/tls-server.js';

describe('the connections of a login, in a process of its own', () => {
  let kauth: TLSServer;
  let kapi: TLSServer;
  beforeEach(async () => {
    kauth = await startTLSServer((_request, response) => response.end());
    kapi = await startTLSServer((_request, response) => response.end());
  });
  afterEach(() => Promise.all([kauth.close(), kapi.close()]));

  const endpoints = () => ({
    tokenURL: new URL('/token', kauth.url).href,
    tokenInfoURL: new URL('/tokeninfo', kapi.url).href,
    userInfoURL: new URL('/userinfo', kapi.url).href,
  });

  it('keep no process alive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'preconnect-'));
    try {
      const certificates = join(folder, 'ca.pem');
      await writeFile(certificates, kauth.ca);
      const program = join(__dirname, 'start-then-end.ts');

      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: certificates, ENDPOINTS: JSON.stringify(endpoints()) },
        timeout: 8000,
      });

      expect(stdout).to.equal('redirect');
      expect([kauth.connections.length, kapi.connections.length]).to.deep.equal([1, 2]);
      expect([kauth.requests, kapi.requests]).to.deep.equal([0, 0]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
