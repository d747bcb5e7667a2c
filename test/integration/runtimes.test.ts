import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { Consumer } from '../package/consumer.js';
import { loginApp, signIn } from '../package/login-app.js';
import { TOKEN_INFO, TOKEN_RESPONSE, USER_INFO } from '../support/kakao.js';
import { type KakaoOverTLS, startKakaoOverTLS } from '../support/kakao-over-tls.js';
import { type ConnectProxy, startProxy } from '../support/proxy.js';
import { useRealSockets } from '../support/real-sockets.js';

const NODES = ['22', '24', '26'];
const BUN = ['node_modules/.bin/bun'];
const DENO = ['node_modules/.bin/deno', 'run', '--allow-all', '--quiet'];
const nodeOf = (line: string): string => `node_modules/node-${line}/bin/node`;

describe('The package', function () {
  this.timeout(120_000);
  useRealSockets();

  let consumer: Consumer;
  let kakao: KakaoOverTLS;
  before(async () => {
    const binary = `node-${process.platform}-${process.arch}`;
    const nodes = NODES.map(line => `node-${line}@npm:${binary}@${line}`);
    const nocks = ['nock-14@npm:nock@14', 'nock-15@npm:nock@^15.0.6'];
    const app = ['passport', 'express', 'express-session'];
    consumer = await Consumer.create([...app, 'bun@1', 'deno@2', ...nocks, ...nodes]);
    for (const file of ['runtime-login.mjs', 'mocked-logins.mjs'])
      await cp(join(__dirname, file), join(consumer.folder, file));
    await consumer.write('app.mjs', loginApp.module);
  });
  after(() => consumer.remove());
  beforeEach(async () => {
    kakao = await startKakaoOverTLS({
      kauth: (_request, response) => response.end(JSON.stringify(TOKEN_RESPONSE)),
      kapi: ({ url }, response) =>
        response.end(JSON.stringify(url === '/tokeninfo' ? TOKEN_INFO : USER_INFO)),
    });
    await consumer.write('ca.pem', kakao.kauth.ca);
  });
  afterEach(() => kakao.close());

  /** Runs a file of the folder. @returns its parsed JSON output. */
  const run = async (
    [command = '', ...args]: readonly string[],
    variables: Record<string, string> = {},
  ): Promise<unknown> => {
    const env = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: 'ca.pem',
      NODE_TLS_REJECT_UNAUTHORIZED: command === DENO[0] ? '0' : '1', // Deno trusts no self-signed certificate
      STRATEGY_OPTIONS: JSON.stringify(kakao.endpoints),
      ...variables,
    };
    const { stdout } = await promisify(execFile)(command, args, {
      cwd: consumer.folder,
      env,
      timeout: 60_000,
    });
    return JSON.parse(stdout || 'null');
  };

  for (const [name, runtime, preconnected] of [
    ['Bun', BUN, [0, 0]],
    ['Deno', DENO, [1, 2]],
  ] as const) {
    describe(`on ${name}`, () => {
      it('signs in a user in an Express app', async () => {
        await signIn(consumer.folder, ...runtime, 'app.mjs');
      });

      it('signs in a user over TLS', async () => {
        expect(await run([...runtime, 'runtime-login.mjs'])).to.deep.equal({ id: '4242' });
        expect(kakao.asked()).to.deep.equal([1, 2]);
      });

      it(`preconnects ${preconnected.join(' and ')} times to Kakao's hosts`, async () => {
        await run([...runtime, 'runtime-login.mjs', 'start']);

        expect(kakao.opened()).to.deep.equal(preconnected);
      });
    });
  }

  it('rejects an agent on Bun', async () => {
    const script = `const { KakaoBusinessClient } = require('passport-kakao-business');
      try { new KakaoBusinessClient({ clientID: 'key', agent: {} }) } catch (error) { console.log(JSON.stringify(error.message)) }`;

    expect(await run([...BUN, '-e', script])).to.match(/Bun's fetch ignores agent/);
  });

  it('signs in a user through a proxy on Bun, as the error message suggests', async () => {
    const proxy = await startProxy();
    try {
      const outcome = await run([...BUN, 'runtime-login.mjs'], { FETCH_PROXY: proxy.url, NO_PROXY: '' });

      expect(outcome).to.deep.equal({ id: '4242' });
      expect(new Set(proxy.targets)).to.deep.equal(new Set([kakao.kauth.url.host, kakao.kapi.url.host]));
    } finally {
      await proxy.close();
    }
  });

  for (const line of NODES) {
    describe(`on Node ${line} with NODE_USE_ENV_PROXY`, () => {
      let proxy: ConnectProxy;
      afterEach(() => proxy.close());

      const login = async (variables: Record<string, string> = {}, ...args: string[]) =>
        run([nodeOf(line), 'runtime-login.mjs', ...args], {
          NODE_USE_ENV_PROXY: '1',
          HTTPS_PROXY: proxy.url,
          NO_PROXY: '',
          ...variables,
        });

      it('signs in a user through the proxy', async () => {
        proxy = await startProxy();

        expect(await login()).to.deep.equal({ id: '4242' });

        const [kauth, kapi] = [kakao.kauth.url.host, kakao.kapi.url.host];
        expect(proxy.targets).to.deep.equal([kauth, kapi, kapi]);
        expect(kakao.opened()).to.deep.equal([1, 2]);
      });

      it('does not preconnect', async () => {
        proxy = await startProxy();

        await login({}, 'start');

        expect([proxy.targets, kakao.opened()]).to.deep.equal([[], [0, 0]]);
      });

      it('bypasses the proxy for the hosts of NO_PROXY', async () => {
        proxy = await startProxy();

        expect(await login({ NO_PROXY: 'localhost' })).to.deep.equal({ id: '4242' });
        expect(proxy.targets).to.deep.equal([]);
      });

      it('reports a rejection by the proxy without its password', async () => {
        proxy = await startProxy(407);
        const withPassword = proxy.url.replace('//', '//user:pass-4-proxy@');

        const outcome = await login({ HTTPS_PROXY: withPassword });

        expect(outcome).to.have.nested.property('error.code', 'KAKAO_UNREACHABLE');
        expect(JSON.stringify(outcome)).to.include('ERR_PROXY_TUNNEL').and.not.include('pass-4-proxy');
      });
    });

    it(`signs in with mocks of nock 15 on Node ${line}, 50 of 50 times`, async () => {
      expect(await run([nodeOf(line), 'mocked-logins.mjs', 'nock-15'])).to.deep.equal([]);
    });
  }

  it('signs in with mocks of nock 14, and opens no connection', async () => {
    expect(await run([process.execPath, 'mocked-logins.mjs', 'nock-14'])).to.deep.equal([]);
  });
});
