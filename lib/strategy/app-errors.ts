import { types } from 'node:util';

/** Turns any thrown value into an Error. Express would take the string 'route' for a command to skip the route. */
export function toError(reason: unknown): Error {
  if (types.isNativeError(reason) || reason instanceof Error) return reason;
  const { message, status }: { message?: unknown; status?: unknown } = Object(reason);
  const shown = typeof message === 'string' ? message : isObject(reason) ? 'an object' : String(reason);
  const error = new Error(`KakaoBusinessStrategy: rejected with ${shown}, which is not an Error`, {
    cause: reason,
  });
  return Object.assign(error, typeof status === 'number' && { status }); // for Express
}

const isObject = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * Whether a response was sent, or begun. Express has the response in `req.res`; node:http in an undocumented member of
 * the socket, which is null after the response.
 */
export function hasResponse(req: object): boolean {
  const { res, socket }: { res?: unknown; socket?: unknown } = req;
  const response = res ?? Reflect.get(Object(socket), '_httpMessage');
  return response === null || Reflect.get(Object(response), 'headersSent') === true;
}

/** Emits a process warning, since the error may be reported nowhere else. */
export const warnOfThrown = ({ name, message, stack = `${name}: ${message}` }: Error): void =>
  process.emitWarning('The app threw an error while it handled the outcome of a login', {
    type: 'KakaoBusinessWarning',
    detail: stack,
  });
