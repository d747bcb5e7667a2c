import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** A request with its body. */
export interface HttpRequest {
  /** As the client sees it: a proxy may add TLS. */
  scheme: 'http' | 'https';
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The parameters of the body, if it is a form. */
  form: URLSearchParams | undefined;
  /** The body as text; empty if it was discarded. */
  body: string;
  /** Whether there was a body of another type. */
  hasOtherBody: boolean;
  /** Whether the body exceeded the limit and was discarded. */
  tooLarge: boolean;
  /** The address of the client; undefined for a call within the process. */
  remoteAddress: string | undefined;
}

// Forms are kept in the request log. Other bodies are those of the ad APIs: lists of keywords, for example.
const MAX_FORM_BYTES = 64 * 1024;
const MAX_BODY_BYTES = 1024 * 1024;

export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const { method = 'GET', url = '/', headers, socket } = message;
  const [path = '', ...query] = url.split('?');
  const limit = isForm(headers['content-type']) ? MAX_FORM_BYTES : MAX_BODY_BYTES;
  const body = await readBody(message, limit);
  const isSecure = socket instanceof TLSSocket || headers['x-forwarded-proto'] === 'https';
  return {
    scheme: isSecure ? 'https' : 'http',
    method,
    path,
    query: new URLSearchParams(query.join('?')),
    // HTTP/1.0 requests have no Host header.
    headers: { host: `${socket.localAddress}:${socket.localPort}`, ...headers },
    form: isForm(headers['content-type']) ? new URLSearchParams(body) : undefined,
    body: body ?? '',
    hasOtherBody: !isForm(headers['content-type']) && body !== '',
    tooLarge: body === undefined,
    remoteAddress: socket.remoteAddress,
  };
}

/** The value of a parameter that was sent exactly once. */
export function singleValue(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name);
  return others.length === 0 ? value : undefined;
}

/** Whether the body is said to be JSON. */
export const hasJSONBody = ({ headers }: HttpRequest): boolean =>
  /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');

async function readBody(message: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read a large body to its end without keeping it: a client that is cut off sees no 413, but a broken connection.
  for await (const chunk of message) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks).toString('utf8');
}

function isForm(contentType = ''): boolean {
  return contentType.split(';', 1).join().trim().toLowerCase() === 'application/x-www-form-urlencoded';
}
