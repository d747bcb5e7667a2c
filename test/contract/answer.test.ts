import { expect } from 'chai';
import { codesIn, described, toAnswer, toReturn } from './answer.js';

const html = new Headers({ 'content-type': 'text/html;charset=UTF-8' });

const answer = (status: number, text: string, headers: Record<string, string> = {}) =>
  toAnswer(status, new Headers(headers), text);

describe('the summary of a response', () => {
  const answers: { title?: string; words: string; of: ReturnType<typeof toAnswer> }[] = [
    { words: 'HTTP 200, no body', of: answer(200, '') },
    { words: 'HTTP 200, text/html', of: toAnswer(200, html, '<p>점검 중</p>') },
    { words: 'HTTP 200, a body of no type', of: answer(200, 'ok') },
    { words: 'HTTP 400, KOE028', of: toAnswer(400, html, '<h1>KOE028</h1> <p>KOE028</p>') },
    { words: 'HTTP 401, -401', of: answer(401, '{"msg":"of somebody@example.com","code":-401}') },
    {
      words: 'HTTP 400, KOE320, invalid_grant',
      of: answer(400, '{"error":"invalid_grant","error_code":"KOE320","error_description":"code=secret"}'),
    },
    { words: 'HTTP 400, { error: string }', of: answer(400, '{"error":"Secret of 1234"}') },
    {
      words: 'HTTP 302 to https://accounts.example.com/login',
      of: answer(302, '', { location: 'https://accounts.example.com/login?continue=secret' }),
    },
    {
      words: 'HTTP 302 to http://localhost:3000/callback',
      of: toReturn(new URL('http://localhost:3000/callback?code=secret')),
    },
    {
      title: 'HTTP 200 and the type of each JSON member',
      words:
        'HTTP 200, { id: integer, text: string, email: email, digits: string of digits, all: ["*"], none: null, yes: boolean, …: { list: [integer | string] } }',
      of: answer(
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

  for (const { words, title = words, of } of answers) {
    it(`is: ${title}`, () => {
      expect(described(of)).to.equal(words);
    });
  }
});

describe("Kakao's codes in a response", () => {
  const pages: { what: string; of: ReturnType<typeof toAnswer>; codes: string[] }[] = [
    {
      what: 'are all codes on the page, each once',
      of: toAnswer(400, html, 'KOE101 KOE028 KOE101'),
      codes: ['KOE101', 'KOE028'],
    },
    {
      what: 'are found in the URL of a redirect',
      of: answer(302, '', { location: 'https://kauth.example.com/error?code=KOE101' }),
      codes: ['KOE101'],
    },
    {
      what: 'are ignored on a consent screen',
      of: toAnswer(200, html, '<p>KOE027</p><form method="post"></form>'),
      codes: [],
    },
    { what: 'are not found inside another word', of: toAnswer(200, html, 'SMOKOE101 KOE1010'), codes: [] },
    { what: 'are not found in JSON other than an object', of: answer(200, '[-401]'), codes: [] },
  ];

  for (const { what, of, codes } of pages) {
    it(what, () => {
      expect(codesIn(of)).to.deep.equal(codes);
    });
  }
});
