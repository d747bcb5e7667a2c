import type { ReceivedRequest } from './received-request.js';

/**
 * Whether a page of another site wants to drive the emulator: whoever looks at such a page while the emulator is up would give it
 * codes and switch on faults.
 */
export function isFromAnotherSite({
  method,
  path,
  headers: { origin, host = '' },
}: ReceivedRequest): boolean {
  if (method !== 'POST' || !path.startsWith('/emulator/') || origin === undefined) return false;
  // Proven by its transaction, which no other page can read. It names no origin: the page sends no referrer.
  if (path === '/emulator/consent') return false;
  // The name of the host as well: another site can have its own name lead to 127.0.0.1.
  return origin !== `http://${host}` || !/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host);
}
