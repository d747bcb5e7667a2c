import type { ReceivedRequest } from './http/request.js';
import type { Reply } from './http/response.js';
import type { EmulatedApp } from './model.js';
import type { EmulatedEndpoint } from './paths.js';
import { mask, toShownParameters } from './shown-parameters.js';

/**
 * A request that reached one of the five endpoints; `approve` and `refuse` count as the request to `authorize` that they stand for.
 * What may be a secret reads `***`: the value of every parameter but the documented ones that are none, a `client_id` that no app
 * has, and a name that is none. A value that was sent empty stays empty.
 */
export interface RecordedRequest {
  /** Which of the five. */
  readonly endpoint: EmulatedEndpoint;
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The parameters of the URL. Ask `has()` whether one was sent, `getAll()` for `resource_ids`. */
  readonly query: URLSearchParams;
  /** The parameters of the body; `undefined` when it was no form. */
  readonly form: URLSearchParams | undefined;
  /** `accept`, `authorization` (the scheme and `***`), `content-type` and `user-agent`, where they were sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** The HTTP status answered; `undefined` before the answer, and for good after a fault that hangs or drops. */
  readonly httpStatus: number | undefined;
  /** Kakao's code in the answer, such as `'KOE320'` or `'-401'`; `undefined` when it held none. */
  readonly code: string | undefined;
}

/** Remembers the last requests, in the order they came. */
export class Records {
  readonly requests: RecordedRequest[] = [];
  readonly #apps: readonly EmulatedApp[];

  constructor(apps: readonly EmulatedApp[]) {
    this.#apps = apps;
  }

  /** @returns what to call with the answer. */
  add(endpoint: EmulatedEndpoint, request: ReceivedRequest): (reply: Reply) => void {
    const record: { -readonly [Member in keyof RecordedRequest]: RecordedRequest[Member] } = {
      endpoint,
      method: request.method,
      path: request.path,
      query: toShownParameters(request.query, this.#apps),
      form: request.form && toShownParameters(request.form, this.#apps),
      headers: headersOfInterest(request),
      httpStatus: undefined,
      code: undefined,
    };
    this.requests.push(record);
    this.requests.splice(0, this.requests.length - recordLimit);
    return reply => {
      record.httpStatus = reply.status;
      record.code = reply.code;
    };
  }
}

const recordLimit = 1000;

function headersOfInterest({ headers }: ReceivedRequest): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const name of ['accept', 'authorization', 'content-type', 'user-agent'] as const) {
    const value = headers[name];
    if (value !== undefined) sent[name] = name === 'authorization' ? maskedCredentials(value) : value;
  }
  return sent;
}

function maskedCredentials(authorization: string): string {
  const [scheme, ...credentials] = authorization.split(' ');
  return credentials.length > 0 ? `${scheme} ${mask}` : mask;
}
