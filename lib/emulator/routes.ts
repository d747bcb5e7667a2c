import { showConsentScreen, takeDecision } from './authorize.js';
import { answerRevoke, answerTokenInfo, answerUserInfo } from './business-api.js';
import type { Kakao } from './kakao.js';
import type { ReceivedRequest } from './received-request.js';
import { type Reply, textReply } from './replies.js';
import { answerToken } from './token.js';

/** One of the five endpoints of Business Authentication. */
export type EmulatedEndpoint = 'authorize' | 'token' | 'tokeninfo' | 'userinfo' | 'revoke';

/** Where a running emulator answers: the URL options of the strategy and of the client, to be spread into them. */
export interface EmulatorEndpoints {
  /** Get business authorization code: the consent screen. */
  authorizationURL: string;
  /** Get business token. */
  tokenURL: string;
  /** Retrieve business user information. */
  userInfoURL: string;
  /** Retrieve business token information. */
  tokenInfoURL: string;
  /** Revoke business token. */
  revokeURL: string;
}

interface Route {
  path: string;
  method: 'GET' | 'POST';
  answer: (request: ReceivedRequest, kakao: Kakao) => Reply;
}

export function emulatorEndpoints(origin: string): EmulatorEndpoints {
  return {
    authorizationURL: origin + endpoints.authorize.path,
    tokenURL: origin + endpoints.token.path,
    userInfoURL: origin + endpoints.userinfo.path,
    tokenInfoURL: origin + endpoints.tokeninfo.path,
    revokeURL: origin + endpoints.revoke.path,
  };
}

export function endpointAt(path: string): EmulatedEndpoint | undefined {
  return Object.keys(endpoints).find(
    (name): name is EmulatedEndpoint => isEmulatedEndpoint(name) && endpoints[name].path === path,
  );
}

export function isEmulatedEndpoint(name: string): name is EmulatedEndpoint {
  return Object.hasOwn(endpoints, name);
}

/** Answers a request without faults. */
export function replyTo(request: ReceivedRequest, kakao: Kakao): Reply {
  const route = Object.values({ ...endpoints, decision }).find(({ path }) => path === request.path);
  // Assumption: how Kakao words these three is not documented. They are the emulator's own.
  if (!route) return textReply(404, 'The Kakao Business emulator has nothing at this path.');
  if (route.method !== request.method) {
    return textReply(405, `This endpoint takes ${route.method} only.`, { allow: route.method });
  }
  if (request.tooLarge) return textReply(413, 'The body of the request is too large.');
  return route.answer(request, kakao);
}

const endpoints: Record<EmulatedEndpoint, Route> = {
  authorize: { path: '/oauth/business/authorize', method: 'GET', answer: showConsentScreen },
  token: { path: '/oauth/business/token', method: 'POST', answer: answerToken },
  tokeninfo: { path: '/v1/business/tokeninfo', method: 'GET', answer: answerTokenInfo },
  userinfo: { path: '/v1/business/userinfo', method: 'GET', answer: answerUserInfo },
  revoke: { path: '/v1/business/revoke', method: 'POST', answer: answerRevoke },
};

// No path of Kakao's: what its consent screen posts to is its own affair.
const decision: Route = { path: '/emulator/consent', method: 'POST', answer: takeDecision };
