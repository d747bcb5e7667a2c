import type { EmulatedEndpoint } from './endpoints.js';
import type { ReceivedRequest } from './received-request.js';
import type { Reply } from './replies.js';

/**
 * A request that reached one of the five endpoints; `approve` and `refuse` count as the request to `authorize` that they stand for.
 * Codes, tokens and secrets read `***`; one that was sent empty stays empty.
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

  /** @returns what to call with the answer. */
  add(endpoint: EmulatedEndpoint, request: ReceivedRequest): (reply: Reply) => void {
    const record: { -readonly [Member in keyof RecordedRequest]: RecordedRequest[Member] } = {
      endpoint,
      method: request.method,
      path: request.path,
      query: masked(request.query),
      form: request.form && masked(request.form),
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
const mask = '***';
const secretParameters = ['client_secret', 'code', 'access_token', 'refresh_token', 'token'];

function masked(parameters: URLSearchParams): URLSearchParams {
  const copy = new URLSearchParams();
  for (const [name, value] of parameters) {
    copy.append(name, secretParameters.includes(name) && value !== '' ? mask : value);
  }
  return copy;
}

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
