import { isIPv4 } from 'node:net';
import { CONSENT_PATH, HEALTH_PATH, PANEL_PATH } from '../paths.js';
import type { HttpRequest } from './request.js';

/**
 * Why a request to the emulator's own paths is not served, if a page of another site may have sent it. Such a page
 * could obtain codes, queue faults and read secrets.
 */
export function reasonToForbid(request: HttpRequest, allowedHosts: readonly string[]): string | undefined {
  const { method, path, headers } = request;
  const { origin, host = '' } = headers;
  if (path !== PANEL_PATH && !path.startsWith(`${PANEL_PATH}/`)) return undefined;

  // The health says nothing that a site could use, and orchestrators ask for it by any name.
  const isHealthCheck = method === 'GET' && path === HEALTH_PATH;
  if (!isHealthCheck && !isOwnHost(host, allowedHosts)) {
    return `The emulator does not serve this host name. ${TO_ALLOW_A_HOST}`;
  }
  if (origin === undefined || isOwnOrigin(origin, host, allowedHosts)) return undefined;
  // The consent screen sends no referrer, so the origin of its form is null. The form has a transaction that pages of
  // other origins cannot read.
  if (path === CONSENT_PATH && origin === 'null') return undefined;
  return `Pages of other sites cannot call the emulator. Does a proxy change the host name? ${TO_ALLOW_A_HOST}`;
}

const TO_ALLOW_A_HOST =
  'Allow the name with --allowed-host, or with the option allowedHosts of startKakaoBusinessEmulator().';

// Against DNS rebinding: another site can point its own name here, but not an IP address or a name without a dot, such
// as localhost or the name of a container.
function isOwnHost(host: string, allowedHosts: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    isIPv4(name) || /^(?:\[[\da-f:]+\]|[\w-]+|[\w.-]+\.localhost)$/.test(name) || allowedHosts.includes(name)
  );
}

// Whatever the scheme: a proxy may add TLS.
function isOwnOrigin(origin: string, host: string, allowedHosts: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  const own = `${page.protocol}//${host}`; // with the scheme of the page, whose default port is left out
  return allowedHosts.includes(page.hostname) || (URL.canParse(own) && new URL(own).host === page.host);
}
