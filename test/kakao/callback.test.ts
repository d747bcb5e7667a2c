import { expect } from 'chai';
import { KakaoBusinessApiError, KakaoBusinessClient } from '../../lib/index.js';
import { CODE } from '../support/secrets.js';

const client = new KakaoBusinessClient({ clientID: 'rest-api-key' });
const STATE = 'the state of this browser';
const urlWith = (query: string) => `https://app.example.com/callback?${query}`;
const read = (query: string, state = STATE) => client.readCallback(urlWith(query), { state });
const GOOD_STATE = `state=${encodeURIComponent(STATE)}`;

describe('client.readCallback', () => {
  const good = { ok: true, code: CODE };
  const urls: [what: string, url: string | URL][] = [
    ['a URL', new URL(urlWith(`code=${CODE}&${GOOD_STATE}`))],
    ['an absolute URL', urlWith(`code=${CODE}&${GOOD_STATE}`)],
    ['the URL of a request in node:http', `/callback?${GOOD_STATE}&code=${CODE}`],
    ['a query alone', `?code=${CODE}&${GOOD_STATE}`],
    ['a URL with other parameters', urlWith(`a=1&a=2&code=${CODE}&${GOOD_STATE}&scope=x`)],
    ['a URL with a fragment', urlWith(`code=${CODE}&${GOOD_STATE}#code=other&state=other`)],
  ];
  for (const [what, url] of urls) {
    it(`finds the code in ${what}`, () => {
      expect(client.readCallback(url, { state: STATE })).to.deep.equal(good);
    });
  }

  it('finds the code in a URL object of a framework', () => {
    const url = { href: urlWith(`code=${CODE}&${GOOD_STATE}`) };

    expect(Reflect.apply(client.readCallback, client, [url, { state: STATE }])).to.deep.equal(good);
  });

  it('reports that the user declined', () => {
    expect(read(`error=access_denied&error_description=x&${GOOD_STATE}`)).to.deep.equal({
      ok: false,
      code: 'access_denied',
      message: 'The user did not agree.',
    });
  });

  const MISSING = 'The response has no state.';
  const OTHER = 'The sign-in was not started here.';
  const states: [query: string, message: string][] = [
    [`code=${CODE}`, MISSING],
    [`code=${CODE}&state=`, MISSING],
    ['error=access_denied', MISSING],
    ['error=server_error', MISSING],
    [`code=${CODE}&state=other`, OTHER],
    [`code=${CODE}&${GOOD_STATE}x`, OTHER],
    [`code=${CODE}&${GOOD_STATE.slice(0, -1)}`, OTHER],
    [`code=${CODE}&${GOOD_STATE.toUpperCase().replace('STATE', 'state')}`, OTHER],
    ['error=access_denied&state=other', OTHER],
    ['error=server_error&state=other', OTHER],
    [`code=${CODE}&state=__proto__`, OTHER],
  ];
  for (const [query, message] of states) {
    it(`refuses the state of ${query}`, () => {
      expect(read(query)).to.deep.equal({ ok: false, code: 'invalid_state', message });
    });
  }

  it('compares lone surrogates exactly', () => {
    expect(read(`code=${CODE}&state=%EF%BF%BD`, '\ud83d')).to.include({ code: 'invalid_state' });
  });

  const NEITHER = 'The URL has neither a code nor an error.';
  const NO_CODE = 'The code is not one plain string.';
  const NO_STATE = 'The state is not one plain string.';
  const malformed: [query: string, message: string][] = [
    ['', NEITHER],
    [GOOD_STATE, NEITHER],
    [`code[]=a&${GOOD_STATE}`, NEITHER],
    [`code=a&code=b&${GOOD_STATE}`, NO_CODE],
    [`code=&${GOOD_STATE}`, NO_CODE],
    [`code=a%00&${GOOD_STATE}`, NO_CODE],
    [`code=${'a'.repeat(2049)}&${GOOD_STATE}`, NO_CODE],
    [`error=a&error=b&${GOOD_STATE}`, 'The error is not one plain string.'],
    [`code=a&${GOOD_STATE}&${GOOD_STATE}`, NO_STATE],
    [`code=a&state=${'a'.repeat(2049)}`, NO_STATE],
    [`code=a&error=access_denied&${GOOD_STATE}`, 'The authorization response has both a code and an error.'],
  ];
  for (const [query, message] of malformed) {
    it(`refuses the malformed query ${JSON.stringify(query.slice(0, 60))}`, () => {
      expect(read(query)).to.deep.equal({ ok: false, code: 'invalid_request', message });
    });
  }

  it('throws for any other error of Kakao', () => {
    const query = `error=server_error&error_description=${encodeURIComponent('out\r\nof order')}&${GOOD_STATE}`;

    expect(() => read(query))
      .to.throw(KakaoBusinessApiError)
      .that.includes({
        endpoint: 'authorize',
        error: 'server_error',
        errorCode: undefined,
        httpStatus: undefined,
        description: 'out of order',
        retryable: true,
      });
    expect(() => read(`error=Made%20up!&${GOOD_STATE}`))
      .to.throw(KakaoBusinessApiError)
      .that.includes({ error: undefined });
  });

  const misuse: [args: unknown[], message: string][] = [
    [[urlWith(`code=a&${GOOD_STATE}`)], 'KakaoBusinessClient requires a state'],
    [[urlWith('code=a'), {}], 'KakaoBusinessClient requires a state'],
    [[urlWith('code=a&state='), { state: '' }], 'KakaoBusinessClient requires a state'],
    [[urlWith('code=a&state=undefined'), { state: undefined }], 'KakaoBusinessClient requires a state'],
    [[urlWith('code=a&state=7'), { state: 7 }], 'KakaoBusinessClient requires a state'],
    [['', { state: STATE }], 'KakaoBusinessClient requires a url'],
    [[undefined, { state: STATE }], 'KakaoBusinessClient requires a url'],
    [[{ href: 7 }, { state: STATE }], 'KakaoBusinessClient requires a url'],
  ];
  for (const [args, message] of misuse) {
    it(`throws a TypeError for the arguments ${JSON.stringify(args)}`, () => {
      expect(() => Reflect.apply(client.readCallback, client, args)).to.throw(TypeError, message);
    });
  }
});
