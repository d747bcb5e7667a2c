import { expect } from 'chai';
import type { EmulatedQuota, KakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { bearer, emulatorForEachTest, exchange, obtainCode, obtainToken } from './emulator-for-tests.js';

describe('emulator: quotas', () => {
  let now = 0;
  const emulator = emulatorForEachTest(() => ({ now: () => now, apps: [{}, { clientID: 'second' }] }));
  beforeEach(() => {
    now = Date.parse('2025-06-01T00:00:30Z');
  });

  const limits: {
    limit: keyof EmulatedQuota;
    code: string;
    ask: (kakao: KakaoBusinessEmulator, token: string) => Promise<Response>;
  }[] = [
    {
      limit: 'tokensPerMinute',
      code: 'KOE236',
      ask: async running => exchange(running, await obtainCode(running)),
    },
    { limit: 'tokenRequestsPerMinute', code: 'KOE237', ask: running => exchange(running, 'any') },
    {
      limit: 'apiCallsPerMinute',
      code: '-10',
      ask: (running, token) => fetch(running.endpoints.tokenInfoURL, bearer(token)),
    },
  ];

  for (const { limit, code, ask } of limits) {
    it(`answer ${code} over ${limit}, until one minute after the first request`, async () => {
      const token = await obtainToken(emulator());
      now += 60_000;
      emulator().app.quota[limit] = 2;

      const codes: (string | undefined)[] = [];
      const waits: (string | null)[] = [];
      for (const at of [0, 10_000, 19_500, 0.5, 30_499.5]) {
        now += at;
        waits.push((await ask(emulator(), token)).headers.get('retry-after'));
        codes.push(emulator().requests.at(-1)?.code);
      }

      expect(waits).to.deep.equal([null, null, '31', '31', null]);
      expect(codes.map(each => each === code)).to.deep.equal([false, false, true, true, false]);
    });

    it(`do not apply without ${limit}`, async () => {
      const token = await obtainToken(emulator());

      for (let count = 0; count < 5; count++) await ask(emulator(), token);

      expect(emulator().requests.map(request => request.code)).not.to.include(code);
    });
  }

  it('keep the authorization code of a request over the quota', async () => {
    emulator().app.quota.tokensPerMinute = 1;
    await obtainToken(emulator());
    const code = await obtainCode(emulator());
    const refused = await exchange(emulator(), code);
    emulator().advance(60_000);

    expect(refused.status).to.equal(429);
    expect((await exchange(emulator(), code)).status).to.equal(200);
  });

  it('do not count tokens that were not issued', async () => {
    emulator().app.quota.tokensPerMinute = 1;
    await exchange(emulator(), 'wrong');

    expect((await exchange(emulator(), await obtainCode(emulator()))).status).to.equal(200);
  });

  it('are counted for each app', async () => {
    emulator().app.quota.tokenRequestsPerMinute = 1;
    await exchange(emulator(), 'any');

    const [first, second] = [
      await exchange(emulator(), 'any'),
      await exchange(emulator(), 'any', { client_id: 'second' }),
    ];

    expect([first.status, second.status]).to.deep.equal([429, 400]);
  });

  it('start again when the clock is set back', async () => {
    emulator().app.quota.tokenRequestsPerMinute = 1;
    await exchange(emulator(), 'any');
    now -= 3_600_000;

    expect((await exchange(emulator(), 'any')).status).to.equal(400);
  });
});
