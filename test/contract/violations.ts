import { members, parameter, status, text } from './changes.js';
import type { Deviation } from './stand-in.js';

/** For each fact, a deviation that violates it. */
export const violations: Readonly<Record<string, Deviation>> = {
  'authorize, valid: shows a page or redirects to a login': { change: status(404) },
  'authorize, with a wrong key: shows KOE101': { change: text('KOE101', 'KOE009') },
  'authorize, with an unregistered redirect URI: shows KOE028': { change: text('KOE028', 'KOE303') },
  'authorize, with an unregistered redirect URI: does not redirect there': {
    instead: {
      status: 302,
      headers: { location: 'https://unregistered.example.com/callback?error=invalid_request' },
      body: '',
    },
  },
  'authorize, with another response_type: shows KOE201': { change: text('KOE201', 'KOE233') },
  'authorize, with an unknown parameter: shows KOE233': { change: text('KOE233', 'KOE201') },
  'authorize, with moment_create without resource_ids: shows KOE233': { change: text('KOE233', 'KOE232') },
  'token, with a made-up code: fails with KOE320': { change: text('KOE320', 'KOE303') },
  'token, with a made-up code: fails with HTTP 400 and error=invalid_grant': {
    change: status(403),
  },
  'token, with a made-up code: fails with an error_description': {
    change: members({ error_description: undefined }),
  },
  'token, with another grant type: fails with KOE310': { change: text('KOE310', 'KOE320') },
  'token, with a wrong key: fails with KOE101': { change: text('KOE101', 'KOE009') },
  'token, with a wrong secret: fails with KOE010': { change: text('KOE010', 'KOE320') },
  'token, with a wrong secret: fails with HTTP 401 and error=invalid_client': { change: status(400) },
  'token, with no secret: fails with KOE010': { change: text('KOE010', 'KOE320') },
  'tokeninfo, with a made-up token: fails with -401': { change: text('-401', '-2') },
  'tokeninfo, with a made-up token: fails with HTTP 401': { change: status(400) },
  'tokeninfo, with a made-up token: fails with a msg': {
    change: members({ msg: undefined }),
  },
  'consent, cancelled: returns an error_description': { change: parameter('error_description', '') },
  'consent, cancelled: returns the state unchanged': { change: parameter('state', 'another') },
  'consent, given: returns a code': { change: parameter('code', '') },
  'consent, given: returns the state unchanged': { change: parameter('state', 'another') },
  'token, with another redirect URI than the code: fails with KOE303': {
    change: text('KOE303', 'KOE320'),
  },
  'token, with a valid code: returns HTTP 200 and a token of type bearer': {
    change: members({ token_type: 'mac' }),
  },
  'token, with a valid code: has all requested items in its scope': { change: text('keyword_', 'word_') },
  'token, with a valid code: separates the items of its scope by spaces': { change: text(' ', ',') },
  'tokeninfo: returns HTTP 200 and JSON': { change: status(201) },
  'userinfo, with consent to the email: returns HTTP 200 and JSON': { change: status(201) },
  'userinfo, without consent to the email: fails with -402': { change: text('-402', '-401') },
  'userinfo, without consent to the email: fails with HTTP 403': { change: status(400) },
  'Kakao Moment accounts: returns HTTP 200 and a list content': { change: status(201) },
  'Kakao Moment accounts: has page, size, totalElements and totalPages': { change: members({ page: '0' }) },
  'Kakao Moment accounts: has id, name, memberType and config in each entry': {
    change: text('"memberType"', '"role"'),
  },
  'Kakao Moment accounts, without consent to run them: fails with -402': { change: text('-402', '-401') },
  'Kakao Moment accounts, without consent to run them: fails with HTTP 403': { change: status(400) },
  'Kakao Moment accounts, without consent to run them: names the item': {
    change: members({ required_scopes: undefined }),
  },
  'one of the Kakao Moment accounts: returns HTTP 200 and JSON': { change: status(201) },
  'Keyword Ad accounts: returns HTTP 200 and a list content': { change: status(201) },
  'Keyword Ad accounts: has page, size, totalElements and totalPages': { change: members({ page: '0' }) },
  'Keyword Ad accounts: has id, name, memberType and config in each entry': {
    change: text('"memberType"', '"role"'),
  },
  'Keyword Ad accounts, without consent to run them: fails with -402': { change: text('-402', '-401') },
  'Keyword Ad accounts, without consent to run them: fails with HTTP 403': { change: status(400) },
  'Keyword Ad accounts, without consent to run them: names the item': {
    change: members({ required_scopes: undefined }),
  },
  'one of the Keyword Ad accounts: returns HTTP 200 and JSON': { change: status(201) },
  'campaigns of Kakao Moment, for an ad account of somebody else: fails with -813': {
    change: text('-813', '-820'),
  },
  'campaigns of Kakao Moment, for an ad account of somebody else: gives the detail 9004': {
    change: text('9004', '9005'),
  },
  'revoke: returns a 2xx status': { change: status(400) },
  'tokeninfo, with a revoked token: fails with -401': { change: text('-401', '-402') },
  'tokeninfo, with a revoked token: fails with HTTP 401': { change: status(400) },
  'token, with the same code again: fails with KOE320': { change: text('KOE320', 'KOE303') },
  'token, with the same code again: repeats the code in its error_description': {
    change: members({ error_description: 'authorization code not found' }),
  },
};
