import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { ClientsPage, TOKEN_INFO } from './page.js';

const ROOT = join(__dirname, '../..');
const SECRET = 'NotARealSecretOfTheEmulator01234';

interface Runnable {
  file: string;
  command: string[];
  env?: NodeJS.ProcessEnv;
  install: string;
}

/** A program of the page, and what it prints for a wrong secret. */
interface Client extends Runnable {
  heading: string;
  refused: RegExp;
}

// Not the first python3 of the PATH: the packages of Debian belong to this one.
const python = { file: 'client.py', command: ['/usr/bin/python3'] };
const ruby = { command: ['ruby'], install: 'apt-get install ruby-omniauth-oauth2' };
const node = {
  file: 'client.mjs',
  command: [process.execPath, '--input-type=module', '--eval'],
  install: 'npm ci',
};

const CLIENTS: Client[] = [
  {
    heading: 'Authlib',
    ...python,
    install: 'apt-get install python3-authlib python3-requests',
    refused: /OAuthError: invalid_client/,
  },
  {
    heading: 'requests-oauthlib',
    ...python,
    install: 'apt-get install python3-requests-oauthlib',
    refused: /InvalidClientError: \(invalid_client\)/,
  },
  {
    heading: 'Go: x/oauth2',
    file: 'main.go',
    command: ['go', 'run'],
    env: { GO111MODULE: 'off', GOPATH: '/usr/share/gocode' },
    install: 'apt-get install golang-go golang-golang-x-oauth2-dev',
    refused: /"error_code":"KOE010"/,
  },
  {
    heading: 'Java: google-oauth-client',
    file: 'Main.java',
    command: ['java', '--class-path', '/usr/share/java/*'],
    install: 'apt-get install default-jdk-headless libgoogle-oauth-client-java',
    refused: /TokenResponseException: 401/,
  },
  { heading: 'oauth2', file: 'client.rb', ...ruby, refused: /"error_code":"KOE010"/ },
  { heading: 'openid-client', ...node, refused: /WWWAuthenticateChallengeError/ },
  { heading: 'oauth4webapi', ...node, refused: /WWWAuthenticateChallengeError/ },
];

describe('The page about OAuth clients has programs that get a token:', function () {
  this.timeout(120_000); // Go compiles its library once

  let folder: string;
  let page: ClientsPage;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passport-kakao-business-'));
    page = await ClientsPage.start();
  });
  after(async () => {
    await page.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs a program, and gives what it printed. */
  const run = async (source: string, { file, command, env, install }: Runnable): Promise<string> => {
    const [program = '', ...args] = command;
    const path = join(folder, file);
    await writeFile(path, source);
    // Node finds the packages of this repository only for a program without a file.
    const last = args.includes('--eval') ? source : path;
    const options = { cwd: ROOT, env: { ...process.env, ...env }, timeout: 100_000 };
    const { stdout, stderr } = await promisify(execFile)(program, [...args, last], options).catch(error => ({
      stdout: String(error.stdout ?? ''),
      stderr: `${error.stderr || error}\nIf the client is missing: ${install}\n`,
    }));
    return stdout + stderr;
  };

  for (const client of CLIENTS) {
    it(client.heading, async () => {
      const printed = await run(page.program(client.heading), client);

      expect(printed, printed).to.match(TOKEN_INFO);
    });

    it(`${client.heading}, which says what the page says when the secret is wrong`, async () => {
      const source = page.program(client.heading);
      expect(source).to.include(SECRET);

      const printed = await run(source.replace(SECRET, 'AnotherSecret'), client);

      expect(printed, printed).to.match(client.refused);
      expect(printed.includes('KOE010')).to.equal(String(client.refused).includes('KOE010'));
    });
  }

  it('omniauth-oauth2', async () => {
    await writeFile(join(folder, 'config.ru'), rackApp(page.program('omniauth-oauth2')));

    const printed = await run(SIGN_IN, { file: 'sign_in.rb', ...ruby });

    expect(printed, printed).to.match(TOKEN_INFO);
  });
});

/** An app with the strategy of the page that shows what Kakao told. */
const rackApp = (strategy: string): string => `
use Rack::Session::Cookie, secret: 'thirty-two characters, twice: thirty-two characters, twice: sixty-four'
${strategy}
OmniAuth.config.request_validation_phase = nil # the test has no form with a token
run ->(env) { [200, {}, [env['omniauth.auth'].extra.raw_info.to_json]] }
`;

/** Signs in to that app. */
const SIGN_IN = `
require 'net/http'
require 'rack'

app = Array(Rack::Builder.parse_file(File.join(__dir__, 'config.ru'))).first # Rack 2 adds options
browser = Rack::MockRequest.new(app)
start = browser.post('http://localhost:8000/auth/kakao_business')
approve = URI(start['location'].sub('/oauth/business/authorize', '/emulator/approve'))
cookie = start['set-cookie'][/[^;]+/]
puts browser.get(Net::HTTP.post(approve, '')['location'], 'HTTP_COOKIE' => cookie).body
`;
