import { Agent, get } from 'node:http';
import { expect } from 'chai';
import { SocketTracker, trackSocketsOf } from '../../../lib/kakao/http/socket-tracker.js';
import { useRealSockets } from '../../support/real-sockets.js';
import { startRawServer } from '../../support/server.js';

describe('an tracker', () => {
  useRealSockets();

  const signalOf = (tracker: SocketTracker): AbortSignal => tracker.run(signal => signal);

  it('gives its request a signal, which its end aborts', () => {
    const tracker = new SocketTracker();
    const signal = signalOf(tracker);
    expect(signal.aborted).to.equal(false);
    tracker.abort();
    expect(signal.aborted).to.equal(true);
  });

  it('has a signal of its own: its end is nobody else’s', () => {
    const [ended, other] = [new SocketTracker(), new SocketTracker()];
    ended.abort();
    expect(signalOf(other).aborted).to.equal(false);
    expect(signalOf(new SocketTracker()).aborted).to.equal(false);
  });

  it('knows nothing of a connection before it has one', () => {
    expect(new SocketTracker().hasBytes).to.equal(true);
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
    const [asking, silent] = [new SocketTracker(), new SocketTracker()];

    const request = asking.run(() => get(server.url, { agent: trackSocketsOf(agent) }));
    silent.run(() => {});
    const unanswered = new Promise(resolve => {
      request.once('socket', () => resolve(!asking.hasBytes));
    });
    await new Promise(resolve => {
      request.once('response', response => response.resume().once('end', resolve));
    });

    expect(await unanswered).to.equal(true);
    expect(asking.hasBytes).to.equal(true);
    expect(silent.hasBytes).to.equal(true);
    expect(Object.getOwnPropertyNames(agent)).to.deep.equal(before);
    expect(trackSocketsOf(agent)).to.equal(trackSocketsOf(agent)).and.have.property('label', 'private');
    await server.close();
  });
});
