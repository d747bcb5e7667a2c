import type { HttpRequest } from './http/request.js';
import type { ConsentOutcome, ResponseHead } from './http/response.js';
import type { EmulatedApp } from './model.js';
import { type EmulatedEndpoint, isAdAPI } from './paths.js';

/**
 * A request to one of the five endpoints or an ad API; `approve` and `cancel` count as the request to `authorize` that
 * they replace. Possible secrets are masked as `***`: the values of all parameters except the documented harmless ones,
 * a `client_id` that no app has, and parameter names that do not look like names. At the ad APIs, IDs, dates and
 * constants such as `ON,OFF` are shown too. Empty values stay empty. Beyond 8,000 characters the rest is left out.
 */
export interface RecordedRequest {
  /** When it came, by the emulator's clock, in ISO 8601. */
  readonly time: string;
  /** The endpoint. */
  readonly endpoint: EmulatedEndpoint;
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The parameters of the URL. `has()` says whether one was sent, `getAll()` returns all `resource_ids`. */
  readonly query: URLSearchParams;
  /** The parameters of the body; `undefined` if it was not a form. */
  readonly form: URLSearchParams | undefined;
  /**
   * `accept`, `adaccountid`, `authorization` (the scheme and `***`), `content-type` and `user-agent`, if they were
   * sent.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The HTTP status of the response; `undefined` before it, and after a fault that hangs or drops. */
  readonly status: number | undefined;
  /** Kakao's code in the response, such as `'KOE320'` or `'-401'`; `undefined` without one. */
  readonly code: string | undefined;
  /** Why the request failed, in a sentence; `undefined` if it did not. */
  readonly reason: string | undefined;
  /**
   * At `authorize`, what became of the consent: `open` while the consent screen is shown, `agreed`, `cancelled`, or
   * `failed` when the user agreed and got Kakao's error page, whose `code` and `reason` the entry then has.
   */
  readonly consent: ConsentOutcome | undefined;
}

/** Completes the entry of a request: with its response, and later with the decision on its consent screen. */
export interface LogEntry {
  /** @param response without a status if there was none. */
  responded(response: Partial<ResponseHead>): void;
  decided(response: ResponseHead): void;
}

const MAX_REQUESTS = 1000;

/** Keeps the last requests, oldest first. */
export class RequestLog {
  readonly requests: RecordedRequest[] = [];
  readonly #apps: readonly EmulatedApp[];
  readonly #now: () => number;
  readonly #numbers = new WeakMap<RecordedRequest, number>();
  readonly #listeners = new Set<() => void>();
  #count = 0;

  constructor(apps: readonly EmulatedApp[], now: () => number) {
    this.#apps = apps;
    this.#now = now;
  }

  add(endpoint: EmulatedEndpoint, request: HttpRequest): LogEntry {
    const record: { -readonly [Member in keyof RecordedRequest]: RecordedRequest[Member] } = {
      time: new Date(this.#now()).toISOString(),
      endpoint,
      method: request.method,
      path: request.path,
      query: redactParameters(request.query, endpoint, this.#apps),
      form: request.form && redactParameters(request.form, endpoint, this.#apps),
      headers: redactHeaders(request),
      status: undefined,
      code: undefined,
      reason: undefined,
      consent: undefined,
    };
    this.#count += 1;
    this.#numbers.set(record, this.#count);
    this.requests.push(record);
    this.requests.splice(0, this.requests.length - MAX_REQUESTS);
    this.notify();
    return {
      responded: ({ status, code, reason, consent }) => {
        Object.assign(record, { status, code, reason, consent });
        this.notify();
      },
      decided: ({ code, reason, consent = 'failed' }) => {
        Object.assign(record, { code, reason, consent });
        this.notify();
      },
    };
  }

  /** A number that a request keeps when others are removed. */
  numberOf(request: RecordedRequest): number | undefined {
    return this.#numbers.get(request);
  }

  /**
   * Calls the listener at every new request, when one is completed, and after other changes.
   *
   * @returns a function that ends that.
   */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Whether a request or its consent failed. A cancelled consent did not. */
export const isFailure = ({ reason }: RecordedRequest): boolean => reason !== undefined;

const MASK = '***';

// Documented parameters that are never secret. Any other one may be a secret under a wrong name.
const PUBLIC_PARAMETERS = ['redirect_uri', 'response_type', 'grant_type', 'scope', 'state', 'resource_ids'];

// Bounds the memory of the log: a form of 64 KiB can have 30,000 parameters.
const MAX_CHARACTERS = 8000;
const CHARACTERS_OF_A_PARAMETER = 40;

function redactParameters(
  parameters: URLSearchParams,
  endpoint: EmulatedEndpoint,
  apps: readonly EmulatedApp[],
): URLSearchParams {
  const redacted = new URLSearchParams();
  let room = MAX_CHARACTERS;
  for (const [name, value] of parameters) {
    room -= CHARACTERS_OF_A_PARAMETER + value.length;
    if (room < 0) {
      redacted.append('…', '…');
      break;
    }
    const isPublic =
      value === '' ||
      PUBLIC_PARAMETERS.includes(name) ||
      isClientID(name, value, apps) ||
      (isAdAPI(endpoint) && isPlain(value) && !apps.some(app => app.clientSecret === value));
    redacted.append(redactName(name), isPublic ? copyOf(value) : MASK);
  }
  return redacted;
}

// A slice would keep the whole body, of which it is a part, in memory.
const copyOf = (text: string): string => Buffer.from(text).toString();

/**
 * The name of a parameter, masked if it does not look like one: JSON sent as a form becomes a name that holds the
 * secret.
 */
export function redactName(name: string): string {
  return name.length <= 30 && /^[a-z]+(?:_[a-z]+|[A-Z][a-z]+)*(?:\[\])?$/.test(name) ? name : MASK;
}

// IDs, dates, constants and lists of them. Random tokens and secrets have small letters.
const isPlain = (value: string): boolean => /^[\dA-Z_,.:-]+$/.test(value);

// Only a registered client_id is shown, since a secret may be sent as client_id by mistake.
function isClientID(name: string, value: string, apps: readonly EmulatedApp[]): boolean {
  return name === 'client_id' && apps.some(({ clientID }) => clientID === value);
}

function redactHeaders({ headers }: HttpRequest): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const name of ['accept', 'authorization', 'content-type', 'user-agent'] as const) {
    const value = headers[name];
    if (value !== undefined) sent[name] = name === 'authorization' ? redactCredentials(value) : value;
  }
  const adAccountID = headers['adaccountid'];
  if (adAccountID !== undefined)
    sent['adaccountid'] = /^\d*$/.test(`${adAccountID}`) ? `${adAccountID}` : MASK;
  return sent;
}

function redactCredentials(authorization: string): string {
  const [scheme, ...credentials] = authorization.split(' ');
  return credentials.length > 0 ? `${scheme} ${MASK}` : MASK;
}
