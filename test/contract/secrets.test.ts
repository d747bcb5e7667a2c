import { expect } from 'chai';
import { Secrets } from './secrets.js';

describe('The mask for printed text', () => {
  const printed: { what: string; learn: (secrets: Secrets) => void; text: string; expected: string }[] = [
    { what: 'a secret', learn: each => each.learn('s3cret/+'), text: 'a s3cret/+ b', expected: 'a *** b' },
    {
      what: 'a URL-encoded secret',
      learn: each => each.learn('s3cret/+'),
      text: 'https://example.com/?code=s3cret%2F%2B',
      expected: 'https://example.com/?code=***',
    },
    {
      what: 'a secret that contains another one',
      learn: each => each.learn('token', 'token-of-another'),
      text: 'token-of-another, token',
      expected: '***, ***',
    },
    {
      what: 'email addresses and exact IDs of a response',
      learn: each => each.learnFrom('{"id":9007199254740993,"email":"하늘@example.com","ids":["482913"]}'),
      text: '9007199254740993 하늘@example.com 482913 9007199254740992',
      expected: '*** *** *** 9007199254740992',
    },
    {
      what: 'no error codes of a response',
      learn: each => each.learnFrom('{"code":-9798,"extras":{"detailCode":9004,"id":4242}}'),
      text: '-9798, 9004, 4242',
      expected: '-9798, 9004, ***',
    },
    {
      what: 'nothing else',
      learn: each => each.learn(undefined, '', 'abc'),
      text: 'abc, HTTP 401 and KOE010',
      expected: 'abc, HTTP 401 and KOE010',
    },
  ];

  for (const { what, learn, text, expected } of printed) {
    it(`hides ${what}`, () => {
      const secrets = new Secrets();
      learn(secrets);

      expect(secrets.mask(text)).to.equal(expected);
    });
  }
});
