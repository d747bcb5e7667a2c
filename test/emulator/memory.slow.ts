import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { EmulatedApp, EmulatorEndpoints } from '../../lib/emulator/index.js';
import { toParameters } from './emulator-for-tests.js';

/** The command in a process of its own, started as users start it: without flags for the garbage collector. */
async function startCommand(file: string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'lib/emulator/cli/cli.ts', '--port', '0', '--json', file],
    { cwd: join(__dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(child.stdout, 'data');
  const { endpoints, apps }: { endpoints: EmulatorEndpoints; apps: [EmulatedApp] } = JSON.parse(`${line}`);
  return {
    origin: endpoints.momentURL,
    app: apps[0],
    /** The resident memory, in MB. */
    memory: async (): Promise<number> => {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', `${child.pid}`]);
      return Number(stdout) / 1024;
    },
    end: async (): Promise<void> => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

describe('the memory of the command kakao-business-emulator', function () {
  this.timeout(300_000);

  // Measured: 40 MB, which is garbage; without the limits 100 and 240 MB.
  const MOST = 70;

  let command: Awaited<ReturnType<typeof startCommand>>;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kakao-business-emulator-test-'));
  });
  beforeEach(async () => {
    // With many ad accounts a token needs 5 KB, so that fewer logins show whether tokens pile up.
    const moment = Array.from({ length: 300 }, (_, index) => ({ id: `${index + 1}`, name: 'An account' }));
    const file = join(folder, 'kakao.json');
    await writeFile(
      file,
      JSON.stringify({ users: [{ id: '1', name: 'One', adAccounts: { moment, keyword: moment } }] }),
    );
    command = await startCommand(file);
  });
  afterEach(() => command.end());
  after(async () => {
    agent.destroy();
    await rm(folder, { recursive: true });
  });

  const ask = async (method: string, path: string, { form = '' } = {}) => {
    const headers = form === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(new URL(path, command.origin), { method, headers, agent });
    sent.end(form);
    const [response]: IncomingMessage[] = await once(sent, 'response');
    let text = '';
    for await (const chunk of response ?? []) text += chunk;
    return { status: response?.statusCode ?? 0, location: response?.headers.location ?? '', text };
  };

  const many = async (count: number, act: (index: number) => Promise<void>): Promise<void> => {
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) await act(next++);
    };
    await Promise.all(Array.from({ length: 16 }, work));
  };

  const authorizeQuery = (state: string) =>
    toParameters({
      client_id: command.app.clientID,
      redirect_uri: command.app.redirectURIs[0] ?? '',
      response_type: 'code',
      scope: command.app.consentItems.filter(item => !item.endsWith('_create')).join(','),
      state,
    });

  const logIn = async (): Promise<void> => {
    const { location } = await ask('POST', `/emulator/approve?${authorizeQuery('a-state')}`);
    const form = toParameters({
      grant_type: 'authorization_code',
      client_id: command.app.clientID,
      client_secret: command.app.clientSecret,
      redirect_uri: command.app.redirectURIs[0] ?? '',
      code: new URL(location).searchParams.get('code') ?? '',
    });
    expect((await ask('POST', '/oauth/business/token', { form: `${form}` })).status).to.equal(200);
  };

  it('stays flat after many logins', async () => {
    await many(2500, logIn);
    const before = await command.memory();
    await many(8000, logIn);

    expect((await command.memory()) - before).to.be.below(MOST);
  });

  it('stays flat after much garbage, and the emulator alive', async () => {
    const long = 'x'.repeat(50_000);
    const garbage: ((index: number) => Promise<{ status: number }>)[] = [
      index => ask('POST', '/oauth/business/token', { form: 'a&'.repeat(10_000) + index }),
      index => ask('POST', '/oauth/business/token', { form: `scope=${long}&state=${index}` }),
      index => ask('POST', `/emulator/approve?${authorizeQuery(`${index}${long.slice(0, 10_000)}`)}`),
      index => ask('POST', '/emulator/faults', { form: `endpoint=${long}&code=${index}` }),
      index => ask('PUT', `/openapi/v4/${index}?${'q=1&'.repeat(2000)}`),
      index => ask('DELETE', `/${index}`),
    ];
    const send = async (index: number): Promise<void> => {
      expect((await garbage[index % garbage.length]?.(index))?.status).to.be.within(200, 499);
    };
    await many(600, send);
    const before = await command.memory();
    await many(3000, send);

    expect((await command.memory()) - before).to.be.below(MOST);
    expect((await ask('GET', '/emulator/health')).text).to.equal('{"status":"ok"}');
  });
});
