import { types } from 'node:util';

/** Express takes some strings for a command: after `next('route')` it would skip the rest of the route. */
export function toError(reason: unknown): Error {
  if (types.isNativeError(reason) || reason instanceof Error) return reason;
  const shown = typeof reason === 'object' || typeof reason === 'function' ? typeof reason : String(reason);
  return new Error(`KakaoBusinessStrategy: rejected with ${shown}, which is not an Error`, { cause: reason });
}

/**
 * Whether a response was sent, or begun. Express shows the response on the request. node:http shows it on the socket, in a
 * member that it does not document, and that is null once the response has ended.
 */
export function hasResponse(req: object): boolean {
  const { res, socket }: { res?: unknown; socket?: unknown } = req;
  const response = res ?? Reflect.get(Object(socket), '_httpMessage');
  return response === null || Reflect.get(Object(response), 'headersSent') === true;
}

/** Warns the operator, who may hear of it nowhere else. */
export const warnOfThrown = ({ name, message, stack = `${name}: ${message}` }: Error): void =>
  process.emitWarning('The app threw an error when it was given the outcome of a sign-in', {
    type: 'KakaoBusinessWarning',
    detail: stack,
  });
