import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { expect } from 'chai';
import { Exchange, freshAgent, keptAgent } from '../../lib/kakao/connections.js';

describe('agents of our own', () => {
  const [plain, secure] = [new URL('http://127.0.0.1/'), new URL('https://kapi.kakao.com/')];

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

describe('an exchange that has ended', () => {
  it('starts no request any more, as when its time passes while node-fetch is being loaded', () => {
    const exchange = new Exchange();
    exchange.end();

    expect(() => exchange.start(() => expect.fail('It started'))).to.throw('before it started');
  });

  it('aborts its signal', () => {
    const exchange = new Exchange();
    const { signal } = exchange;

    exchange.end();

    expect(signal.aborted).to.equal(true);
  });
});
