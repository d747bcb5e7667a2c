import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
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
