import { Agent } from 'node:http';
import { globalAgent, Agent as HttpsAgent } from 'node:https';
import { expect } from 'chai';
import { keepAliveAgent, noKeepAliveAgent } from '../../../lib/kakao/http/agents.js';

describe('keepAliveAgent and noKeepAliveAgent', () => {
  const [plain, secure] = ['http://127.0.0.1/', 'https://kapi.kakao.com/'];

  it('match the protocol of the URL', () => {
    for (const pick of [keepAliveAgent, noKeepAliveAgent]) {
      expect(pick(secure)).to.be.instanceOf(HttpsAgent);
      expect(pick(plain)).to.be.instanceOf(Agent).and.not.instanceOf(HttpsAgent);
    }
  });

  it('keep connections alive, or close them', () => {
    for (const url of [plain, secure]) {
      expect(keepAliveAgent(url)).to.have.property('options').that.includes({ keepAlive: true });
      expect(noKeepAliveAgent(url)).to.have.property('options').that.does.not.include({ keepAlive: true });
    }
  });

  it('use the proxy of the environment if Node does', () => {
    const file = require.resolve('../../../lib/kakao/http/agents.js');
    const loaded = require.cache[file];
    const proxyEnv = { HTTPS_PROXY: 'http://proxy.invalid:3128' };
    delete require.cache[file];
    Object.assign(globalAgent.options, { proxyEnv });
    try {
      const own: typeof import('../../../lib/kakao/http/agents.js') = require(file);

      for (const pick of [own.keepAliveAgent, own.noKeepAliveAgent]) {
        expect(pick(secure)).to.have.property('options').that.includes({ proxyEnv });
        expect(pick(plain)).to.have.property('options').that.does.not.have.property('proxyEnv');
      }
    } finally {
      Object.assign(globalAgent.options, { proxyEnv: undefined });
      require.cache[file] = loaded;
    }
  });
});
