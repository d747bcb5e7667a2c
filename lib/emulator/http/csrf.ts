import { isIPv4 } from 'node:net';
import { consentPath } from '../consent/consent-path.js';
import type { ReceivedRequest } from './request.js';

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
  if (!isOwnHost(host)) return true;
  // The consent screen sends no referrer, and so no origin. What it posts holds a transaction that no page of another origin can read.
  if (path === consentPath) return false;
  return origin !== `http://${host}`;
}

// Another site can have a name of its own lead here, and its pages are then of our origin. It can do so neither with an address nor
// with a name without a dot, such as localhost or that of a container.
function isOwnHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return isIPv4(name) || /^(?:\[[\da-f:]+\]|[\w-]+)$/i.test(name);
}
