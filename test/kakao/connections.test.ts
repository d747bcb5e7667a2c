import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { expect } from 'chai';
import { freshAgent, keptAgent } from '../../lib/kakao/connections.js';

describe('agents of our own', () => {
  const [plain, secure] = ['http://127.0.0.1/', 'https://kapi.kakao.com/'];

  it('are of the protocol that the URL has', () => {
    for (const pick of [keptAgent, freshAgent]) {
      expect(pick(secure)).to.be.instanceOf(HttpsAgent);
      expect(pick(plain)).to.be.instanceOf(Agent).and.not.instanceOf(HttpsAgent);
    }
  });

  it('keep connections alive, or never do', () => {
    for (const url of [plain, secure]) {
      expect(keptAgent(url)).to.have.property('options').that.includes({ keepAlive: true });
      expect(freshAgent(url)).to.have.property('options').that.does.not.include({ keepAlive: true });
    }
  });
});
