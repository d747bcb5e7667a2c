import { exec } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { generate } from 'selfsigned';
import { main } from '../../lib/emulator/cli/cli.js';
import {
  type EmulatedApp,
  type EmulatorEndpoints,
  startKakaoBusinessEmulator,
} from '../../lib/emulator/index.js';
import { type Ended, type Program, runHere } from '../support/program.js';
import { freePort, startRawServer } from '../support/server.js';
import { locationOf, stringIn } from './emulator-for-tests.js';

describe('the command kakao-business-emulator', () => {
  const running: Program[] = [];
  const run = (...args: string[]): Program => {
    const command = runHere(io => main(args, io));
    running.push(command);
    return command;
  };
  /** Runs the command at a free port until it has printed its JSON, and parses that. */
  const runForJSON = async (...args: string[]): Promise<Printed> =>
    JSON.parse(await run('--json', '--port', '0', ...args).prints(/\n/));
  afterEach(() => Promise.all(running.splice(0).map(command => command.end('SIGTERM'))));

  let folder = '';
  const fileWith = async (text: string): Promise<string> => {
    const file = join(folder, 'kakao.json');
    await writeFile(file, text);
    return file;
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kakao-business-emulator-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('prints its address, the keys and the users', async () => {
    const port = await freePort();

    expect(
      await run('--port', `${port}`).prints(/\n/),
    ).to.equal(`Kakao Business emulator listening at http://127.0.0.1:${port}/emulator; press Ctrl-C to stop.

  authorize      http://127.0.0.1:${port}/oauth/business/authorize
  token          http://127.0.0.1:${port}/oauth/business/token
  tokeninfo      http://127.0.0.1:${port}/v1/business/tokeninfo
  userinfo       http://127.0.0.1:${port}/v1/business/userinfo
  revoke         http://127.0.0.1:${port}/v1/business/revoke
  moment         http://127.0.0.1:${port}/openapi/v4/…
  keywordAd      http://127.0.0.1:${port}/openapi/v1/…

  app            샘플 광고 대행사 (Sample Agency)
  client_id      0123456789abcdef0123456789abcdef
  client_secret  NotARealSecretOfTheEmulator01234
  redirect_uri   http://localhost:3000/auth/kakao-business/callback

  user           9007199254740993  haneul.kim@example.com    김하늘 (Kim Haneul)
  user           3120457786        (no email)                이도윤 · 이메일 없음 (Lee Doyun, no email)
  user           2874410093        seoyeon.park@example.com  박서연 · 광고계정 없음 (Park Seoyeon, no ad accounts)
`);
  });

  it('prints the same as one line of JSON for programs', async () => {
    const port = await freePort();
    const { endpoints, apps, users, close } = await startKakaoBusinessEmulator({ port });
    await close();

    const printed = await run('--json', '--port', `${port}`).prints(/\n/);

    const panelURL = `http://127.0.0.1:${port}/emulator`;
    expect(printed).to.equal(`${JSON.stringify({ endpoints, panelURL, apps, users })}\n`);
  });

  it('prints that there is no client secret, and no users', async () => {
    const file = await fileWith('{ "app": { "clientSecret": false, "redirectURIs": [] }, "users": [] }');

    expect(await run('--port', '0', file).prints(/\n/)).to.match(/client_secret {2}\(none: .* is off\)\n$/);
  });

  it('fixes errors by flags and calls over HTTP, which it has in place of a program', async () => {
    const file = await fileWith('{ "app": { "clientID": "it\u0027s", "bizApp": false } }');
    const { endpoints, apps } = await runForJSON(file);
    const query = {
      client_id: "it's",
      redirect_uri: apps[0]?.redirectURIs[0] ?? '',
      response_type: 'code',
      scope: 'biz_account_email',
    };
    const fixesOf = async (changes: Record<string, string>): Promise<string[]> => {
      const page = await fetch(
        `${endpoints.authorizationURL}?${new URLSearchParams({ ...query, ...changes })}`,
      );
      const codes = [...(await page.text()).matchAll(/<code>(.*?)<\/code>/g)];
      return codes.map(([, code = '']) =>
        code.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
      );
    };

    const [curl = ''] = await fixesOf({});
    await promisify(exec)(curl);
    const fixes = await fixesOf({ redirect_uri: 'http://localhost:8000/callback?a=1&b=2' });

    expect(curl).to.match(/^curl -X PATCH /);
    expect(fixes[0]).to.equal("--redirect-uri 'http://localhost:8000/callback?a=1&b=2'");
    expect(fixes[1]).to.include("/emulator/apps/it'\\''s").and.include('"redirectURIs":[');
    expect(await fixesOf({ client_id: 'unknown' })).to.deep.equal(["client_id=it's"]);
  });

  it('has its flags and its file after a reset', async () => {
    const file = await fileWith('{ "app": { "clientID": "my-key" } }');
    const { endpoints, apps } = await runForJSON(file, '--redirect-uri', 'http://localhost:8000/callback');
    const call = (method: string, path: string): Promise<Response> =>
      fetch(new URL(path, endpoints.tokenURL), { method });

    await call('DELETE', '/emulator/users');
    await call('POST', '/emulator/reset');

    expect(apps[0]?.redirectURIs).to.include('http://localhost:8000/callback');
    expect(await (await call('GET', '/emulator/apps')).json()).to.deep.equal(apps);
    expect(await (await call('GET', '/emulator/users')).json()).to.have.length(3);
  });

  it('responds as soon as it has printed', async () => {
    const { endpoints } = await runForJSON();

    expect((await fetch(endpoints.tokenInfoURL)).status).to.equal(401);
  });

  it('has a fixed port by default', async () => {
    const command = run('--json');
    const printed = await command.prints(/\n/).catch(() => command.ended());

    // Another process on this machine may run the command too.
    expect(JSON.stringify(printed)).to.match(/127\.0\.0\.1:5252\/|Port 5252 is in use/);
  });

  it('listens at 127.0.0.1 only, unless --host says otherwise', async () => {
    const file = await fileWith('{ "host": "127.0.0.1" }');
    const own = (await runForJSON(file)).endpoints.tokenInfoURL;
    const shared = (await runForJSON(file, '--host', '0.0.0.0')).endpoints.tokenInfoURL;

    const statusOf = (url: string, host: string): Promise<number | string> =>
      fetch(url.replace('127.0.0.1', host)).then(
        ({ status }) => status,
        () => 'refused',
      );
    expect([await statusOf(own, '127.0.0.1'), await statusOf(own, '127.0.0.2')]).to.deep.equal([
      401,
      'refused',
    ]);
    expect([await statusOf(shared, '127.0.0.1'), await statusOf(shared, '127.0.0.2')]).to.deep.equal([
      401, 401,
    ]);
  });

  it('starts with the options of a file, such as the one in --help', async () => {
    const { stdout: help } = await run('--help').ended();
    const [example = ''] = /^{[\s\S]*^}$/m.exec(help) ?? [];

    const { apps, users } = await runForJSON(await fileWith(example));

    expect(apps[0]).to.deep.include({
      clientID: 'my-rest-api-key',
      clientSecret: 'my-client-secret',
      redirectURIs: ['http://localhost:8000/callback'],
    });
    expect(users).to.have.lengthOf(1);
    expect(users[0]).to.deep.include({
      id: '4102',
      name: '김광고',
      email: 'owner@example.com',
      adAccounts: {
        moment: [{ id: '11', name: '봄 캠페인', memberType: 'MASTER', config: 'ON' }],
        keyword: [],
      },
    });
  });

  it('answers with the stubs of a file, without rounding their numbers', async () => {
    const stubs = '[{ "method": "GET", "path": "/openapi/v4/campaigns", "answer": [9223372036854775807] }]';
    const { endpoints, apps } = await runForJSON(await fileWith(`{ "stubs": ${stubs} }`));
    const redirectURI = apps[0]?.redirectURIs[0] ?? '';
    const parameters = new URLSearchParams({
      client_id: apps[0]?.clientID ?? '',
      redirect_uri: redirectURI,
      response_type: 'code',
      scope: 'moment_management',
    });
    const approved = await fetch(new URL(`/emulator/approve?${parameters}`, endpoints.momentURL), {
      method: 'POST',
      redirect: 'manual',
    });
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: apps[0]?.clientID ?? '',
      client_secret: apps[0]?.clientSecret ?? '',
      redirect_uri: redirectURI,
      code: locationOf(approved).searchParams.get('code') ?? '',
    });
    const issued = await (await fetch(endpoints.tokenURL, { method: 'POST', body })).json();

    const response = await fetch(new URL('/openapi/v4/campaigns', endpoints.momentURL), {
      headers: { authorization: `Bearer ${stringIn(issued, 'access_token')}`, adAccountId: '482913' },
    });

    expect(await response.text()).to.equal('[9223372036854775807]');
  });

  it('reads a file that starts with a byte order mark', async () => {
    const { users } = await runForJSON(await fileWith('\uFEFF{ "users": [] }'));

    expect(users).to.deep.equal([]);
  });

  it('uses the port of the file without --port', async () => {
    const port = await freePort();

    const printed = await run('--json', await fileWith(`{ "port": ${port} }`)).prints(/\n/);

    expect(printed).to.include(`http://127.0.0.1:${port}/`);
  });

  it('registers more redirect URIs with every app, and prints them', async () => {
    const file = await fileWith(`{
      "apps": [
        { "name": "One", "clientID": "key-1", "redirectURIs": ["http://localhost:8000/callback"] },
        { "name": "Two", "clientID": "key-2", "redirectURIs": [] }
      ]
    }`);
    const more = ['http://localhost:8080/callback', 'https://example.com/callback?a=b'];

    const printed = await run('--port', '0', file, ...more.flatMap(uri => ['--redirect-uri', uri])).prints(
      /\n/,
    );

    expect(printed).to.include(`
  app            One
  client_id      key-1
  client_secret  NotARealSecretOfTheEmulator01234
  redirect_uri   http://localhost:8000/callback
  redirect_uri   http://localhost:8080/callback
  redirect_uri   https://example.com/callback?a=b

  app            Two
  client_id      key-2
  client_secret  NotARealSecretOfTheEmulator01234
  redirect_uri   http://localhost:8080/callback
  redirect_uri   https://example.com/callback?a=b
`);
  });

  it('serves the allowed hosts of the file and of the command line', async () => {
    const file = await fileWith('{ "allowedHosts": ["one.test"] }');
    const { endpoints } = await runForJSON(
      file,
      '--allowed-host',
      'two.test',
      '--allowed-host',
      'three.test',
    );
    const statusAt = async (host: string): Promise<number | undefined> => {
      const asked = get(new URL('/emulator', endpoints.tokenURL), { headers: { host }, agent: false });
      const [response]: IncomingMessage[] = await once(asked, 'response');
      response?.resume();
      return response?.statusCode;
    };

    for (const host of ['one.test', 'two.test', 'three.test']) expect(await statusAt(host)).to.equal(200);
    expect(await statusAt('four.test')).to.equal(403);
  });

  it('serves https with a given certificate, and prints its file', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'emulator' }]);
    const files = [join(folder, 'cert.pem'), join(folder, 'key.pem')] as const;
    await Promise.all([writeFile(files[0], cert), writeFile(files[1], key)]);

    const printed = await runForJSON('--https', '--cert', files[0], '--key', files[1]);

    expect(printed).to.deep.include({ certificate: files[0] });
    expect(printed.endpoints.tokenURL).to.match(/^https:/);
    expect(printed.panelURL).to.match(/^https:/);
  });

  it('serves https with the certificate of the file, without making one', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'emulator' }]);
    const file = await fileWith(JSON.stringify({ https: { cert, key } }));

    const printed = await runForJSON('--https', file);

    expect(printed).not.to.have.property('certificate');
    expect(printed.endpoints.tokenURL).to.match(/^https:/);
  });

  for (const option of ['--help', '-h']) {
    it(`prints its help with ${option}, whatever the other arguments`, async () => {
      const { code, stdout, stderr } = await run(option, '--json', 'missing.json').ended();

      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      for (const known of [
        '--port',
        '--host',
        '--https',
        '--cert',
        '--key',
        '--allowed-host',
        '--redirect-uri',
        '--json',
        '--version',
        '--help',
        '[file.json]',
      ])
        expect(stdout).to.include(known);
    });
  }

  it('prints its version', async () => {
    const { version } = require('../../package.json');

    expect(await run('--version').ended()).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  describe('exits with code 2 and one sentence for', () => {
    const fails = (sentence: string): Ended => ({
      code: 2,
      stdout: '',
      stderr: `kakao-business-emulator: ${sentence}\n`,
    });

    const mistakes: { args: string[]; sentence: string }[] = [
      { args: ['--prot', '80'], sentence: "Unknown option '--prot'; see --help" },
      { args: ['-p', '80'], sentence: "Unknown option '-p'; see --help" },
      { args: ['--port'], sentence: "Option '--port <value>' argument missing; see --help" },
      {
        args: ['--port', '--json'],
        sentence: "Option '--port' argument missing, or it starts with a dash; see --help",
      },
      {
        args: ['--port', '-1'],
        sentence: "Option '--port' argument missing, or it starts with a dash; see --help",
      },
      { args: ['--json=1'], sentence: "Option '--json' does not take an argument; see --help" },
      { args: ['--port='], sentence: '--port must be an integer from 0 to 65535, not empty' },
      { args: ['--port', '80a'], sentence: '--port must be an integer from 0 to 65535, not 80a' },
      { args: ['--port=-1'], sentence: '--port must be an integer from 0 to 65535, not -1' },
      { args: ['--port', '65536'], sentence: '--port must be an integer from 0 to 65535, not 65536' },
      { args: ['--host', 'localhost'], sentence: '--host must be an IPv4 address, not localhost' },
      {
        args: ['--host', '192.0.2.1', '--port', '0'],
        sentence: 'Cannot start: listen EADDRNOTAVAIL: address not available 192.0.2.1',
      },
      {
        args: ['--redirect-uri', '/callback'],
        sentence: '--redirect-uri must be an absolute http or https URL without a fragment, not /callback',
      },
      {
        args: ['--allowed-host', 'http://kakao.test'],
        sentence:
          '--allowed-host must be a host name such as kakao.test, without a scheme and a port, not http://kakao.test',
      },
      {
        args: ['--https', '--cert', 'cert.pem'],
        sentence: '--cert and --key are given together, with --https',
      },
      {
        args: ['--https', '--key', 'key.pem'],
        sentence: '--cert and --key are given together, with --https',
      },
      {
        args: ['--cert', 'cert.pem', '--key', 'key.pem'],
        sentence: '--cert and --key are given together, with --https',
      },
      {
        args: ['--https', '--cert', 'missing.pem', '--key', 'missing.pem'],
        sentence: "Cannot read missing.pem: ENOENT: no such file or directory, open 'missing.pem'",
      },
      {
        args: ['--https', '--cert', __filename, '--key', __filename],
        sentence: `--cert must be a certificate in PEM, not ${__filename}`,
      },
      {
        args: ['one.json', 'two.json'],
        sentence: 'Only one file is allowed, not both one.json and two.json',
      },
      {
        args: ['missing.json'],
        sentence: "Cannot read missing.json: ENOENT: no such file or directory, open 'missing.json'",
      },
      {
        args: [tmpdir()],
        sentence: `Cannot read ${tmpdir()}: EISDIR: illegal operation on a directory, read`,
      },
    ];
    for (const { args, sentence } of mistakes) {
      it(args.join(' '), async () => {
        expect(await run(...args).ended()).to.deep.equal(fails(sentence));
      });
    }

    const files: { what: string; text: string; sentence: RegExp }[] = [
      { what: 'nothing in it', text: '', sentence: /^kakao\.json is not JSON: unexpected end$/ },
      {
        what: 'a trailing comma',
        text: '{\n  "port": 1,\n}',
        sentence: /^kakao\.json is not JSON: see line 3, column 1$/,
      },
      {
        what: 'a secret without quotes, which JSON.parse() would quote',
        text: '{ "clientSecret": a-secret }',
        sentence: /^kakao\.json is not JSON(?:: see line 1, column \d+)?$/,
      },
      { what: 'an array', text: '[]', sentence: /^kakao\.json must hold a JSON object; see --help$/ },
      { what: 'null', text: 'null', sentence: /^kakao\.json must hold a JSON object; see --help$/ },
      { what: 'a string', text: '"text"', sentence: /^kakao\.json must hold a JSON object; see --help$/ },
      {
        what: 'an unknown option',
        text: '{ "ports": 1 }',
        sentence: /^kakao\.json: the emulator has no ports option; it has port, host, https, /,
      },
      {
        what: 'a port in quotes',
        text: '{ "port": "80" }',
        sentence: /^kakao\.json: the port option must be an integer from 0 to 65535$/,
      },
      {
        what: 'a misspelt setting of an app',
        text: '{ "app": { "clientId": "x" } }',
        sentence: /^kakao\.json: the emulator has no app\.clientId option; it has /,
      },
      {
        what: 'a certificate that is none',
        text: '{ "https": { "cert": "x", "key": "y" } }',
        sentence: /^kakao\.json: the https\.cert option must be a certificate in PEM$/,
      },
      {
        what: 'an invalid user',
        text: '{ "users": [{ "id": 1 }] }',
        sentence: /^kakao\.json: the users\[0\]\.\w+ option must be .+$/,
      },
    ];
    for (const { what, text, sentence } of files) {
      it(`a file with ${what}`, async () => {
        const file = await fileWith(text);

        const { code, stdout, stderr } = await run(file).ended();

        expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
        expect(stderr.split('\n')).to.have.lengthOf(2);
        expect(
          stderr.trim().replaceAll(file, 'kakao.json').replace('kakao-business-emulator: ', ''),
        ).to.match(sentence);
      });
    }

    it('a port that is in use', async () => {
      const other = await startRawServer(() => {});
      const { port } = new URL(other.url);

      const ended = await run('--port', port).ended();
      await other.close();

      expect(ended).to.deep.equal(fails(`Port ${port} is in use; choose another one with --port`));
    });
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`closes the emulator and exits with code 0 at ${signal}`, async () => {
      const command = run('--json', '--port', '0');
      const { endpoints }: Printed = JSON.parse(await command.prints(/\n/));

      const { code, stderr } = await command.end(signal);

      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(await fetch(endpoints.tokenInfoURL).catch(() => 'refused')).to.equal('refused');
    });
  }

  it('goes on when its output cannot be written', async () => {
    const port = await freePort();
    const stdout = new Writable({ write: (_text, _encoding, done) => done(new Error('write EPIPE')) });
    const failed = new Promise(resolve => stdout.on('close', resolve));
    const command = runHere(io => main(['--port', `${port}`], { ...io, stdout }));
    running.push(command);
    await failed;

    expect((await fetch(`http://127.0.0.1:${port}/v1/business/tokeninfo`)).status).to.equal(401);
    expect(await command.end('SIGTERM')).to.deep.equal({ code: 0, stdout: '', stderr: '' });
  });
});

/** What `--json` prints. */
interface Printed {
  endpoints: EmulatorEndpoints;
  panelURL: string;
  certificate?: string;
  apps: EmulatedApp[];
  users: object[];
}
