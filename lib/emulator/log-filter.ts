import { invalid, requireKnown } from './invalid-member.js';
import { ENDPOINT_NAMES, isEmulatedEndpoint } from './paths.js';
import { isFailure, type RecordedRequest } from './request-log.js';

/**
 * The filter that a query asks for: `endpoint`, and `outcome`, which is `success` or `error`.
 *
 * @throws {InvalidMember}
 */
export function readFilter(query: URLSearchParams): (request: RecordedRequest) => boolean {
  requireKnown(query.keys(), ['endpoint', 'outcome']);
  const [endpoint, outcome] = [query.get('endpoint') || undefined, query.get('outcome') || undefined];
  if (endpoint !== undefined && !isEmulatedEndpoint(endpoint)) {
    throw invalid('endpoint', `endpoint must be one of ${ENDPOINT_NAMES.join(', ')}`);
  }
  if (outcome !== undefined && outcome !== 'success' && outcome !== 'error') {
    throw invalid('outcome', 'outcome must be success or error');
  }
  return request =>
    (endpoint === undefined || request.endpoint === endpoint) &&
    (outcome === undefined || outcomeOf(request) === outcome);
}

/** Undefined before the response. */
function outcomeOf(request: RecordedRequest): 'success' | 'error' | undefined {
  if (isFailure(request)) return 'error';
  return request.status === undefined ? undefined : 'success';
}
