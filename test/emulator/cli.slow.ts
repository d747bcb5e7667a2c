import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { EmulatorEndpoints } from '../../lib/emulator/index.js';
import { type Program, runProcess } from '../support/program.js';
import { freePort } from '../support/server.js';

describe('the process of the command kakao-business-emulator', function () {
  this.timeout(30_000);

  const running: Program[] = [];
  const run = (...args: string[]): Program => {
    const command = runProcess('lib/emulator/cli/cli.ts', { args });
    running.push(command);
    return command;
  };
  afterEach(() => Promise.all(running.splice(0).map(command => command.end('SIGKILL'))));

  it('prints its address, and responds there', async () => {
    const port = await freePort();

    expect(await run('--port', `${port}`).prints(/\n/)).to.include(
      `Kakao Business emulator listening at http://127.0.0.1:${port}/emulator; press Ctrl-C to stop.\n`,
    );
    expect((await fetch(`http://127.0.0.1:${port}/v1/business/tokeninfo`)).status).to.equal(401);
  });

  it('prints its version and exits with code 0', async () => {
    const { version } = require('../../package.json');

    expect(await run('--version').ended()).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('exits with code 2 and one sentence after a mistake', async () => {
    expect(await run('--prot', '80').ended()).to.deep.equal({
      code: 2,
      stdout: '',
      stderr: "kakao-business-emulator: Unknown option '--prot'; see --help\n",
    });
  });

  it('exits with code 2 when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1').unref();
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const { code, stdout, stderr } = await run('--port', `${port}`).ended();

    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr)
      .to.match(/^kakao-business-emulator: .*\n$/)
      .and.include(`${port}`);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`exits with code 0 at ${signal}, even with an open connection`, async () => {
      const command = run('--json', '--port', '0');
      const { endpoints } = JSON.parse(await command.prints(/\n/));
      const socket = connect(Number(new URL(endpoints.tokenURL).port), '127.0.0.1');
      await once(socket, 'connect');
      const closed = once(socket, 'close');

      const { code, stderr } = await command.end(signal);
      await closed;

      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    });
  }

  describe('with --https', () => {
    const start = async (...args: string[]) => {
      const command = run('--json', '--port', '0', '--https', ...args);
      const { endpoints, certificate }: Printed = JSON.parse(await command.prints(/\n/));
      return { command, endpoints, certificate };
    };

    it('makes a certificate for its names, which is all that it leaves on the disk while it runs', async () => {
      const { command, endpoints, certificate } = await start(
        '--host',
        '127.0.0.2',
        '--allowed-host',
        'kakao.test',
      );
      const { subjectAltName, ca } = new X509Certificate(await readFile(certificate));
      const files = await readdir(dirname(certificate));
      const { mode } = await stat(dirname(certificate));
      const { code, stderr } = await command.end('SIGTERM');

      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(endpoints.tokenURL).to.match(/^https:\/\/127\.0\.0\.2:/);
      expect(subjectAltName).to.equal(
        'DNS:localhost, IP Address:127.0.0.1, IP Address:127.0.0.2, DNS:kakao.test',
      );
      expect(ca).to.equal(false);
      expect(files).to.deep.equal(['cert.pem']);
      expect(mode & 0o777).to.equal(0o700);
      expect(existsSync(dirname(certificate))).to.equal(false);
    });

    it('is trusted by a program of Node with NODE_EXTRA_CA_CERTS', async () => {
      const { endpoints, certificate } = await start();
      for (const host of ['127.0.0.1', 'localhost']) {
        const url = new URL('/emulator/health', endpoints.tokenURL);
        url.hostname = host;
        const program = `fetch('${url}').then(async response => console.log(await response.text()))`;
        const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };

        const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { env });

        expect(stdout).to.equal('{"status":"ok"}\n');
      }
    });

    it('asks for --cert and --key where there is no openssl', async () => {
      const command = runProcess('lib/emulator/cli/cli.ts', { args: ['--https'], env: { PATH: '' } });

      expect(await command.ended()).to.deep.equal({
        code: 2,
        stdout: '',
        stderr:
          'kakao-business-emulator: --https needs openssl to make a certificate; install it, or give yours with --cert and --key\n',
      });
    });

    it('leaves nothing on the disk when its port is in use', async () => {
      const other = createServer().listen(0, '127.0.0.1').unref();
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const folder = await mkdtemp(join(tmpdir(), 'kakao-business-emulator-test-'));
      const env = { ...process.env, TMPDIR: folder };

      const { code } = await runProcess('lib/emulator/cli/cli.ts', {
        args: ['--https', '--port', `${port}`],
        env,
      }).ended();

      expect(code).to.equal(2);
      expect(
        (await readdir(folder)).filter(name => name.startsWith('kakao-business-emulator')),
      ).to.deep.equal([]);
      await rm(folder, { recursive: true });
    });
  });

  it('goes on when its output is not read, as after `| head`', async () => {
    const port = await freePort();
    const command = run('--port', `${port}`);
    command.stopReading();
    const url = `http://127.0.0.1:${port}/v1/business/tokeninfo`;
    let response: Response | undefined;
    for (const deadline = Date.now() + 20_000; !response && Date.now() < deadline; await wait(50))
      response = await fetch(url).catch(() => undefined);

    expect(response?.status).to.equal(401);
    const { code, stderr } = await command.end('SIGTERM');

    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
  });
});

/** What `--json` prints. */
interface Printed {
  endpoints: EmulatorEndpoints;
  certificate: string;
}
