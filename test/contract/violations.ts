import { members, parameter, status, text } from './changes.js';
import type { Deviation } from './stand-in.js';

/** For each fact, a Kakao that no longer keeps to it when it answers the case of that name. */
export const violations: Readonly<Record<string, Deviation>> = {
  'authorize, without a fault: shows a page, or the way to a login': { change: status(404) },
  'authorize, with a wrong key: shows KOE101': { change: text('KOE101', 'KOE009') },
  'authorize, with a redirect URI that is not registered: shows KOE028': { change: text('KOE028', 'KOE303') },
  'authorize, with a redirect URI that is not registered: does not send the browser there': {
    instead: {
      status: 302,
      headers: { location: 'https://unregistered.example.com/callback?error=invalid_request' },
      body: '',
    },
  },
  'authorize, with another response_type: shows KOE201': { change: text('KOE201', 'KOE233') },
  'authorize, with a parameter that Kakao does not know: shows KOE233': { change: text('KOE233', 'KOE201') },
  'authorize, with moment_create without resource_ids: shows KOE233': { change: text('KOE233', 'KOE232') },
  'token, with a code that Kakao never issued: is refused with KOE320': { change: text('KOE320', 'KOE303') },
  'token, with a code that Kakao never issued: is refused with HTTP 400 and error=invalid_grant': {
    change: status(403),
  },
  'token, with a code that Kakao never issued: is refused with an error_description': {
    change: members({ error_description: undefined }),
  },
  'token, with another grant type: is refused with KOE310': { change: text('KOE310', 'KOE320') },
  'token, with a wrong key: is refused with KOE101': { change: text('KOE101', 'KOE009') },
  'token, with a wrong secret: is refused with KOE010': { change: text('KOE010', 'KOE320') },
  'token, with a wrong secret: is refused with HTTP 401 and error=invalid_client': { change: status(400) },
  'token, with no secret: is refused with KOE010': { change: text('KOE010', 'KOE320') },
  'tokeninfo, with a token that Kakao never issued: is refused with -401': { change: text('-401', '-2') },
  'tokeninfo, with a token that Kakao never issued: is refused with HTTP 401': { change: status(400) },
  'tokeninfo, with a token that Kakao never issued: is refused with a msg': {
    change: members({ msg: undefined }),
  },
  'consent, cancelled: comes back with an error_description': { change: parameter('error_description', '') },
  'consent, cancelled: comes back with the state as it was sent': { change: parameter('state', 'another') },
  'consent, agreed to: comes back with a code': { change: parameter('code', '') },
  'consent, agreed to: comes back with the state as it was sent': { change: parameter('state', 'another') },
  'token, with another redirect URI than the code: is refused with KOE303': {
    change: text('KOE303', 'KOE320'),
  },
  'token, with a good code: is answered with HTTP 200 and a token of type bearer': {
    change: members({ token_type: 'mac' }),
  },
  'token, with a good code: has all that was asked for in its scope': { change: text('keyword_', 'word_') },
  'token, with a good code: separates its scope by spaces': { change: text(' ', ',') },
  'tokeninfo: is answered with HTTP 200 and JSON': { change: status(201) },
  'userinfo, with the consent to the email: is answered with HTTP 200 and JSON': { change: status(201) },
  'userinfo, without the consent to the email: is refused with -402': { change: text('-402', '-401') },
  'userinfo, without the consent to the email: is refused with HTTP 403': { change: status(400) },
  'revoke: is answered with a 2xx': { change: status(400) },
  'tokeninfo, with a token that was revoked: is refused with -401': { change: text('-401', '-402') },
  'tokeninfo, with a token that was revoked: is refused with HTTP 401': { change: status(400) },
  'token, with the same code again: is refused with KOE320': { change: text('KOE320', 'KOE303') },
  'token, with the same code again: repeats the code in its error_description': {
    change: members({ error_description: 'authorization code not found' }),
  },
};
