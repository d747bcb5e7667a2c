import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import { Browser } from '../support/browser.js';
import { type Program, runProcess } from '../support/program.js';
import { freePort } from '../support/server.js';
import { agree } from './demo.js';

describe('demo: the process of npm start', function () {
  this.timeout(60_000);

  const running: Program[] = [];
  const start = (env: NodeJS.ProcessEnv): Program => {
    const { KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET, KAKAO_CALLBACK_URL, ...inherited } = process.env;
    const demo = runProcess('examples/demo/start.ts', { env: { ...inherited, ...env } });
    running.push(demo);
    return demo;
  };
  afterEach(() => Promise.all(running.splice(0).map(demo => demo.end('SIGKILL'))));

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`prints its address and exits cleanly on ${signal} with open connections`, async () => {
      const origin = `http://localhost:${await freePort()}`;
      const demo = start({ PORT: new URL(origin).port });
      await demo.prints(/Ctrl\+C/);
      const browser = new Browser();
      const page = await agree(browser, await browser.open(`${origin}/auth/kakao-business`));

      const { code, stdout, stderr } = await demo.end(signal);

      expect(page.text).to.include('haneul.kim@example.com');
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout).to.include(`앱 (App)               ${origin}\n`);
    });
  }

  it('exits with 1 and a message when it cannot start', async () => {
    expect(await start({ PORT: 'http' }).ended()).to.deep.equal({
      code: 1,
      stdout: '',
      stderr: 'PORT는 0부터 65535까지의 숫자여야 합니다. PORT has to be a number from 0 to 65535.\n',
    });
  });

  it('exits with 1 at once when its port is taken', async () => {
    const other = createServer().listen(0, 'localhost').unref();
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const { code, stdout, stderr } = await start({ PORT: `${port}`, KAKAO_REST_API_KEY: 'key' }).ended();

    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.include(`Port ${port} is taken.`);
  });
});
