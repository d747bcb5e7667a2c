import { expect } from 'chai';
import { codesIn, described, type KakaoResponse, toResponse, toReturn } from './response.js';

const html = new Headers({ 'content-type': 'text/html;charset=UTF-8' });

const response = (status: number, text: string, headers: Record<string, string> = {}) =>
  toResponse(status, new Headers(headers), text);

describe('The summary of a response', () => {
  const responses: { title?: string; words: string; of: KakaoResponse }[] = [
    { words: 'HTTP 200, no body', of: response(200, '') },
    { words: 'HTTP 200, text/html', of: toResponse(200, html, '<p>점검 중</p>') },
    { words: 'HTTP 200, a body of no type', of: response(200, 'ok') },
    { words: 'HTTP 400, KOE028', of: toResponse(400, html, '<h1>KOE028</h1> <p>KOE028</p>') },
    { words: 'HTTP 401, -401', of: response(401, '{"msg":"of somebody@example.com","code":-401}') },
    {
      words: 'HTTP 400, KOE320, invalid_grant',
      of: response(400, '{"error":"invalid_grant","error_code":"KOE320","error_description":"code=secret"}'),
    },
    { words: 'HTTP 400, { error: string }', of: response(400, '{"error":"Secret of 1234"}') },
    {
      words: 'HTTP 302 to https://accounts.example.com/login',
      of: response(302, '', { location: 'https://accounts.example.com/login?continue=secret' }),
    },
    {
      words: 'HTTP 302 to http://localhost:3000/callback',
      of: toReturn(new URL('http://localhost:3000/callback?code=secret')),
    },
    {
      title: 'HTTP 200 and the type of each JSON member',
      words:
        'HTTP 200, { id: integer, text: string, email: email, digits: string of digits, all: ["*"], none: null, yes: boolean, …: { list: [integer | string] } }',
      of: response(
        200,
        JSON.stringify({
          id: 4242,
          text: 'secret',
          email: 'somebody@example.com',
          digits: '4242',
          all: ['*'],
          none: null,
          yes: true,
          'somebody@example.com': { list: [1, 2, 'three', 'four'] },
        }),
      ),
    },
  ];

  for (const { words, title = words, of } of responses) {
    it(`is: ${title}`, () => {
      expect(described(of)).to.equal(words);
    });
  }
});

describe("Kakao's codes in a response", () => {
  const pages: { what: string; of: KakaoResponse; codes: string[] }[] = [
    {
      what: 'are all codes on the page, each once',
      of: toResponse(400, html, 'KOE101 KOE028 KOE101'),
      codes: ['KOE101', 'KOE028'],
    },
    {
      what: 'are found in the URL of a redirect',
      of: response(302, '', { location: 'https://kauth.example.com/error?code=KOE101' }),
      codes: ['KOE101'],
    },
    {
      what: 'are ignored on a consent screen',
      of: toResponse(200, html, '<p>KOE027</p><form method="post"></form>'),
      codes: [],
    },
    { what: 'are not found inside another word', of: toResponse(200, html, 'SMOKOE101 KOE1010'), codes: [] },
    { what: 'are not found in JSON other than an object', of: response(200, '[-401]'), codes: [] },
  ];

  for (const { what, of, codes } of pages) {
    it(what, () => {
      expect(codesIn(of)).to.deep.equal(codes);
    });
  }
});
