import type { HttpRequest } from '../http/request.js';
import { allowsCaller, notAllowed } from '../model.js';
import type { EmulatorState, Grant } from '../state.js';

/** The token of a request and its grant, or why it is rejected (-401). */
type Bearer =
  | { token: string; grant: Grant; rejected?: never }
  | { token?: never; grant?: never; rejected: { msg?: string; reason: string } };

/** Checks the token of a request to an API, and restarts its idle timeout. */
export function readBearer(request: HttpRequest, { grants }: EmulatorState): Bearer {
  // Assumption (missing-token): a missing token is treated like an unknown one.
  // Assumption (bearer-case): the scheme in capitals or not, as RFC 9110 11.1 says.
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) {
    return {
      rejected: { msg: 'no authentication key', reason: 'There is no header Authorization: Bearer.' },
    };
  }
  const grant = grants.useToken(token);
  if (!grant) return { rejected: { reason: 'The token is unknown, expired or revoked.' } };
  if (!allowsCaller(grant.app, request.remoteAddress)) {
    return { rejected: { msg: 'ip mismatched', reason: notAllowed(request.remoteAddress) } };
  }
  return { token, grant };
}
