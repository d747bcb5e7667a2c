import { isIPv4 } from 'node:net';
import { CONSENT_PATH, PANEL_PATH } from '../paths.js';
import type { HttpRequest } from './request.js';

/** Whether a page of another site sends a form to the emulator. Such a page could obtain codes and queue faults. */
export function isCrossSite({ method, path, headers: { origin, host = '' } }: HttpRequest): boolean {
  if (method !== 'POST' || !path.startsWith(`${PANEL_PATH}/`) || origin === undefined) return false;
  if (!isOwnHost(host)) return true;
  // The consent screen sends no referrer, and so no origin. Its form has a transaction that pages of other origins
  // cannot read.
  if (path === CONSENT_PATH) return false;
  return origin !== `http://${host}`;
}

// Against DNS rebinding: another site can point its own name here, but not an IP address or a name without a dot, such
// as localhost or the name of a container.
function isOwnHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return isIPv4(name) || /^(?:\[[\da-f:]+\]|[\w-]+)$/i.test(name);
}
