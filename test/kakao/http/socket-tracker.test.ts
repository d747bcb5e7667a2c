import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { expect } from 'chai';
import { SocketTracker, trackSocketsOf } from '../../../lib/kakao/http/socket-tracker.js';
import { useRealSockets } from '../../support/real-sockets.js';
import { startRawServer } from '../../support/server.js';

describe('SocketTracker', () => {
  useRealSockets();

  const signalOf = (tracker: SocketTracker): AbortSignal => tracker.run(signal => signal);

  it('gives its request a signal, which abort() aborts', () => {
    const tracker = new SocketTracker();
    const signal = signalOf(tracker);
    expect(signal.aborted).to.equal(false);
    tracker.abort();
    expect(signal.aborted).to.equal(true);
  });

  it('does not abort the signal of another tracker', () => {
    const [ended, other] = [new SocketTracker(), new SocketTracker()];
    ended.abort();
    expect(signalOf(other).aborted).to.equal(false);
    expect(signalOf(new SocketTracker()).aborted).to.equal(false);
  });

  it('assumes that bytes were received until it has a socket', () => {
    expect(new SocketTracker().hasBytes).to.equal(true);
  });

  it('tracks no request that starts after run() has returned', async () => {
    const server = await startRawServer(socket => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    const tracker = new SocketTracker();
    tracker.run(() => {});

    const request = get(server.url, { agent: trackSocketsOf(new Agent()) });
    await once(request, 'socket');

    expect(tracker.hasBytes).to.equal(true);
    await once(request, 'response');
    await server.close();
  });

  it("tracks its own request through the app's agent, left unchanged", async () => {
    const server = await startRawServer(socket => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    const agent = new (class extends Agent {
      readonly #label = 'private';
      get label() {
        return this.#label;
      }
    })();
    const before = Object.getOwnPropertyNames(agent);
    const [active, idle] = [new SocketTracker(), new SocketTracker()];

    const request = active.run(() => get(server.url, { agent: trackSocketsOf(agent) }));
    idle.run(() => {});
    const hadNoBytes = new Promise(resolve => {
      request.once('socket', () => resolve(!active.hasBytes));
    });
    await new Promise(resolve => {
      request.once('response', response => response.resume().once('end', resolve));
    });

    expect(await hadNoBytes).to.equal(true);
    expect(active.hasBytes).to.equal(true);
    expect(idle.hasBytes).to.equal(true);
    expect(Object.getOwnPropertyNames(agent)).to.deep.equal(before);
    expect(trackSocketsOf(agent)).to.equal(trackSocketsOf(agent)).and.have.property('label', 'private');
    expect(trackSocketsOf(agent).getName({ host: 'a' })).to.equal(agent.getName({ host: 'a' }));
    await server.close();
  });
});
