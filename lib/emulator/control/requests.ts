import type { JSONObject } from '../http/json.js';
import { readFilter } from '../log-filter.js';
import { REQUESTS_PATH } from '../paths.js';
import type { RecordedRequest } from '../request-log.js';
import type { ControlRoute } from './route.js';

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
