import { expect } from 'chai';
import {
  bearer,
  decide,
  emulatorForEachTest,
  exchange,
  obtainCode,
  obtainToken,
  openConsentScreen,
} from './emulator-for-tests.js';

const minutes = (count: number): number => count * 60_000;

describe('emulator: the clock', () => {
  let now = 0;
  const emulator = emulatorForEachTest(() => ({ now: () => now, tokenIdleTimeout: minutes(60) }));
  beforeEach(() => {
    now = Date.parse('2025-06-01T00:00:00Z');
  });
  const statusOf = async (token: string): Promise<number> =>
    (await fetch(emulator().endpoints.userInfoURL, bearer(token))).status;

  it('advances: codes and consent screens expire after 10 minutes', async () => {
    const [used, late] = [await obtainCode(emulator()), await obtainCode(emulator())];
    const screen = await openConsentScreen(emulator());

    emulator().advance(minutes(10) - 1);
    expect((await exchange(emulator(), used)).status).to.equal(200);
    emulator().advance(1);
    expect((await exchange(emulator(), late)).status).to.equal(400);
    expect((await decide(screen, 'agree')).status).to.equal(400);
  });

  it('goes on from the time that it was advanced to', async () => {
    const code = await obtainCode(emulator());
    emulator().advance(minutes(6));
    now += minutes(4);

    expect((await exchange(emulator(), code)).status).to.equal(400);
  });

  it('expires a token that was not used for the idle timeout: -401', async () => {
    const [token, other] = [await obtainToken(emulator()), await obtainToken(emulator())];

    emulator().advance(minutes(60) - 1);
    expect(await statusOf(token)).to.equal(200);
    emulator().advance(1);
    expect(await statusOf(other)).to.equal(401);
    emulator().advance(minutes(60) - 2);
    expect(await statusOf(token)).to.equal(200);
    emulator().advance(minutes(60));
    expect(await statusOf(token)).to.equal(401);
    expect(emulator().requests.at(-1)?.code).to.equal('-401');
  });

  it('stops at the largest valid Date', async () => {
    emulator().advance(8.64e15 - now);
    now += 1;

    expect(await statusOf('a-token')).to.equal(401);
    expect(emulator().requests.at(-1)?.time).to.equal('+275760-09-13T00:00:00.000Z');
  });

  it('does not revive an expired token', async () => {
    const token = await obtainToken(emulator());
    emulator().advance(minutes(60));
    await statusOf(token);
    now -= minutes(60);

    expect(await statusOf(token)).to.equal(401);
  });

  it('does not advance beyond the largest valid Date', () => {
    for (const far of [8.64e15, Infinity]) {
      expect(() => emulator().advance(far)).to.throw(
        TypeError,
        'advance: the clock cannot pass the largest valid Date',
      );
    }
  });

  for (const misuse of [-1, Number.NaN, '60', undefined]) {
    it(`does not advance by ${misuse}`, () => {
      const advance = (): unknown => Reflect.apply(emulator().advance, undefined, [misuse]);

      expect(advance).to.throw(TypeError, 'advance: the argument must be a number of milliseconds');
    });
  }
});

describe('emulator: the default clock', () => {
  const emulator = emulatorForEachTest();

  it('is Date.now, even when a test replaces it', async () => {
    const realNow = Date.now;
    const code = await obtainCode(emulator());
    try {
      Date.now = () => realNow() + minutes(10);

      expect((await exchange(emulator(), code)).status).to.equal(400);
    } finally {
      Date.now = realNow;
    }
  });
});
