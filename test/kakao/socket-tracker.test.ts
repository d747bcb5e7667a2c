import { Agent, get } from 'node:http';
import { expect } from 'chai';
import { Exchange, trackSocketsOf } from '../../lib/kakao/http/socket-tracker.js';
import { useRealSockets } from '../support/real-sockets.js';
import { startRawServer } from '../support/server.js';

describe('an exchange', () => {
  useRealSockets();

  const signalOf = (exchange: Exchange): AbortSignal => exchange.start(signal => signal);

  it('gives its request a signal, which its end aborts', () => {
    const exchange = new Exchange();
    const signal = signalOf(exchange);
    expect(signal.aborted).to.equal(false);
    exchange.end();
    expect(signal.aborted).to.equal(true);
  });

  it('has a signal of its own: its end is nobody else’s', () => {
    const [ended, other] = [new Exchange(), new Exchange()];
    ended.end();
    expect(signalOf(other).aborted).to.equal(false);
    expect(signalOf(new Exchange()).aborted).to.equal(false);
  });

  it('knows nothing of a connection before it has one', () => {
    expect(new Exchange().isUnanswered).to.equal(false);
  });

  it('sees its own request through the agent of an app, which it leaves as it is', async () => {
    const server = await startRawServer(socket => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    const agent = new (class extends Agent {
      readonly #label = 'private';
      get label() {
        return this.#label;
      }
    })();
    const before = Object.getOwnPropertyNames(agent);
    const [asking, silent] = [new Exchange(), new Exchange()];

    const request = asking.start(() => get(server.url, { agent: trackSocketsOf(agent) }));
    silent.start(() => {});
    const unanswered = new Promise(resolve => {
      request.once('socket', () => resolve(asking.isUnanswered));
    });
    await new Promise(resolve => {
      request.once('response', response => response.resume().once('end', resolve));
    });

    expect(await unanswered).to.equal(true);
    expect(asking.isUnanswered).to.equal(false);
    expect(silent.isUnanswered).to.equal(false);
    expect(Object.getOwnPropertyNames(agent)).to.deep.equal(before);
    expect(trackSocketsOf(agent))
      .to.equal(trackSocketsOf(agent))
      .and.have.property('label', 'private');
    await server.close();
  });
});
