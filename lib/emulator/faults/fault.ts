import type { EmulatedErrorCode } from '../errors/error-replies.js';
import type { JSONValue } from '../json.js';

/**
 * What goes wrong with one request. With `code`, `error`, `status`, `body`, `drop` or `hang` Kakao does not act on the request: a
 * code it carries can still be used. With `delay`, `headers` or `retryAfter` alone it gets its usual answer, later or with these
 * headers on top.
 */
export interface EmulatedFault {
  /**
   * Kakao's code, answered in the shape and with the status it has there: Kakao's error page at `authorize`, JSON elsewhere. KOE…
   * at `authorize` and `token`, a negative number at the others.
   */
  code?: EmulatedErrorCode;
  /** An OAuth error such as `server_error`, at `authorize` only: sent back to the app with its state. Which ones Kakao sends is not known, but for `access_denied`. */
  error?: string;
  /** The HTTP status, in place of that of the `code`. Default 200 when there is a `body`. */
  status?: number;
  /** Headers of the answer, beside those it has or in place of them. Names in lower case. */
  headers?: Record<string, string>;
  /** Seconds: the header `Retry-After`. */
  retryAfter?: number;
  /** A string is sent as it is, as `text/plain` unless `headers` say otherwise; anything else as JSON. Default: empty. */
  body?: JSONValue;
  /** Milliseconds to wait first; of real time, whatever the emulator's clock says. */
  delay?: number;
  /** Close the connection without an answer. */
  drop?: boolean;
  /** Never answer; the connection stays until the client or `close()` ends it. */
  hang?: boolean;
}
