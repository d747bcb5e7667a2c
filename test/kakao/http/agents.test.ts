import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { globalAgent, Agent as HttpsAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { SocketTracker } from '../../../lib/kakao/http/socket-tracker.js';
import { useRealSockets } from '../../support/real-sockets.js';
import { startRawServer } from '../../support/server.js';

type Agents = typeof import('../../../lib/kakao/http/agents.js');

/** Loads the agents anew, as in a process with this proxy. */
function loadAgents(proxyEnv?: object): Agents {
  const file = require.resolve('../../../lib/kakao/http/agents.js');
  const loaded = require.cache[file];
  delete require.cache[file];
  Object.assign(globalAgent.options, { proxyEnv });
  try {
    return require(file);
  } finally {
    Object.assign(globalAgent.options, { proxyEnv: undefined });
    require.cache[file] = loaded;
  }
}

const RESPONSE = 'HTTP/1.1 204 No Content\r\n\r\n';

describe('keepAliveAgent and noKeepAliveAgent', () => {
  useRealSockets();

  const [plain, secure] = ['http://127.0.0.1/', 'https://kapi.kakao.com/'];
  let keepAliveAgent: Agents['keepAliveAgent'];
  let noKeepAliveAgent: Agents['noKeepAliveAgent'];
  beforeEach(() => {
    ({ keepAliveAgent, noKeepAliveAgent } = loadAgents());
  });

  it('match the protocol of the URL', () => {
    for (const pick of [keepAliveAgent, noKeepAliveAgent]) {
      expect(pick(secure)).to.be.instanceOf(HttpsAgent);
      expect(pick(plain)).to.be.instanceOf(Agent).and.not.instanceOf(HttpsAgent);
    }
  });

  it('keep connections alive for 30 seconds, or close them', () => {
    for (const url of [plain, secure]) {
      expect(keepAliveAgent(url))
        .to.have.property('options')
        .that.includes({ keepAlive: true, timeout: 30_000 });
      expect(noKeepAliveAgent(url)).to.have.property('options').that.does.not.include({ keepAlive: true });
    }
  });

  it('use the proxy of the environment if Node does', () => {
    const proxyEnv = { HTTPS_PROXY: 'http://proxy.invalid:3128' };
    const own = loadAgents(proxyEnv);

    for (const pick of [own.keepAliveAgent, own.noKeepAliveAgent]) {
      expect(pick(secure)).to.have.property('options').that.includes({ proxyEnv });
      expect(pick(plain)).to.have.property('options').that.does.not.have.property('proxyEnv');
    }
  });

  it('attach a request to its tracker', async () => {
    const server = await startRawServer(socket => socket.end(RESPONSE));
    for (const pick of [keepAliveAgent, noKeepAliveAgent]) {
      const tracker = new SocketTracker();

      const request = tracker.run(() => get(server.url, { agent: pick(server.url) }));
      await once(request, 'socket');

      expect(tracker.hasBytes).to.equal(false);
      await once(request, 'response');
    }
    await server.close();
  });

  // Node 20 fails the request, which is then sent again; later versions close the connection before.
  const table: [what: string, sendMore: boolean][] = [
    ['reuse an idle connection', false],
    ['do not reuse an idle connection over which the server has sent data', true],
  ];
  for (const [what, sendMore] of table) {
    it(what, async () => {
      let connections = 0;
      const server = await startRawServer((socket, count) => {
        connections = count;
        socket.write(RESPONSE);
        socket.on('data', () => socket.write(RESPONSE));
        if (sendMore) setTimeout(() => socket.write('HTTP/1.1 2'), 10);
      });
      const agent = keepAliveAgent(server.url);
      const send = async () => {
        const [response] = await once(get(server.url, { agent }), 'response');
        await once(response.resume(), 'end');
      };
      await send();
      await wait(50);

      const failure = await send().then(
        () => 'none',
        reason => reason.code,
      );

      expect(failure).to.be.oneOf(sendMore ? ['ECONNRESET', 'none'] : ['none']);
      expect(failure === 'none' && connections === 1).to.equal(!sendMore);
      await server.close();
    });
  }
});
