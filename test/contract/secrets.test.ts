import { expect } from 'chai';
import { Secrets } from './secrets.js';

describe('the mask before all that is printed', () => {
  const printed: { what: string; learn: (secrets: Secrets) => void; text: string; expected: string }[] = [
    { what: 'a secret', learn: each => each.learn('s3cret/+'), text: 'a s3cret/+ b', expected: 'a *** b' },
    {
      what: 'a secret as it stands in a URL',
      learn: each => each.learn('s3cret/+'),
      text: 'https://example.com/?code=s3cret%2F%2B',
      expected: 'https://example.com/?code=***',
    },
    {
      what: 'a secret that holds another one',
      learn: each => each.learn('token', 'token-of-another'),
      text: 'token-of-another, token',
      expected: '***, ***',
    },
    {
      what: 'an email address and IDs of an answer, exact to the last digit',
      learn: each => each.learnFrom('{"id":9007199254740993,"email":"하늘@example.com","ids":["482913"]}'),
      text: '9007199254740993 하늘@example.com 482913 9007199254740992',
      expected: '*** *** *** 9007199254740992',
    },
    {
      what: 'nothing else',
      learn: each => each.learn(undefined, '', 'abc'),
      text: 'abc, HTTP 401 and KOE010',
      expected: 'abc, HTTP 401 and KOE010',
    },
  ];

  for (const { what, learn, text, expected } of printed) {
    it(`covers ${what}`, () => {
      const secrets = new Secrets();
      learn(secrets);

      expect(secrets.mask(text)).to.equal(expected);
    });
  }
});
