import { expect } from 'chai';
import { Exchange } from '../../lib/kakao/exchange.js';

const signalOf = (exchange: Exchange): AbortSignal => exchange.start(signal => signal);

describe('an exchange', () => {
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
});
