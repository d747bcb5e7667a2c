import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { EmulatedApp } from '../model.js';

/** A request, read to its end. */
export interface ReceivedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Absent when the body is of another type than a form. */
  form: URLSearchParams | undefined;
  /** There was a body, of another type than a form. */
  otherBody: boolean;
  /** The body exceeded the limit and was thrown away. */
  tooLarge: boolean;
  /** The address of who sent it; absent when it came through no socket. */
  remoteAddress: string | undefined;
}

const bodyLimit = 64 * 1024;

export async function readRequest(message: IncomingMessage): Promise<ReceivedRequest> {
  const { method = 'GET', url = '/', headers, socket } = message;
  const [path = '', ...query] = url.split('?');
  const body = await readBody(message);
  return {
    method,
    path,
    query: new URLSearchParams(query.join('?')),
    // HTTP/1.0 does not say whom it asks.
    headers: { host: `${socket.localAddress}:${socket.localPort}`, ...headers },
    form: isForm(headers['content-type']) ? new URLSearchParams(body) : undefined,
    otherBody: !isForm(headers['content-type']) && body !== '',
    tooLarge: body === undefined,
    remoteAddress: socket.remoteAddress,
  };
}

/** A parameter that was sent exactly once. */
export function onlyValue(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name);
  return others.length === 0 ? value : undefined;
}

/** Whether an app lets its servers call from where this came from. */
export function isAllowedCaller(
  { remoteAddress = '' }: ReceivedRequest,
  { allowedIPs }: EmulatedApp,
): boolean {
  return allowedIPs?.includes(remoteAddress) ?? true;
}

async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read on past the limit, without keeping anything: a sender that is cut off sees a broken connection, not a 413.
  for await (const chunk of message) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? undefined : Buffer.concat(chunks).toString('utf8');
}

function isForm(contentType = ''): boolean {
  return contentType.split(';', 1).join().trim().toLowerCase() === 'application/x-www-form-urlencoded';
}
