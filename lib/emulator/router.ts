import { answerApproval, answerRefusal, approvalPaths } from './consent/approval.js';
import { consentPath } from './consent/consent-path.js';
import { showConsentScreen, takeDecision } from './endpoints/authorize.js';
import { answerRevoke, answerTokenInfo, answerUserInfo } from './endpoints/business-api.js';
import { answerToken } from './endpoints/token.js';
import type { ReceivedRequest } from './http/request.js';
import { mistakeReply, type Reply, redirectReply, textReply } from './http/response.js';
import { panelPaths } from './pages/panel-paths.js';
import { clearFaults, moveClock, showPanel, switchFaultOn } from './panel/section.js';
import { type EmulatedEndpoint, endpointPaths } from './paths.js';
import type { Kakao } from './state.js';

interface Route {
  path: string;
  method: 'GET' | 'POST';
  answer: Handler;
}

type Handler = (request: ReceivedRequest, kakao: Kakao) => Reply;

/** Answers a request without faults. */
export function replyTo(request: ReceivedRequest, kakao: Kakao): Reply {
  const route = [...Object.values(endpoints), ...ownRoutes].find(({ path }) => path === request.path);
  // Assumption (other-requests): how Kakao words these three is not documented. They are the emulator's own.
  if (!route) return textReply(404, 'The Kakao Business emulator has nothing at this path.');
  if (route.method !== request.method) {
    return textReply(405, `This endpoint takes ${route.method} only.`, { allow: route.method });
  }
  if (request.tooLarge) return textReply(413, 'The body of the request is too large.');
  return route.answer(request, kakao);
}

const endpoints: Record<EmulatedEndpoint, Route> = {
  authorize: { path: endpointPaths.authorize, method: 'GET', answer: showConsentScreen },
  token: { path: endpointPaths.token, method: 'POST', answer: answerToken },
  tokeninfo: { path: endpointPaths.tokeninfo, method: 'GET', answer: answerTokenInfo },
  userinfo: { path: endpointPaths.userinfo, method: 'GET', answer: answerUserInfo },
  revoke: { path: endpointPaths.revoke, method: 'POST', answer: answerRevoke },
};

// No paths of Kakao's: what its consent screen posts to is its own affair, and the rest is this emulator's.
const ownRoutes: readonly Route[] = [
  { path: '/', method: 'GET', answer: () => redirectReply(panelPaths.panel) },
  { path: panelPaths.panel, method: 'GET', answer: showPanel },
  { path: panelPaths.faults, method: 'POST', answer: forForms(switchFaultOn) },
  { path: panelPaths.clearFaults, method: 'POST', answer: forForms(clearFaults) },
  { path: panelPaths.clock, method: 'POST', answer: forForms(moveClock) },
  { path: consentPath, method: 'POST', answer: takeDecision },
  { path: approvalPaths.approve, method: 'POST', answer: forForms(answerApproval) },
  { path: approvalPaths.refuse, method: 'POST', answer: forForms(answerRefusal) },
];

// Else JSON would count as an empty form, and do what nobody asked for.
function forForms(answer: Handler): Handler {
  return (request, kakao) =>
    request.otherBody
      ? mistakeReply('The body has to be a form: application/x-www-form-urlencoded.')
      : answer(request, kakao);
}
