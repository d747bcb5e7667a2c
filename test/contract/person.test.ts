import { expect } from 'chai';
import { freePort } from '../support/server.js';
import { type Catcher, startCatcher } from './catcher.js';
import { catching } from './person.js';

describe('The listener for the browser', () => {
  const address = new URL('https://kauth.example.com/authorize');
  let redirectURI: string;
  let catcher: Catcher;
  beforeEach(async () => {
    redirectURI = `http://localhost:${await freePort()}/callback`;
    catcher = await startCatcher(redirectURI);
  });
  afterEach(() => catcher.close());

  it('returns the URL of the redirect', async () => {
    const person = catching(catcher, () => {});

    const returned = person.decide('agree', address);
    const response = await fetch(`${redirectURI}?code=a&state=b`);

    expect(await response.text()).to.equal('Return to the terminal.\n');
    expect((await returned)?.href).to.equal(`${redirectURI}?code=a&state=b`);
  });

  it('ignores requests without code or error, or to another path', async () => {
    const person = catching(catcher, () => {});

    const returned = person.decide('agree', address);
    const favicon = await fetch(new URL('/favicon.ico?code=a', redirectURI));
    const nothing = await fetch(redirectURI);
    await fetch(`${redirectURI}?error=access_denied`);

    expect([favicon.status, nothing.status]).to.deep.equal([404, 404]);
    expect((await returned)?.searchParams.get('error')).to.equal('access_denied');
  });

  it('ignores a reloaded callback page', async () => {
    const person = catching(catcher, () => {});
    const first = person.decide('cancel', address);
    await fetch(`${redirectURI}?error=access_denied`);
    await first;

    const second = person.decide('agree', address);
    await fetch(`${redirectURI}?error=access_denied`);
    await fetch(`${redirectURI}?code=a`);

    expect((await second)?.searchParams.get('code')).to.equal('a');
  });

  it('does not ask again after a timeout', async () => {
    const said: string[] = [];
    const person = catching(catcher, text => said.push(text), 20);

    const returned = [await person.decide('cancel', address), await person.decide('agree', address)];

    expect(returned).to.deep.equal([undefined, undefined]);
    expect(said).to.deep.equal([
      '\nOpen this address in a browser, sign in, and CANCEL:\n\n  https://kauth.example.com/authorize\n',
    ]);
  });
});
