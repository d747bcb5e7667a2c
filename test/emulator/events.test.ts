import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { startServer } from '../../lib/emulator/http/server.js';
import { RequestLog } from '../../lib/emulator/request-log.js';
import { callAdAPI, decide, emulatorForEachTest, openConsentScreen } from './emulator-for-tests.js';

const EVENT = 'data: changed\n\n';

describe('emulator: the events of the developer panel', () => {
  const emulator = emulatorForEachTest();
  const emulatorURL = (path: string): URL => new URL(`/emulator${path}`, emulator().endpoints.tokenURL);

  /** Opens the stream. The function reads the next chunk as text, or undefined at the end. */
  async function listen(): Promise<{ response: Response; next: () => Promise<string | undefined> }> {
    const response = await fetch(emulatorURL('/events'));
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async (): Promise<string | undefined> => (await reader?.read())?.value;
    expect(await next()).to.equal('retry: 1000\n\n');
    return { response, next };
  }

  it('are a stream that is not cached', async () => {
    const { response } = await listen();

    expect(Object.fromEntries(response.headers)).to.include({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
  });

  it('come when a request has arrived or a consent was decided', async () => {
    const { next } = await listen();

    const screen = await openConsentScreen(emulator());
    expect(await next()).to.equal(EVENT);
    await decide(screen, 'cancel');
    expect(await next()).to.equal(EVENT);
    await emulator().cancel(screen.response.url);
    expect(await next()).to.equal(EVENT);
  });

  it('come when a call or a form has changed something', async () => {
    const { next } = await listen();

    await fetch(emulatorURL('/clock'), { method: 'POST', body: new URLSearchParams({ seconds: '1' }) });
    expect(await next()).to.equal(EVENT);
    await fetch(emulatorURL('/requests'), { method: 'DELETE' });
    expect(await next()).to.equal(EVENT);
  });

  it('come to every listener', async () => {
    const listeners = [await listen(), await listen()];

    await Promise.all(
      Array.from({ length: 20 }, () => callAdAPI(emulator(), '/openapi/v1/campaigns', { token: 'unknown' })),
    );

    for (const { next } of listeners) expect(await next()).to.equal(EVENT);
  });

  it('end with the emulator, which does not wait for them', async () => {
    const { next } = await listen();
    const ended = next().then(
      () => 'ended',
      () => 'ended',
    );

    await emulator().close();

    expect(await ended).to.equal('ended');
  });

  it('take no other method', async () => {
    expect((await fetch(emulatorURL('/events'), { method: 'POST' })).status).to.equal(405);
  });

  it('end for a listener that unsubscribes', () => {
    const log = new RequestLog([], Date.now);
    let calls = 0;
    const unsubscribe = log.subscribe(() => {
      calls += 1;
    });

    log.notify();
    unsubscribe();
    log.notify();

    expect(calls).to.equal(1);
  });

  it('end when the client has gone', async () => {
    const gone = new AbortController();
    const connection = new EventEmitter();
    const stream = () => () => connection.emit('end');
    const { origin, stop } = await startServer({ port: 0, host: '127.0.0.1' }, async () => ({
      status: 200,
      headers: {},
      body: 'start',
      stream,
    }));
    const ended = once(connection, 'end');

    await fetch(origin, { signal: gone.signal });
    gone.abort();

    await ended;
    await stop();
  });
});
