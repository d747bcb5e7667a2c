import type { JSONObject } from '../http/json.js';
import { ENDPOINT_NAMES, isEmulatedEndpoint, REQUESTS_PATH } from '../paths.js';
import { isFailure, type RecordedRequest } from '../request-log.js';
import { type ControlRoute, invalid, requireKnown } from './route.js';

/** The request log, oldest first. */
export const REQUEST_ROUTES: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: REQUESTS_PATH,
    handle: ({ query }, { log }) => log.requests.filter(readFilter(query)).map(toEntry),
  },
  {
    method: 'DELETE',
    path: REQUESTS_PATH,
    handle(_, { log }) {
      log.requests.length = 0;
      return undefined;
    },
  },
];

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
    (outcome === undefined || isFailure(request) === (outcome === 'error'));
}

function toEntry({ query, form, status, code, reason, consent, ...request }: RecordedRequest): JSONObject {
  return {
    ...request,
    headers: { ...request.headers },
    query: toLists(query),
    form: form ? toLists(form) : null,
    status: status ?? null,
    code: code ?? null,
    reason: reason ?? null,
    consent: consent ?? null,
  };
}

/** Every parameter with a list of its values, so that a repeated one looks like any other. */
const toLists = (parameters: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries([...new Set(parameters.keys())].map(name => [name, parameters.getAll(name)]));
