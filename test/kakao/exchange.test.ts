import { getEventListeners } from 'node:events';
import { expect } from 'chai';
import { KakaoBusinessClient, type KakaoBusinessFetch } from '../../lib/index.js';
import { Exchange } from '../../lib/kakao/exchange.js';
import { type LoopbackServer, startHttpServer } from '../support/server.js';

const signalOf = (exchange: Exchange): AbortSignal => exchange.start(signal => signal);

describe('an exchange', () => {
  it('gives the request a signal, which its end aborts', () => {
    const exchange = new Exchange();
    const signal = signalOf(exchange);
    expect(signal.aborted).to.equal(false);
    exchange.end();
    expect(signal.aborted).to.equal(true);
  });

  it('has a signal of its own while it lasts', () => {
    expect(signalOf(new Exchange())).not.to.equal(signalOf(new Exchange()));
  });

  it('leaves its signal to the next one when it is complete, and cannot end that', () => {
    const complete = new Exchange();
    const signal = signalOf(complete);
    complete.complete();
    const next = new Exchange();
    expect(signalOf(next)).to.equal(signal);
    complete.end();
    expect(signal.aborted).to.equal(false);
    next.end();
    expect(signal.aborted).to.equal(true);
  });

  it('leaves an aborted signal to nobody', () => {
    const ended = new Exchange();
    ended.end();
    ended.complete();
    expect(signalOf(new Exchange()).aborted).to.equal(false);
  });

  describe('of a request', () => {
    let server: LoopbackServer | undefined;
    afterEach(() => server?.close());

    // The signal that the next exchange gets, since the one before left it.
    const leftSignal = (): AbortSignal => {
      const exchange = new Exchange();
      exchange.complete();
      return signalOf(exchange);
    };

    for (const [how, pieces] of Object.entries({
      'in one piece': ['{"email":"owner@example.com"}'],
      'in several': ['{"email":', '"owner@example.com"', '}'],
    })) {
      it(`is complete when node-fetch has read the answer, ${how}, and listens no more`, async () => {
        server = await startHttpServer((_request, response) => {
          for (const piece of pieces) response.write(piece);
          response.end();
        });
        const signal = leftSignal();

        await new KakaoBusinessClient({ clientID: 'key', ...server.endpoints }).userInfo('token');

        expect(signalOf(new Exchange())).to.equal(signal);
        expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
      });
    }

    it('keeps its signal where a fetch of the app carries it out, which may listen for longer', async () => {
      let given: AbortSignal | undefined;
      const fetch: KakaoBusinessFetch = async (_url, { signal }) => {
        given = signal;
        return new Response('{}');
      };
      await new KakaoBusinessClient({ clientID: 'key', fetch }).userInfo('token');
      expect(given?.aborted).to.equal(false);
      expect(signalOf(new Exchange())).not.to.equal(given);
    });
  });
});
